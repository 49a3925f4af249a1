"""The documents that a training config names, checked before anything is learnt from them."""

import glob
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from arie.checks import find_problems
from arie.config import Preparation
from arie.document import Document
from arie.errors import InputError
from arie.labels import LabelSet
from arie.readers import read_documents
from arie.text.normalize import normalize
from arie.text.words import find_words
from arie.train.config import Source, TrainConfig

RUN = 8
# Spellings that careless copies mix.
FOLDED = str.maketrans("أإآٱىة", "اااايه")


def load_documents(config: TrainConfig, labels: LabelSet) -> Iterator[tuple[Document, Source]]:
    """Yield every document of every source with its source.

    Raises InputError if a pattern matches no file, a document shares a run of eight words with a held-out
    text, or a document with links breaks the guidelines in a way that a program can see.
    """
    held_out = {run for path in expand(config.held_out) for run in word_runs(path.read_text(encoding="utf-8"))}
    for source in config.sources:
        for path in expand(source.files):
            for document in read_documents(path, source.format):
                if any(run in held_out for run in word_runs(document.text)):
                    raise InputError(
                        f"{path}: document {document.id} shares a run of {RUN} words with a held-out text; remove it"
                    )
                problem = next(find_problems(document, labels), None) if source.relations else None
                if problem:
                    raise InputError(f"{path}: document {document.id}: {problem}")
                yield document, source


def expand(patterns: Sequence[str]) -> list[Path]:
    """Return the files that the patterns match, sorted; a pattern without a match is an error."""
    paths: list[Path] = []
    for pattern in patterns:
        found = sorted(glob.glob(pattern))  # noqa: PTH207 (Path.glob takes no pattern that starts above a folder)
        if not found:
            raise InputError(f"no file matches {pattern!r}; paths start at the folder that training is run in")
        paths.extend(Path(name) for name in found)
    return paths


def word_runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of eight words of the text, signs left out and spelling folded, so that decoration hides none."""
    plain = (normalize(text[start:end], Preparation()).text for start, end in find_words(text))
    words = [word.translate(FOLDED) for word in plain if word[:1].isalnum()]
    for start in range(len(words) - RUN + 1):
        yield tuple(words[start : start + RUN])


def is_development(document: Document, share: float) -> bool:
    """Is the document in the held-out share? Its id alone decides, so the split is the same in every run."""
    digest = hashlib.sha256((document.id or document.text).encode()).digest()
    return int.from_bytes(digest[:4], "big") < share * 2**32

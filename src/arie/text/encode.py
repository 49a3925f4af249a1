"""A raw text as the network takes it: windows of piece ids, and where each word's state will stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from arie.config import Preparation, Windows
from arie.errors import ModelError
from arie.text.normalize import normalize
from arie.text.windows import plan_windows
from arie.text.words import Range, find_sentences, find_words

Integers = npt.NDArray[np.int64]
CACHED_WORDS = 200_000


@dataclass(frozen=True, slots=True)
class EncodedText:
    """A text cut into words, sentences and windows.

    `windows`: piece ids of each window, specials included. `homes` (words, 2): the window of each word's
    state and the position in it, that of the word's first piece. `sentences`: the word range of each.
    """

    text: str
    words: tuple[Range, ...]
    sentences: tuple[Range, ...]
    windows: tuple[tuple[int, ...], ...]
    homes: Integers

    @classmethod
    def without_words(cls, text: str) -> "EncodedText":
        """Return a text of which nothing is to be read."""
        return cls(text, (), (), (), np.zeros((0, 2), np.int64))


class TextEncoder:
    """Turns raw text into `EncodedText`: one normaliser and one tokenizer, word by word."""

    def __init__(self, tokenizer: Tokenizer, preparation: Preparation, windows: Windows) -> None:
        self.tokenizer = tokenizer
        self.preparation = preparation
        self.windows = windows
        self.first = _special(tokenizer, "[CLS]", "<s>")
        self.last = _special(tokenizer, "[SEP]", "</s>")
        self.padding = _special(tokenizer, "[PAD]", "<pad>")
        self.unknown = _special(tokenizer, "[UNK]", "<unk>")
        self._pieces: dict[str, tuple[int, ...]] = {}

    @classmethod
    def from_file(cls, path: Path, preparation: Preparation, windows: Windows) -> "TextEncoder":
        """Read a `tokenizer.json`; raises ModelError if it is missing or broken."""
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # the Rust side raises bare Exception
            raise ModelError(f"cannot read the tokenizer {path}: {error}") from error
        return cls(tokenizer, preparation, windows)

    def encode(self, text: str) -> EncodedText:
        """Cut `text` into words, sentences and windows; a text without words has no windows."""
        words = find_words(text)
        pieces = self.pieces(text[word.start : word.end] for word in words)
        inner = Windows(self.windows.size - 2, self.windows.overlap)
        plan = plan_windows([len(p) for p in pieces], inner)
        windows = []
        homes = np.zeros((len(words), 2), np.int64)
        for number, (start, end) in enumerate(plan.windows):
            ids = [self.first]
            for word in range(start, end):
                if plan.homes[word] == number:
                    homes[word] = number, len(ids)
                ids.extend(pieces[word])
            # Only a single word of more pieces than a window can be too long here; its state is its first piece's.
            windows.append((*ids[: self.windows.size - 1], self.last))
        return EncodedText(text, tuple(words), tuple(find_sentences(text, words)), tuple(windows), homes)

    def pieces(self, words: Iterable[str]) -> list[tuple[int, ...]]:
        """Return the piece ids of each word; a word that the tokenizer knows nothing of is one unknown piece."""
        words = list(words)
        new = [word for word in dict.fromkeys(words) if word not in self._pieces]
        if len(self._pieces) + len(new) > CACHED_WORDS:
            self._pieces.clear()
            new = list(dict.fromkeys(words))
        prepared = [normalize(word, self.preparation).text for word in new]
        for word, encoding in zip(new, self.tokenizer.encode_batch(prepared, add_special_tokens=False), strict=True):
            self._pieces[word] = tuple(encoding.ids) or (self.unknown,)
        return [self._pieces[word] for word in words]


def pad_windows(windows: list[tuple[int, ...]], padding: int, multiple: int = 8) -> tuple[Integers, Integers]:
    """Return piece ids and mask (1 for pieces), both (windows, longest rounded up to `multiple`)."""
    longest = max(len(window) for window in windows)
    longest += -longest % multiple
    ids = np.full((len(windows), longest), padding, np.int64)
    mask = np.zeros_like(ids)
    for row, window in enumerate(windows):
        ids[row, : len(window)] = window
        mask[row, : len(window)] = 1
    return ids, mask


def _special(tokenizer: Tokenizer, *names: str) -> int:
    for name in names:
        number = tokenizer.token_to_id(name)
        if number is not None:
            return int(number)
    raise ModelError(f"the tokenizer has none of the special pieces {', '.join(names)}; it is not one of a BERT")

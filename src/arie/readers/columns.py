"""CoNLL-style columns: a token and its BIO tag on each line, a blank line after each sentence.

Documents have the corpus's own labels; training maps them. Sentences are put together, one a line, into
documents of up to `SENTENCES` consecutive ones, so that the encoder sees some context. Corpora that split
clitics off («و قال», «عاصمة ها») are written again as they are spelled, with `clitics=True`.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from arie.decoding.spans import read_spans
from arie.document import Document, Entity
from arie.errors import InputError

SENTENCES = 8
PROCLITICS = frozenset("وفبلكس")
ENCLITICS = frozenset({"ه", "ها", "نا"})

Token = tuple[str, str]


def read_columns(path: Path) -> Iterator[Document]:
    """Read documents from columns; raises InputError naming the line that is none."""
    return _documents(path, _sentences(path))


def read_clitic_columns(path: Path) -> Iterator[Document]:
    """As `read_columns`, for corpora that split clitics off; they are joined to their words again."""
    return _documents(path, (list(rejoin(sentence)) for sentence in _sentences(path)))


def rejoin(sentence: Iterable[Token]) -> Iterator[Token]:
    """Join split-off clitics to their words; a word has the tag of its core.

    >>> list(rejoin([("و", "O"), ("ل", "O"), ("الهند", "B-Nation"), ("عاصمة", "O"), ("ها", "O")]))
    [('وللهند', 'B-Nation'), ('عاصمتها', 'O')]
    """
    before, held = "", None
    for token, tag in sentence:
        if held and not before and token in ENCLITICS:
            held = _with_enclitic(held[0], token), held[1]
            continue
        if token in PROCLITICS:
            # A clitic that the corpus tags as part of a name opens it: its tag goes to the word only if that is inside.
            before += token
            opened = tag if tag.startswith("B-") else None
            continue
        if before:
            if tag.startswith("I-") and opened:
                tag = opened
            if before.endswith("ل") and token.startswith("ال"):
                token = token[2:] if token.startswith("الل") else token[1:]
            token, before = before + token, ""
        if held:
            yield held
        held = token, tag
    if held:
        yield held
    if before:
        yield before, opened or "O"


def _with_enclitic(word: str, enclitic: str) -> str:
    return (word[:-1] + "ت" if word.endswith("ة") else word) + enclitic


def _sentences(path: Path) -> Iterator[list[Token]]:
    sentence: list[Token] = []
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    for number, line in enumerate(chain(lines, [""]), start=1):
        fields = line.split()
        if not fields:
            if sentence:
                yield sentence
            sentence = []
        elif len(fields) == 2 and (fields[1] == "O" or (fields[1][:2] in ("B-", "I-") and len(fields[1]) > 2)):
            sentence.append((fields[0], fields[1]))
        elif len(fields) == 1 and fields[0][:2] in ("O", "B-", "I-"):
            continue  # a tag whose token was an invisible character
        else:
            raise InputError(f"{path}:{number}: expected a token and a BIO tag, got {line!r}")


def _documents(path: Path, sentences: Iterable[list[Token]]) -> Iterator[Document]:
    block: list[list[Token]] = []
    number = 0
    for sentence in chain(sentences, [None]):
        if sentence:
            block.append(sentence)
        if block and (sentence is None or len(block) == SENTENCES):
            number += 1
            yield _document(f"{path.stem}-{number:05d}", block)
            block = []


def _document(id: str, block: list[list[Token]]) -> Document:
    entities: list[Entity] = []
    lines: list[str] = []
    at = 0
    for sentence in block:
        starts = []
        for token, _ in sentence:
            starts.append(at)
            at += len(token) + 1
        line = " ".join(token for token, _ in sentence)
        lines.append(line)
        origin = starts[0]
        for first, end, label in read_spans(_repaired([tag for _, tag in sentence])):
            start, stop = starts[first], starts[end - 1] + len(sentence[end - 1][0])
            surface = line[start - origin : stop - origin]
            entities.append(Entity(f"T{len(entities) + 1}", start, stop, surface, label, 1.0, surface))
    return Document("\n".join(lines), tuple(entities), id=id)


def _repaired(tags: list[str]) -> list[str]:
    """Let an I- tag with nothing of its label before it open a span."""
    repaired: list[str] = []
    for tag in tags:
        if tag.startswith("I-") and (not repaired or repaired[-1][2:] != tag[2:]):
            tag = "B-" + tag[2:]
        repaired.append(tag)
    return repaired

r"""The inline markup that the training corpus is written in: text with its labels where they stand.

    === yemen-007 event=prisoner_swap region=yemen
    أعلنت {الأمم المتحدة|ORG agent<e1} {نقل|EVA=e1} {نحو 70 أسيرا|QTY evacuee<e1} إلى {عدن|LOC destination<e1}.

A line `=== ID key=value ...` opens a document, whose text runs to the next such line (blank lines at its
ends are dropped). `{surface|LABEL}` is a span; `=name` names it where links start; `label<name` makes it
the tail of a link whose head has that name. Names hold within the document. A backslash takes
`{`, `}`, `|` and itself literally. Spans do not nest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from arie.document import Document, Entity, Relation
from arie.errors import InputError

TOKEN = regex.compile(r"\\(?P<literal>.)|(?P<open>\{)|(?P<close>\})|(?P<bar>\|)|(?P<plain>[^\\{}|]+)", regex.S)
TAG = regex.compile(r"(?P<label>[^\s=<]+)(?:=(?P<name>[^\s=<]+))?(?P<links>(?:\s+[^\s=<]+<[^\s=<]+)*)\s*")


@dataclass(frozen=True, slots=True)
class Report:
    """A document of the corpus with the `key=value` facts of its opening line."""

    document: Document
    facts: dict[str, str]
    line: int


def read_inline(path: Path) -> Iterator[Document]:
    """Read the documents of an inline file; raises InputError naming file and line."""
    for report in read_reports(path):
        yield report.document


def read_reports(path: Path) -> Iterator[Report]:
    """Read the documents of an inline file with their facts; raises InputError naming file and line."""
    # Line ends stay as they are, so that offsets hold in the text as it was written.
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = file.read().split("\n")
    openings = [number for number, line in enumerate(lines) if line.startswith("=== ")]
    if not openings or any(line.strip() for line in lines[: openings[0]]):
        raise InputError(f"{path}: an inline file starts with a line '=== ID key=value ...'")
    for begin, end in zip(openings, [*openings[1:], len(lines)], strict=True):
        header = lines[begin].split()[1:]
        if not header or any(field.count("=") != 1 for field in header[1:]):
            raise InputError(f"{path}:{begin + 1}: expected '=== ID key=value ...', got {lines[begin]!r}")
        body = "\n".join(lines[begin + 1 : end])
        try:
            document = parse_inline(body.strip("\r\n"), header[0])
        except InputError as error:
            raise InputError(f"{path}:{begin + 1}: {error}") from error
        yield Report(document, dict(field.split("=") for field in header[1:]), begin + 1)


def parse_inline(markup: str, id: str | None = None) -> Document:
    """Turn one marked-up text into a document.

    >>> document = parse_inline("{غادرت|EVA=e} {حافلتان|QTY transport<e}")
    >>> document.text, document.relations[0].label
    ('غادرت حافلتان', 'transport')
    """
    pieces: list[str] = []
    length = 0
    start: int | None = None
    tag: list[str] | None = None
    spans: list[tuple[int, int, str]] = []
    for match in TOKEN.finditer(markup):
        kind, value = match.lastgroup, match.group(match.lastgroup or 0)
        if tag is not None and kind != "close":
            tag.append(value)
        elif kind == "open":
            if start is not None:
                raise InputError(f"a span opens inside another at {_near(markup, match.start())}")
            start = length
        elif kind == "bar" and start is not None:
            tag = []
        elif kind in ("close", "bar"):
            if start is None or tag is None:
                raise InputError(f"'{value}' without an open span or label at {_near(markup, match.start())}")
            spans.append((start, length, "".join(tag)))
            start = tag = None
        else:
            pieces.append(value)
            length += len(value)
    if regex.search(r"(?<!\\)(?:\\\\)*\\$", markup):
        raise InputError("the text ends in a single backslash; a backslash is written twice")
    if start is not None:
        raise InputError(f"a span is never closed; its text starts {''.join(pieces)[start : start + 30]!r}")
    return _document("".join(pieces), spans, id)


def _document(text: str, spans: list[tuple[int, int, str]], id: str | None) -> Document:
    entities: list[Entity] = []
    ids_of: dict[str, str] = {}
    links: list[tuple[str, str, str]] = []
    for number, (start, end, tag) in enumerate(spans, start=1):
        match = TAG.fullmatch(tag)
        surface = text[start:end]
        if match is None:
            raise InputError(f"span {surface!r} has the tag {tag!r}; expected LABEL, =name, label<name")
        entities.append(Entity(f"T{number}", start, end, surface, match["label"], 1.0, surface))
        if match["name"]:
            if match["name"] in ids_of:
                raise InputError(f"two spans have the name {match['name']!r} (again at {surface!r})")
            ids_of[match["name"]] = f"T{number}"
        for link in match["links"].split():
            label, head = link.split("<")
            links.append((head, f"T{number}", label))
    if unknown := sorted({head for head, _, _ in links} - ids_of.keys()):
        raise InputError(f"links point to the names {unknown}, which no span has")
    relations = tuple(Relation(ids_of[head], tail, label, 1.0) for head, tail, label in links)
    return Document(text, tuple(entities), (), relations, id)


def _near(markup: str, at: int) -> str:
    return repr(markup[max(0, at - 20) : at + 20])

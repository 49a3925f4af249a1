"""A document for reading in a terminal: the text with its spans in colour, then who did what, right to left.

Some terminals put Arabic right to left themselves, most do not. For those, lines are reordered and letters
joined here (python-bidi, arabic-reshaper), which is for the eye only: data goes through the exporters.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

import regex

from arie.document import Document, Entity, Relation

if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper

COLORS = {
    "PER": "95",
    "ARM": "91",
    "ORG": "94",
    "LOC": "92",
    "TIME": "36",
    "QTY": "93",
    "GRP": "33",
    "VEH": "96",
    "AGR": "30;105",
    "EVA": "30;103",
}
ARABIC = regex.compile(r"[\p{Arabic}]")
CONTROL = regex.compile(r"[^\P{Cc}\t\n\r]")
TOKEN = regex.compile(r"\S+")
ESCAPE = regex.compile("\x1b\\[[0-9;]*m")
LEFT_TO_RIGHT = regex.compile(r"\p{Latin}")


@dataclass(frozen=True, slots=True)
class Terminal:
    """How a terminal shows text: its width in columns, with colour or not, reordering Arabic itself or not."""

    width: int = 100
    color: bool = True
    reorders: bool = False


def detect_terminal(environment: Mapping[str, str], width: int, interactive: bool) -> Terminal:
    """Guess the terminal from its environment; `ARIE_BIDI=terminal` or `=arie` says who reorders.

    Output that is not `interactive` (a file, a pipe) has no colour, nor has any where NO_COLOR is set; its text
    stays in the order in which it is written, since what opens it later reorders it.
    """
    reorders = environment.get("ARIE_BIDI") == "terminal" or (
        environment.get("ARIE_BIDI") != "arie"
        and (
            not interactive
            or int("0" + regex.sub(r"\D.*", "", environment.get("VTE_VERSION", ""))) >= 5800
            or environment.get("TERM_PROGRAM") == "Apple_Terminal"
            or any(name in environment for name in ("KONSOLE_VERSION", "MLTERM"))
        )
    )
    return Terminal(min(width, 110), interactive and "NO_COLOR" not in environment, reorders)


def list_document(document: Document, terminal: Terminal) -> Iterator[str]:
    """Yield the lines of the listing: text, spans by label, agreements and movements with their arguments, quantities.

    Control characters of the text are shown as «\ufffd», since a terminal would obey them.
    """
    document = _tame(document)
    title = f"{document.id or 'text'}: {len(document.entities)} spans, {len(document.relations)} links"
    yield _rule(title, terminal)
    names: dict[str, dict[str, None]] = {}
    for entity in document.entities:
        names.setdefault(entity.label, {})[_cell(entity, terminal)] = None
    shown = [label for label in COLORS if label in names] + sorted(names.keys() - COLORS.keys())
    yield "  ".join(_paint(f" {label} ", label, terminal) for label in shown)
    yield ""
    yield from _text(document, terminal)
    if names:
        yield _rule("Spans", terminal)
        for label in shown:
            yield from _row(label, list(names[label]), terminal)
        yield ""
    yield from _triggers(document, terminal)
    yield from _quantities(document, terminal)


def _tame(document: Document) -> Document:
    def tame(text: str) -> str:
        return CONTROL.sub("\ufffd", text)

    entities = tuple(replace(e, text=tame(e.text), name=tame(e.name)) for e in document.entities)
    quantities = tuple(
        replace(q, text=tame(q.text), unit=None if q.unit is None else tame(q.unit)) for q in document.quantities
    )
    said = None if document.id is None else tame(document.id)
    return replace(document, id=said, text=tame(document.text), entities=entities, quantities=quantities)


def _text(document: Document, terminal: Terminal) -> Iterator[str]:
    label_at = {i: e.label for e in document.entities for i in range(e.start, e.end)}
    offset = 0
    for line in document.text.splitlines(keepends=True):
        row: list[tuple[str, str | None]] = []
        used = 0
        for match in TOKEN.finditer(line):
            if used + len(match.group()) > terminal.width and row:
                yield _line(row, terminal)
                row, used = [], 0
            row.extend(_colored_parts(match.group(), offset + match.start(), label_at))
            row.append((" ", label_at.get(offset + match.end())))
            used += len(match.group()) + 1
        if row:
            yield _line(row, terminal)
        offset += len(line)
    yield ""


def _colored_parts(token: str, start: int, label_at: Mapping[int, str]) -> Iterator[tuple[str, str | None]]:
    begin = 0
    for i in range(1, len(token) + 1):
        if i == len(token) or label_at.get(start + i) != label_at.get(start + begin):
            yield token[begin:i], label_at.get(start + begin)
            begin = i


def _line(parts: list[tuple[str, str | None]], terminal: Terminal) -> str:
    while parts and parts[-1][0] == " ":
        parts = parts[:-1]
    plain = "".join(text for text, _ in parts)
    margin = " " * max(0, terminal.width - _columns(plain))
    right_to_left = bool(ARABIC.search(plain))
    if terminal.reorders or not right_to_left:
        painted = "".join(_paint(text, label, terminal) for text, label in parts)
        return ("\u200f" + margin if right_to_left else "") + painted
    return margin + "".join(_paint(visual(text), label, terminal) for text, label in _visual_order(parts))


def _visual_order(parts: list[tuple[str, str | None]]) -> Iterator[tuple[str, str | None]]:
    """Yield the parts of a right-to-left line from left to right; a run of Latin words keeps its own order."""
    runs: list[list[tuple[str, str | None]]] = []
    for part in parts:
        foreign = not ARABIC.search(part[0]) and bool(regex.match(r"[\p{Latin}\p{Nd}]", part[0]))
        joins = runs and _foreign(runs[-1]) and (foreign or part[0] == " ")
        if joins:
            runs[-1].append(part)
        else:
            runs.append([part])
    for run in reversed(runs):
        trailing = [run.pop()] if len(run) > 1 and run[-1][0] == " " else []
        yield from trailing
        yield from run


def _foreign(run: list[tuple[str, str | None]]) -> bool:
    return bool(LEFT_TO_RIGHT.match(run[0][0])) and not ARABIC.search(run[0][0])


def _triggers(document: Document, terminal: Terminal) -> Iterator[str]:
    for trigger_label, heading in (("AGR", "Agreements"), ("EVA", "Evacuations and movements")):
        triggers = [e for e in document.entities if e.label == trigger_label]
        if not triggers:
            continue
        yield _rule(heading, terminal)
        for trigger in triggers:
            yield f"{_cell(trigger, terminal)}   {trigger.score:.2f}  at {trigger.start}"
            links = sorted((r for r in document.relations if r.head == trigger.id), key=lambda r: r.label)
            for label, group in groupby(links, key=lambda link: link.label):
                yield from _row(label, [_argument(document, link, terminal) for link in group], terminal)
        yield ""


def _row(label: str, arguments: list[str], terminal: Terminal) -> Iterator[str]:
    """Yield a label and its arguments, in as many lines as the width asks for."""
    line = ""
    for argument in arguments:
        longer = f"{line} · {argument}" if line else argument
        if line and len(ESCAPE.sub("", longer)) > terminal.width - 17:
            yield f"    {label:<12} {line}"
            label, line = "", argument
        else:
            line = longer
    yield f"    {label:<12} {line}"


def _argument(document: Document, link: Relation, terminal: Terminal) -> str:
    """Return the tail of a link with its score and, for people, the bodies that they belong to."""
    tail = document.by_id[link.tail]
    bodies = [document.by_id[r.tail] for r in document.relations if r.head == tail.id and r.label == "member_of"]
    members = " of " + ", ".join(_cell(body, terminal) for body in bodies) if bodies else ""
    return f"{_cell(tail, terminal)}{members} {link.score:.2f}"


def _quantities(document: Document, terminal: Terminal) -> Iterator[str]:
    if not document.quantities:
        return
    yield _rule("Quantities", terminal)
    for quantity in document.quantities:
        said = str(quantity.value) if quantity.value is not None else f"{quantity.low} to {quantity.high}"
        if quantity.value is None and quantity.low is None:
            said = "?"
        elif quantity.value is not None and quantity.low is not None and quantity.high is None:
            said = f"{quantity.low} or more"
        elif quantity.value is not None and quantity.high is not None and quantity.low is None:
            said = f"{quantity.high} or fewer"
        unit = _show(quantity.unit, terminal) if quantity.unit else ""
        about = "about " if quantity.approx else ""
        yield f"    {about + said:<22} {unit:<20} {_show(quantity.text, terminal)}"


def _cell(entity: Entity, terminal: Terminal) -> str:
    return _paint(_show(" ".join(entity.name.split()), terminal), entity.label, terminal)


def _show(text: str, terminal: Terminal) -> str:
    return text if terminal.reorders else visual(text)


def visual(text: str) -> str:
    """Return text in the order and letter shapes in which it is seen, for terminals that do neither."""
    # The package's compiled `get_display` does not mirror brackets; the one written in Python does.
    from bidi.algorithm import get_display

    # As after an Arabic letter, which in a right-to-left line makes signs beside numbers go left of them.
    return str(get_display("ب" + _shaped(text), base_dir="R"))[:-1]


def _shaped(text: str) -> str:
    return str(_reshaper().reshape(text))


@cache
def _reshaper() -> "ArabicReshaper":
    from arabic_reshaper import ArabicReshaper

    # The one-glyph form of «الله» is too small to read in a terminal's cell.
    return ArabicReshaper({"ARABIC LIGATURE ALLAH": False})


def _columns(text: str) -> int:
    return len(_shaped(text))


def _paint(text: str, label: str | None, terminal: Terminal) -> str:
    if label is None or not terminal.color:
        return text
    return f"\x1b[{COLORS.get(label, '1')}m{text}\x1b[0m"


def _rule(title: str, terminal: Terminal) -> str:
    line = f"── {title} " + "─" * max(0, terminal.width - len(title) - 4)
    return f"\x1b[1m{line}\x1b[0m" if terminal.color else line

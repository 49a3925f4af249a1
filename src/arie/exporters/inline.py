"""The inline markup of the training corpus; see `arie.readers.inline`."""

import regex

from arie.document import Document
from arie.errors import InputError

SPECIAL = regex.compile(r"[\\{}|]|^=(?==)", regex.M)


def write_inline(document: Document) -> str:
    """Return the document in inline markup, opened by its header line.

    Blank lines at the ends of the text are not kept by the format. Raises InputError for overlapping spans.
    """
    # Spans are named by number, since an id may hold what the form has a use for.
    names = {entity.id: f"T{number}" for number, entity in enumerate(document.entities, start=1)}
    heads = {link.head for link in document.relations}
    links: dict[str, list[str]] = {}
    for link in document.relations:
        links.setdefault(link.tail, []).append(f" {link.label}<{names[link.head]}")
    pieces = [f"=== {'-'.join((document.id or '').split()) or 'document'}\n"]
    at = 0
    for entity in sorted(document.entities, key=lambda e: e.start):
        if entity.start < at:
            raise InputError(f"entity {entity.id} overlaps the one before it; inline markup has flat spans only")
        name = f"={names[entity.id]}" if entity.id in heads else ""
        tag = "".join([entity.label, name, *links.get(entity.id, [])])
        pieces.append(_escape(document.text[at : entity.start]) + "{" + _escape(entity.text) + "|" + tag + "}")
        at = entity.end
    pieces.append(_escape(document.text[at:]) + "\n")
    return "".join(pieces)


def _escape(text: str) -> str:
    escaped: str = SPECIAL.sub(lambda match: "\\" + match.group(), text)
    return escaped

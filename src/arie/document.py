"""The nouns that go through everything: Document, Entity, Quantity, Relation.

Gold and predicted labels are the same nouns. All are frozen; offsets are half-open code points of the
original text, and `text[e.start:e.end] == e.text` is checked where a Document is made. The dict form is
one line of the project's JSON Lines format.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from math import isfinite
from typing import Any, Self

from arie.errors import InputError


@dataclass(frozen=True, slots=True)
class Entity:
    """A labelled span of the text.

    `text` is the exact slice `document.text[start:end]`; `name` is what a reader would call it (attached
    particles, diacritics and tatweel taken off). `score` is the probability of the span: the product of
    the probabilities of its words' tags.
    """

    id: str
    start: int
    end: int
    text: str
    label: str
    score: float
    name: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """The number that a QTY span states.

    `entity` is the id of its span. `value` is the number that is stated, hedged or not, or None where there
    is no single one; `low` and `high` are inclusive
    bounds, None where open; `approx` says that the text hedges; `unit` is the counted noun or the unit
    as written, without number and hedge, or None.
    """

    entity: str
    start: int
    end: int
    text: str
    value: int | float | None
    low: int | float | None
    high: int | float | None
    approx: bool
    unit: str | None


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed link between two entities, named by id; `score` is the probability of its label."""

    head: str
    tail: str
    label: str
    score: float


@dataclass(frozen=True)
class Document:
    """A text with its entities (in text order), quantities and relations.

    Raises InputError if the text is none, or offsets, slices or ids do not hold together.
    """

    text: str
    entities: tuple[Entity, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    relations: tuple[Relation, ...] = ()
    id: str | None = None

    def __post_init__(self) -> None:
        check_text(self.text)
        spans: list[Entity | Quantity] = [*self.entities, *self.quantities]
        for span in spans:
            if not 0 <= span.start < span.end <= len(self.text):
                raise InputError(
                    f"{_where(self)}span {span.start}:{span.end} lies outside the text of {len(self.text)} "
                    "code points; offsets are half-open code points, not bytes"
                )
            if self.text[span.start : span.end] != span.text:
                raise InputError(
                    f"{_where(self)}span {span.start}:{span.end} says {span.text!r} but the text there is "
                    f"{self.text[span.start : span.end]!r}; was the text changed after labelling?"
                )
        if len(self.by_id) != len(self.entities):
            raise InputError(f"{_where(self)}two entities share an id; give each its own")
        named = [q.entity for q in self.quantities] + [i for r in self.relations for i in (r.head, r.tail)]
        if missing := sorted(set(named) - self.by_id.keys()):
            raise InputError(f"{_where(self)}relations or quantities point to {missing}, which no entity has as id")

    @cached_property
    def by_id(self) -> Mapping[str, Entity]:
        """The entities by id."""
        return {entity.id: entity for entity in self.entities}

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON Lines form: plain lists, dicts, strings and numbers."""
        return {
            "id": self.id,
            "text": self.text,
            "entities": [asdict(entity) for entity in self.entities],
            "quantities": [asdict(quantity) for quantity in self.quantities],
            "relations": [asdict(relation) for relation in self.relations],
        }

    def to_json(self) -> str:
        """Return the dict form as one line of JSON, Arabic unescaped."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """Build a document from its dict form; gold files may leave out text, name and score of spans.

        Raises InputError if a key is missing or of the wrong type.
        """
        if not isinstance(raw, Mapping) or not isinstance(raw.get("text"), str):
            raise InputError(f"a document needs a string under 'text'; got {str(raw)[:80]!r}")
        text = raw["text"]
        try:
            return cls(
                text=text,
                entities=tuple(_entity(text, e) for e in raw.get("entities", ())),
                quantities=tuple(_quantity(q) for q in raw.get("quantities", ())),
                relations=tuple(
                    Relation(str(r["head"]), str(r["tail"]), _string(r["label"]), _score(r.get("score", 1.0)))
                    for r in raw.get("relations", ())
                ),
                id=None if raw.get("id") is None else str(raw["id"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(
                f"document {raw.get('id')!r} is not in the expected form ({type(error).__name__}: {error}); "
                "entities need id, start, end, label; relations need head, tail, label"
            ) from error


def check_text(text: object) -> None:
    """Raise InputError unless `text` is a string that can be written as UTF-8."""
    if not isinstance(text, str):
        hint = "; decode it first: data.decode('utf-8')" if isinstance(text, bytes | bytearray) else ""
        raise InputError(f"expected a text (str), got {type(text).__name__}{hint}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(
            f"the text has a lone surrogate (U+{ord(text[error.start]):04X}) at offset {error.start}, which is no "
            "character; read the file again as UTF-8, or take it out"
        ) from error


def _entity(text: str, raw: Mapping[str, Any]) -> Entity:
    start, end = _offset(raw["start"]), _offset(raw["end"])
    said = _string(raw.get("text", text[start:end]))
    return Entity(
        id=str(raw["id"]),
        start=start,
        end=end,
        text=said,
        label=_string(raw["label"]),
        score=_score(raw.get("score", 1.0)),
        name=_string(raw.get("name", said)),
    )


def _quantity(raw: Mapping[str, Any]) -> Quantity:
    return Quantity(
        entity=str(raw["entity"]),
        start=_offset(raw["start"]),
        end=_offset(raw["end"]),
        text=_string(raw["text"]),
        value=_number(raw["value"]),
        low=_number(raw["low"]),
        high=_number(raw["high"]),
        approx=raw["approx"] is True,
        unit=None if raw["unit"] is None else _string(raw["unit"]),
    )


def _number(value: object) -> int | float | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value)):
        raise TypeError(f"{value!r} is no number")
    return value


def _score(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise TypeError(f"score {value!r} is no number from 0 to 1")
    return float(value)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no string")
    return value


def _offset(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"offset {value!r} is no whole number")
    return value


def _where(document: Document) -> str:
    return f"document {document.id}: " if document.id is not None else ""

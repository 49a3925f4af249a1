"""Labelled code point ranges as word ranges."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from arie.document import Entity
from arie.errors import InputError
from arie.text.words import Range


class WordSpan(NamedTuple):
    """A labelled half-open range of words; `score` is the product of its words' tag probabilities."""

    start: int
    end: int
    label: str
    score: float


def word_spans(entities: Sequence[Entity], words: Sequence[Range]) -> list[WordSpan]:
    """Return the entities as word ranges, in the same order; an edge inside a word takes the whole word.

    Raises InputError for an entity that holds no word.
    """
    starts, ends = [word.start for word in words], [word.end for word in words]
    spans = [WordSpan(bisect_right(ends, e.start), bisect_left(starts, e.end), e.label, e.score) for e in entities]
    for entity, span in zip(entities, spans, strict=True):
        if span.start >= span.end:
            raise InputError(f"entity {entity.id} at {entity.start}:{entity.end} holds no word: {entity.text!r}")
    return spans

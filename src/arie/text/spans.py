"""Labelled code point ranges as word ranges, and these as BIO tags."""

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


def bio(spans: Sequence[WordSpan], words: int) -> list[str]:
    """Return the BIO tag of each of `words` words; of overlapping spans the first has its words."""
    tags = ["O"] * words
    for span in spans:
        if all(tag == "O" for tag in tags[span.start : span.end]):
            tags[span.start : span.end] = [f"B-{span.label}"] + [f"I-{span.label}"] * (span.end - span.start - 1)
    return tags

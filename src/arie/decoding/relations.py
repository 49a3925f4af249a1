"""Relation logits of candidate pairs to links."""

from collections.abc import Sequence
from typing import NamedTuple

from arie.decoding.spans import Floats, softmax


class SpanLink(NamedTuple):
    """A link between two spans, named by index; `score` is the probability of its label."""

    head: int
    tail: int
    label: str
    score: float


def decode_relations(logits: Floats, pairs: Sequence[tuple[int, int]], names: Sequence[str]) -> list[SpanLink]:
    """Return the links whose most probable label is not "no relation" (column 0 of (pairs, 1 + relations)).

    The score is the label's probability given both spans; multiply by the spans' scores for the probability
    of the whole.
    """
    if not pairs:
        return []
    probabilities = softmax(logits)
    best = probabilities.argmax(axis=1)
    return [
        SpanLink(head, tail, names[label - 1], float(probabilities[row, label]))
        for row, ((head, tail), label) in enumerate(zip(pairs, best.tolist(), strict=True))
        if label
    ]

"""Relation logits to links."""

import numpy as np
import pytest

from arie.decoding.relations import SpanLink, decode_relations
from arie.text.spans import WordSpan

SPANS = [WordSpan(start, start + 1, label, 1.0) for start, label in ((0, "LOC"), (3, "EVA"), (5, "ARM"), (8, "LOC"))]
NAMES = ["origin", "agent"]


@pytest.mark.parametrize(
    ("pairs", "rows", "links"),
    [
        # probabilities of none, origin, agent for each pair
        ([], np.zeros((0, 3)), []),
        ([(1, 0)], [[0.5, 0.3, 0.2]], []),
        ([(1, 0)], [[0.3, 0.5, 0.2]], [(1, 0, "origin", 0.5)]),
        ([(1, 2)], [[0.1, 0.2, 0.7]], [(1, 2, "agent", 0.7)]),
        # one link a pair, in the order of the pairs
        (
            [(2, 1), (1, 3), (1, 2), (1, 0)],
            [[0.1, 0.6, 0.3], [0.2, 0.8, 0.0], [0.9, 0.1, 0.0], [0.0, 0.4, 0.6]],
            [(2, 1, "origin", 0.6), (1, 3, "origin", 0.8), (1, 0, "agent", 0.6)],
        ),
    ],
)
def test_links(pairs, rows, links):
    logits = np.log(np.maximum(np.asarray(rows), 1e-9)) + 4.0
    found = decode_relations(logits, pairs, NAMES)
    assert [link[:3] for link in found] == [link[:3] for link in links]
    assert [link.score for link in found] == pytest.approx([link[3] for link in links], rel=1e-6)
    assert all(isinstance(link, SpanLink) and type(link.score) is float for link in found)

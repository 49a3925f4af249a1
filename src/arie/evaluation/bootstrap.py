"""Confidence intervals by bootstrap over documents (Efron 1979, percentile method)."""

from collections.abc import Sequence

import numpy as np

from arie.evaluation.counts import Counts

RESAMPLES = 2000
SEED = 13


def interval(counts: Sequence[Counts], level: float = 0.95) -> tuple[float, float]:
    """Return the interval of the F1 of a collection, given the counts of each of its documents.

    Documents are drawn with replacement, as many as there are; with a handful of documents the interval is
    wide and itself uncertain. Returns (0, 0) for no documents.
    """
    if not counts:
        return 0.0, 0.0
    table = np.array([(c.gold, c.predicted, c.right) for c in counts], dtype=float)
    # How often each document is drawn, which for many documents is far smaller than the documents themselves.
    drawn = np.random.default_rng(SEED).multinomial(len(table), np.full(len(table), 1 / len(table)), RESAMPLES)
    gold, predicted, right = (drawn @ table).T
    scores = 2 * right / np.maximum(gold + predicted, 1)
    low, high = np.quantile(scores, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)

"""Intervals over documents: the laws of a percentile bootstrap."""

import pytest

from arie.evaluation.bootstrap import interval
from arie.evaluation.counts import Counts

MIXED = [Counts(10, 10, 9), Counts(10, 8, 4), Counts(5, 9, 5), Counts(20, 20, 2), Counts(7, 7, 7)]


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ([], 0.0, 0.0),
        ([Counts()], 0.0, 0.0),
        ([Counts(4, 2, 1)], 1 / 3, 1 / 3),
        ([Counts(4, 4, 4)] * 9, 1.0, 1.0),
        ([Counts(4, 4, 2)] * 5, 0.5, 0.5),
        # two documents: a quarter of the draws has the good one twice, a quarter the bad one
        ([Counts(1, 1, 1), Counts(1, 1, 0)], 0.0, 1.0),
    ],
)
def test_intervals(counts, low, high):
    assert interval(counts) == pytest.approx((low, high))


def test_the_interval_holds_the_score_and_widens_with_its_level():
    score = sum(MIXED, Counts()).f1
    inner, outer = interval(MIXED, 0.5), interval(MIXED, 0.95)
    assert 0 <= outer[0] < inner[0] < score < inner[1] < outer[1] <= 1


def test_more_documents_make_it_narrower():
    few, many = interval(MIXED), interval(MIXED * 10)
    assert many[1] - many[0] < few[1] - few[0]


def test_it_is_the_same_each_time():
    assert interval(MIXED) == interval(MIXED)

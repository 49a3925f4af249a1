"""Hits and misses, and the scores that follow from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import LAW

from arie.evaluation.counts import Counts, Tally, relation_items, span_items, tally, total
from arie.readers.inline import parse_inline


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        (Counts(), 0.0, 0.0, 0.0),
        (Counts(4, 0, 0), 0.0, 0.0, 0.0),
        (Counts(0, 4, 0), 0.0, 0.0, 0.0),
        (Counts(4, 4, 4), 1.0, 1.0, 1.0),
        (Counts(4, 2, 1), 0.5, 0.25, 1 / 3),
        (Counts(3, 6, 3), 0.5, 1.0, 2 / 3),
    ],
)
def test_scores(counts, precision, recall, f1):
    assert counts.precision == precision
    assert counts.recall == recall
    assert counts.f1 == pytest.approx(f1)


def test_counts_add_up():
    assert Counts(1, 2, 1) + Counts(3, 1, 0) == Counts(4, 3, 1)


@pytest.mark.parametrize(
    ("gold", "predicted", "by_label"),
    [
        ([], [], {}),
        ([(0, 3, "LOC")], [], {"LOC": Counts(1, 0, 0)}),
        ([], [(0, 3, "LOC")], {"LOC": Counts(0, 1, 0)}),
        ([(0, 3, "LOC")], [(0, 3, "LOC")], {"LOC": Counts(1, 1, 1)}),
        # the right place with another label is a miss of one and a false alarm of the other
        ([(0, 3, "LOC")], [(0, 3, "ARM")], {"ARM": Counts(0, 1, 0), "LOC": Counts(1, 0, 0)}),
        ([(0, 3, "LOC")], [(0, 4, "LOC")], {"LOC": Counts(1, 1, 0)}),
        # what is said twice counts once
        ([(0, 3, "LOC")], [(0, 3, "LOC"), (0, 3, "LOC")], {"LOC": Counts(1, 1, 1)}),
        (
            [(0, 3, "LOC"), (4, 6, "LOC"), (7, 9, "EVA")],
            [(7, 9, "EVA"), (4, 6, "LOC"), (4, 7, "LOC")],
            {"EVA": Counts(1, 1, 1), "LOC": Counts(2, 2, 1)},
        ),
    ],
)
def test_tally(gold, predicted, by_label):
    counted = tally(gold, predicted)
    assert counted.by_label == by_label
    assert list(counted.by_label) == sorted(by_label)
    assert counted.micro == sum(by_label.values(), Counts())


def test_total():
    one, two = Tally({"LOC": Counts(1, 1, 1)}), Tally({"LOC": Counts(2, 0, 0), "EVA": Counts(0, 1, 0)})
    assert total([one, two]).by_label == {"EVA": Counts(0, 1, 0), "LOC": Counts(3, 1, 1)}
    assert total([]).micro == Counts()


items = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["LOC", "EVA"])))


@LAW
@given(items, items)
def test_gold_and_prediction_change_places(gold, predicted):
    forth, back = tally(gold, predicted).micro, tally(predicted, gold).micro
    assert (forth.precision, forth.recall, forth.f1) == (back.recall, back.precision, back.f1)
    assert 0 <= forth.right <= min(forth.gold, forth.predicted)


def test_items_of_a_document():
    document = parse_inline("{غادرت|EVA=e} {حلب|LOC origin<e}")
    assert span_items(document) == [(0, 5, "EVA"), (6, 9, "LOC")]
    assert relation_items(document) == [(0, 5, "EVA", 6, 9, "LOC", "origin")]

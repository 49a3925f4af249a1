"""Windows over long texts: every word is in one, and is read where it stands farthest from a cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import LAW

from arie.config import Windows
from arie.text.windows import plan_windows

lengths = st.lists(st.integers(1, 6) | st.integers(7, 40), max_size=60)
sizes = st.integers(4, 24).flatmap(lambda size: st.builds(Windows, st.just(size), st.integers(0, size // 2)))


@pytest.mark.parametrize(
    ("pieces", "size", "overlap", "windows", "homes"),
    [
        ([], 4, 2, (), ()),
        ([1, 1], 4, 2, ((0, 2),), (0, 0)),
        ([2, 2], 4, 2, ((0, 2),), (0, 0)),
        ([2, 2, 2], 4, 2, ((0, 2), (1, 3)), (0, 0, 1)),
        ([1, 1, 1, 1, 1], 2, 0, ((0, 2), (2, 4), (4, 5)), (0, 0, 1, 1, 2)),
        ([1, 1, 1, 1, 1, 1, 1, 1], 4, 2, ((0, 4), (2, 6), (4, 8)), (0, 0, 0, 1, 1, 2, 2, 2)),
        ([9], 4, 2, ((0, 1),), (0,)),
        ([9, 1], 4, 2, ((0, 1), (1, 2)), (0, 1)),
        ([1, 9, 1], 4, 2, ((0, 1), (1, 2), (2, 3)), (0, 1, 2)),
        ([3, 1, 3], 4, 1, ((0, 2), (1, 3)), (0, 0, 1)),
        # before a word that fills a window of its own there is nothing to share
        ([1, 1, 1, 9, 1], 4, 2, ((0, 3), (3, 4), (4, 5)), (0, 0, 0, 1, 2)),
    ],
)
def test_plans(pieces, size, overlap, windows, homes):
    plan = plan_windows(pieces, Windows(size, overlap))
    assert (plan.windows, plan.homes) == (windows, homes)


@LAW
@given(lengths, sizes)
def test_windows_cover_all_words_in_order(pieces, windows):
    plan = plan_windows(pieces, windows)
    assert {w for start, end in plan.windows for w in range(start, end)} == set(range(len(pieces)))
    for (start, end), (next_start, next_end) in pairwise(plan.windows):
        assert start < next_start <= end <= next_end


@LAW
@given(lengths, sizes)
def test_no_window_is_too_long_but_that_of_one_long_word(pieces, windows):
    for start, end in plan_windows(pieces, windows).windows:
        assert end - start == 1 or sum(pieces[start:end]) <= windows.size


@LAW
@given(lengths, sizes)
def test_neighbours_share_no_more_than_the_overlap(pieces, windows):
    for (_, end), (start, _) in pairwise(plan_windows(pieces, windows).windows):
        assert sum(pieces[start:end]) <= windows.overlap


@LAW
@given(lengths, sizes)
def test_each_window_brings_new_words(pieces, windows):
    ends = [end for _, end in plan_windows(pieces, windows).windows]
    assert len(ends) == len(set(ends))


@LAW
@given(lengths, sizes)
def test_a_word_is_read_in_a_window_that_holds_it(pieces, windows):
    plan = plan_windows(pieces, windows)
    assert len(plan.homes) == len(pieces)
    for word, home in enumerate(plan.homes):
        start, end = plan.windows[home]
        assert start <= word < end


@LAW
@given(lengths, sizes)
def test_a_word_is_read_farthest_from_an_inner_border(pieces, windows):
    plan = plan_windows(pieces, windows)

    def distance(word, window):
        start, end = plan.windows[window]
        return min(
            word - start if start > 0 else len(pieces),
            end - 1 - word if end < len(pieces) else len(pieces),
        )

    for word, home in enumerate(plan.homes):
        holding = [n for n, (start, end) in enumerate(plan.windows) if start <= word < end]
        assert distance(word, home) == max(distance(word, n) for n in holding)

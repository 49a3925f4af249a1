"""The one candidate function, and the layout of its pairs for the relation head."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import LAW

from arie.decoding.pairs import PairLayout, candidate_pairs
from arie.decoding.spans import bio_tags
from arie.labels import LabelSet, RelationLabel
from arie.text.spans import WordSpan
from arie.text.words import Range


def lay_out_pairs(pairs, found, sentences, tags, reach):
    return PairLayout(found, sentences[-1].end, sentences, tags, reach).lay_out(pairs)


LABELS = LabelSet(
    {"LOC": "place", "ARM": "actor", "EVA": "movement", "GRP": "people"},
    {
        "origin": RelationLabel("origin", "", frozenset({"EVA"}), frozenset({"LOC"})),
        "evacuee": RelationLabel("evacuee", "", frozenset({"EVA"}), frozenset({"GRP", "ARM"})),
        "member_of": RelationLabel("member_of", "", frozenset({"GRP"}), frozenset({"ARM"})),
    },
)
ALLOWED = {("EVA", "LOC"), ("EVA", "GRP"), ("EVA", "ARM"), ("GRP", "ARM")}
TAGS = bio_tags(LABELS)


def spans(*rows):
    return [WordSpan(*row, 1.0) for row in rows]


@st.composite
def layouts(draw):
    """Draw sentences, flat spans of some words that cross none of their ends, and a reach."""
    lengths = draw(st.lists(st.integers(1, 40), min_size=1, max_size=4))
    ends = np.cumsum(lengths).tolist()
    sentences = [Range(end - length, end) for end, length in zip(ends, lengths, strict=True)]
    found = []
    for start, end in sentences:
        cuts = sorted(draw(st.sets(st.integers(start, end), max_size=12)))
        found += [
            (a, b, draw(st.sampled_from(list(LABELS.spans)))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        ]
    return spans(*found), sentences, draw(st.integers(1, 15))


@pytest.mark.parametrize(
    ("rows", "sentences", "reach", "pairs"),
    [
        ([], [], 10, []),
        ([(0, 1, "EVA"), (2, 3, "LOC")], [(0, 4)], 10, [(0, 1)]),
        ([(0, 1, "LOC"), (2, 3, "EVA")], [(0, 4)], 10, [(1, 0)]),
        ([(0, 1, "EVA"), (2, 3, "EVA")], [(0, 4)], 10, []),
        ([(0, 1, "EVA"), (2, 3, "LOC")], [(0, 2), (2, 4)], 10, []),
        ([(0, 1, "EVA"), (1, 2, "GRP"), (2, 4, "ARM")], [(0, 4)], 10, [(0, 1), (0, 2), (1, 2)]),
        # the outer ends are as far apart as the reach, and one word farther
        ([(1, 2, "EVA"), (4, 6, "LOC")], [(0, 9)], 5, [(0, 1)]),
        ([(1, 2, "EVA"), (4, 7, "LOC")], [(0, 9)], 5, []),
        ([(1, 4, "LOC"), (6, 7, "EVA")], [(0, 9)], 5, []),
    ],
)
def test_candidates(rows, sentences, reach, pairs):
    found = candidate_pairs(spans(*rows), [Range(*sentence) for sentence in sentences], LABELS, reach)
    assert sorted(found) == sorted(pairs)


@LAW
@given(layouts())
def test_every_allowed_pair_is_there_and_nothing_else(layout):
    found, sentences, reach = layout
    expected = {
        (i, j)
        for i, head in enumerate(found)
        for j, tail in enumerate(found)
        if i != j and (head.label, tail.label) in ALLOWED
        # one sentence holds both, and a stretch of `reach` words holds both
        if any(start <= min(head.start, tail.start) and max(head.end, tail.end) <= end for start, end in sentences)
        if max(head.end, tail.end) - min(head.start, tail.start) <= reach
    }
    pairs = candidate_pairs(found, sentences, LABELS, reach)
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == expected


@LAW
@given(layouts())
def test_the_layout_leads_back_to_the_spans(layout):
    found, sentences, reach = layout
    pairs = candidate_pairs(found, sentences, LABELS, reach)
    batch = lay_out_pairs(pairs, found, sentences, TAGS, reach)
    assert len(batch.pairs) == len(pairs)
    assert batch.words.shape == batch.tags.shape
    for (head, tail), (segment, *places) in zip(pairs, batch.pairs.tolist(), strict=True):
        ends = [found[head].start, found[head].end - 1, found[tail].start, found[tail].end - 1]
        assert batch.words[segment, places].tolist() == ends
        assert (batch.tags[segment, places] >= 0).all()


@LAW
@given(layouts())
def test_a_segment_is_a_stretch_of_one_sentence_with_its_tags(layout):
    found, sentences, reach = layout
    pairs = candidate_pairs(found, sentences, LABELS, reach)
    batch = lay_out_pairs(pairs, found, sentences, TAGS, reach)
    expected = ["O"] * sentences[-1].end
    for span in found:
        expected[span.start : span.end] = [f"B-{span.label}"] + [f"I-{span.label}"] * (span.end - span.start - 1)
    for words, tags in zip(batch.words.tolist(), batch.tags.tolist(), strict=True):
        length = sum(tag >= 0 for tag in tags)
        assert words[:length] == list(range(words[0], words[0] + length))
        assert any(start <= words[0] and words[length - 1] < end for start, end in sentences)
        assert [TAGS[tag] for tag in tags[:length]] == [expected[word] for word in words[:length]]
        assert tags[length:] == [-1] * (len(tags) - length)
        assert words[length:] == [0] * (len(words) - length)
    assert len({tuple(row) for row in batch.words.tolist()}) == len(batch.words)


def test_a_short_sentence_is_one_segment():
    found = spans((2, 3, "EVA"), (4, 6, "LOC"), (7, 8, "ARM"))
    batch = lay_out_pairs([(0, 1), (0, 2)], found, [Range(0, 2), Range(2, 8)], TAGS, 100)
    assert batch.words.tolist() == [[2, 3, 4, 5, 6, 7]]
    assert [TAGS[tag] for tag in batch.tags[0]] == ["B-EVA", "O", "B-LOC", "I-LOC", "O", "B-ARM"]
    assert batch.pairs.tolist() == [[0, 0, 0, 2, 3], [0, 0, 0, 5, 5]]


def test_a_sentence_longer_than_two_reaches_is_cut():
    # 30 words, reach 10: pairs that start before word 10 see words 0 to 20, the next ones 10 to 30.
    found = spans((9, 10, "EVA"), (17, 19, "LOC"), (21, 22, "EVA"))
    batch = lay_out_pairs([(0, 1), (2, 1)], found, [Range(0, 30)], TAGS, 10)
    assert batch.words.tolist() == [list(range(20)), list(range(10, 30))]
    assert batch.pairs.tolist() == [[0, 9, 9, 17, 18], [1, 11, 11, 7, 8]]


def test_no_pairs_no_segments():
    batch = lay_out_pairs([], spans((0, 1, "LOC")), [Range(0, 3)], TAGS, 10)
    assert (batch.words.shape, batch.tags.shape, batch.pairs.shape) == ((0, 0), (0, 0), (0, 5))


@LAW
@given(layouts(), st.integers(1, 60), st.integers(1, 5))
def test_batches_hold_every_pair_once_and_keep_to_their_limits(layout, most_words, most_pairs):
    found, sentences, reach = layout
    pairs = candidate_pairs(found, sentences, LABELS, reach)
    cut = PairLayout(found, sentences[-1].end, sentences, TAGS, reach)
    groups = list(cut.batches(pairs, most_words, most_pairs))
    assert sorted(pair for group in groups for pair in group) == sorted(pairs)
    for group in groups:
        assert len(group) <= most_pairs
        words = cut.lay_out(group).words
        assert words.size <= most_words or len(words) == 1


def test_spans_that_run_over_their_sentence_have_no_pairs():
    found = spans((0, 1, "EVA"), (2, 5, "LOC"), (6, 7, "LOC"))
    assert candidate_pairs(found, [Range(0, 4), Range(4, 8)], LABELS, 50) == []

"""Our strict span counts are those of the reference program."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import LAW, documents

from arie.document import Document, Entity
from arie.evaluation.counts import span_items, tally
from arie.evaluation.spans import count_misaligned, strict_span_report, word_tags
from arie.readers.inline import parse_inline

pytest.importorskip("seqeval", reason="scores need the extra 'evaluate'")


def labelled(text, *spans):
    return Document(
        text, tuple(Entity(f"T{n}", a, b, text[a:b], label, 1.0, "") for n, (a, b, label) in enumerate(spans))
    )


@st.composite
def guesses(draw):
    """Draw a text of words, gold spans and guessed spans, both flat and of whole words."""
    words = ["غادر", "حلب", "جنود"] * 4
    text = " ".join(words)
    starts = [sum(len(word) + 1 for word in words[:n]) for n in range(len(words))]
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    both = []
    for _ in range(2):
        cuts = sorted(draw(st.sets(st.integers(0, len(words)), max_size=10)))
        ranges = zip(cuts[::2], cuts[1::2], strict=False)
        label = st.sampled_from(["LOC", "ARM"])
        both.append(labelled(text, *((starts[a], ends[b - 1], draw(label)) for a, b in ranges)))
    return both


@LAW
@given(st.lists(guesses(), min_size=1, max_size=3).filter(lambda rows: any(d.entities for row in rows for d in row)))
def test_counts_equal_those_of_seqeval(rows):
    gold, predicted = [row[0] for row in rows], [row[1] for row in rows]
    report = strict_span_report(gold, predicted)
    offset, said, found = 0, [], []
    for truth, guess in rows:
        said += [(start + offset, end + offset, label) for start, end, label in span_items(truth)]
        found += [(start + offset, end + offset, label) for start, end, label in span_items(guess)]
        offset += len(truth.text)
    ours = tally(said, found)
    for label, counts in [*ours.by_label.items(), ("micro avg", ours.micro)]:
        theirs = report[label]
        assert (theirs["precision"], theirs["recall"], theirs["f1-score"], theirs["support"]) == pytest.approx(
            (counts.precision, counts.recall, counts.f1, counts.gold)
        )


@pytest.mark.parametrize("texts", [[""], ["لا شيء"], ["", "لا شيء"]])
def test_a_report_without_any_span_is_of_numbers(texts):
    documents = [Document(text) for text in texts]
    report = strict_span_report(documents, documents)
    assert all(math.isfinite(value) for row in report.values() for value in row.values())


@pytest.mark.parametrize(
    ("markup", "tags"),
    [
        ("", ""),
        ("عاد {سامر|PER}.", "O B-PER O"),
        ("{تل أبيض|LOC}{40|QTY}", "B-LOC I-LOC B-QTY"),
        ("{حلب|LOC} {حمص|LOC}", "B-LOC B-LOC"),
    ],
)
def test_word_tags(markup, tags):
    assert word_tags(parse_inline(markup)) == tags.split()


@pytest.mark.parametrize(
    ("spans", "misaligned"),
    [
        ([], 0),
        ([(0, 4, "LOC"), (5, 8, "LOC")], 0),
        ([(1, 4, "LOC")], 1),
        ([(0, 3, "LOC"), (5, 9, "LOC"), (9, 10, "LOC")], 2),
    ],
)
def test_misaligned_spans_are_counted(spans, misaligned):
    assert count_misaligned(labelled("وحلب حمص .", *spans)) == misaligned


@LAW
@given(documents())
def test_spans_of_whole_words_are_aligned(document):
    assert count_misaligned(document) == 0

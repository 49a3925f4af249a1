"""Entities as word ranges, and word ranges as tags."""

import pytest
from hypothesis import given
from laws import LAW, documents

from arie.decoding.spans import read_spans
from arie.document import Entity
from arie.errors import InputError
from arie.text.spans import WordSpan, bio, word_spans
from arie.text.words import find_words

TEXT = "غادر (فوج اليرموك) بلدة تل\u200fأبيض40."
# words:  غادر ( فوج اليرموك ) بلدة تلأبيض 40 .


def entity(start, end, label="ARM", score=1.0):
    return Entity("T1", start, end, TEXT[start:end], label, score, "")


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        (0, 4, 0, 1),
        (6, 17, 2, 4),
        (5, 18, 1, 5),
        (7, 8, 2, 3),  # one letter inside a word takes the whole word
        (8, 12, 2, 4),  # an edge inside each of two words
        (4, 6, 1, 2),  # the space before is no word
        (9, 10, 3, 3),
        (24, 31, 6, 7),
        (24, 33, 6, 8),
        (26, 27, 6, 7),  # the bidi mark inside a word is part of it
        (0, 34, 0, 9),
    ],
)
def test_word_ranges(start, end, first, last):
    words = find_words(TEXT)
    if first == last:
        with pytest.raises(InputError, match=f"entity T1 at {start}:{end} holds no word: ' '"):
            word_spans([entity(start, end)], words)
    else:
        assert word_spans([entity(start, end, score=0.5)], words) == [WordSpan(first, last, "ARM", 0.5)]


def test_the_order_of_the_entities_is_kept():
    spans = word_spans([entity(19, 23, "LOC"), entity(0, 4, "EVA")], find_words(TEXT))
    assert [(span.start, span.label) for span in spans] == [(5, "LOC"), (0, "EVA")]


@pytest.mark.parametrize(
    ("spans", "tags"),
    [
        ([], "O O O O"),
        ([(0, 1, "LOC")], "B-LOC O O O"),
        ([(1, 4, "ARM")], "O B-ARM I-ARM I-ARM"),
        ([(0, 2, "LOC"), (2, 4, "LOC")], "B-LOC I-LOC B-LOC I-LOC"),
        ([(2, 3, "LOC"), (0, 1, "EVA")], "B-EVA O B-LOC O"),
        # of overlapping spans the first has its words
        ([(0, 2, "LOC"), (1, 3, "ARM")], "B-LOC I-LOC O O"),
        ([(1, 3, "ARM"), (0, 2, "LOC"), (3, 4, "EVA")], "O B-ARM I-ARM B-EVA"),
    ],
)
def test_bio_tags(spans, tags):
    assert bio([WordSpan(*span, 1.0) for span in spans], 4) == tags.split()


@LAW
@given(documents())
def test_tags_give_the_entities_back(document):
    words = find_words(document.text)
    tags = bio(word_spans(document.entities, words), len(words))
    found = [(words[first].start, words[end - 1].end, label) for first, end, label in read_spans(tags)]
    assert found == [(e.start, e.end, e.label) for e in document.entities]

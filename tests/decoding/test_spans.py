"""The best legal tag sequence of each sentence, against the search of all sequences."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import LAW

from arie.decoding.spans import bio_tags, decode_spans, forbidden, read_spans, softmax
from arie.labels import LabelSet
from arie.text.spans import bio
from arie.text.words import Range

TAGS = ("O", "B-LOC", "I-LOC", "B-EVA", "I-EVA")


def is_legal(tags):
    return all(
        not tag.startswith("I-") or before[2:] == tag[2:] for before, tag in zip(("O", *tags), tags, strict=False)
    )


def log_probability(logits, tags):
    # Not through softmax: also the probabilities that a float rounds to nothing are told apart.
    norms = np.logaddexp.reduce(logits, axis=1)
    return sum(logits[word, TAGS.index(tag)] - norms[word] for word, tag in enumerate(tags))


def best_by_hand(logits):
    legal = (tags for tags in product(TAGS, repeat=len(logits)) if is_legal(tags))
    return max(log_probability(logits, tags) for tags in legal)


def test_tags_stand_in_the_order_of_the_label_file():
    assert bio_tags(LabelSet({"LOC": "place", "EVA": "movement"}, {})) == TAGS


@LAW
@given(st.integers(1, 4), st.integers(0, 10_000), st.sampled_from([1.0, 10.0, 100.0]))
def test_decoding_finds_what_the_search_of_all_sequences_finds(words, seed, scale):
    logits = np.random.default_rng(seed).normal(size=(words, len(TAGS))) * scale
    tags = bio(decode_spans(logits, TAGS, [Range(0, words)]), words)
    assert is_legal(tags)
    assert log_probability(logits, tags) == pytest.approx(best_by_hand(logits), abs=1e-6)


@LAW
@given(st.integers(1, 5), st.integers(0, 5), st.integers(0, 10_000))
def test_sentences_are_decoded_apart(first, second, seed):
    logits = np.random.default_rng(seed).normal(size=(first + second, len(TAGS))) * 3
    sentences = [Range(0, first), Range(first, first + second)][: 2 if second else 1]
    together = decode_spans(logits, TAGS, sentences)
    apart = decode_spans(logits[:first], TAGS, [Range(0, first)])
    later = decode_spans(logits[first:], TAGS, [Range(0, second)])
    assert [s[:3] for s in together] == [
        *(s[:3] for s in apart),
        *((s.start + first, s.end + first, s.label) for s in later),
    ]


@pytest.mark.parametrize(
    ("rows", "spans"),
    [
        # probabilities of O, B-LOC, I-LOC, B-EVA, I-EVA for each word; the spans with their scores
        ([[0.6, 0.1, 0.1, 0.1, 0.1]], []),
        ([[0.1, 0.6, 0.1, 0.1, 0.1]], [(0, 1, "LOC", 0.6)]),
        ([[0.1, 0.5, 0.2, 0.1, 0.1], [0.1, 0.1, 0.8, 0.0, 0.0]], [(0, 2, "LOC", 0.4)]),
        ([[0.0, 0.9, 0.0, 0.1, 0.0], [0.0, 0.1, 0.0, 0.9, 0.0]], [(0, 1, "LOC", 0.9), (1, 2, "EVA", 0.9)]),
        # I-LOC is most probable but cannot open: B-LOC I-LOC (.3 * .7) is better than O O (.3 * .2)
        ([[0.3, 0.3, 0.4, 0.0, 0.0], [0.2, 0.1, 0.7, 0.0, 0.0]], [(0, 2, "LOC", 0.21)]),
        # ... and here O B-LOC (.5 * .3) is better than B-LOC I-LOC (.1 * .6)
        ([[0.5, 0.1, 0.4, 0.0, 0.0], [0.1, 0.3, 0.6, 0.0, 0.0]], [(1, 2, "LOC", 0.3)]),
        # I-EVA cannot go on from LOC: B-EVA I-EVA (.45 * .6) is better than B-LOC I-LOC (.5 * .4)
        ([[0.05, 0.5, 0.0, 0.45, 0.0], [0.0, 0.0, 0.4, 0.0, 0.6]], [(0, 2, "EVA", 0.27)]),
    ],
)
def test_spans_and_scores(rows, spans):
    logits = np.log(np.maximum(np.array(rows), 1e-9))
    found = decode_spans(logits, TAGS, [Range(0, len(rows))])
    assert [span[:3] for span in found] == [span[:3] for span in spans]
    assert [span.score for span in found] == pytest.approx([span[3] for span in spans], rel=1e-6)


def test_a_span_ends_with_its_sentence():
    logits = np.log(np.array([[0.02, 0.9, 0.02, 0.03, 0.03], [0.02, 0.28, 0.64, 0.03, 0.03]]))
    one, two = [Range(0, 2)], [Range(0, 1), Range(1, 2)]
    assert [span[:3] for span in decode_spans(logits, TAGS, one)] == [(0, 2, "LOC")]
    assert [span[:3] for span in decode_spans(logits, TAGS, two)] == [(0, 1, "LOC"), (1, 2, "LOC")]


def test_a_very_sure_network_is_read_exactly():
    # I-LOC cannot open; of the legal rest B-LOC is best, though its probability is only e^-30.
    (span,) = decode_spans(np.array([[-40.0, -30.0, 0.0, -50.0, -50.0]]), TAGS, [Range(0, 1)])
    assert span[:3] == (0, 1, "LOC")


def test_no_words_no_spans():
    assert decode_spans(np.zeros((0, len(TAGS))), TAGS, []) == []


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("", []),
        ("O O", []),
        ("B-LOC", [(0, 1, "LOC")]),
        ("O B-LOC I-LOC", [(1, 3, "LOC")]),
        ("B-LOC B-LOC", [(0, 1, "LOC"), (1, 2, "LOC")]),
        ("B-LOC I-LOC B-EVA O B-LOC", [(0, 2, "LOC"), (2, 3, "EVA"), (4, 5, "LOC")]),
        ("B-Land-Region-Natural I-Land-Region-Natural", [(0, 2, "Land-Region-Natural")]),
    ],
)
def test_reading_tags(tags, spans):
    assert list(read_spans(tags.split())) == spans


@pytest.mark.parametrize(
    ("before", "follows"),
    [
        ("O", "O B-LOC B-EVA"),
        ("B-LOC", "O B-LOC I-LOC B-EVA"),
        ("I-LOC", "O B-LOC I-LOC B-EVA"),
        ("B-EVA", "O B-LOC B-EVA I-EVA"),
        ("I-EVA", "O B-LOC B-EVA I-EVA"),
        (None, "O B-LOC B-EVA"),
    ],
)
def test_what_may_follow(before, follows):
    row = forbidden(TAGS)[-1 if before is None else TAGS.index(before)]
    assert [tag for tag, bad in zip(TAGS, row, strict=True) if not bad] == follows.split()


@pytest.mark.parametrize(
    ("logits", "probabilities"),
    [
        ([0.0, 0.0], [0.5, 0.5]),
        ([np.log(3), 0.0], [0.75, 0.25]),
        ([1000.0, 0.0], [1.0, 0.0]),
        ([-1e4, -1e4], [0.5, 0.5]),
    ],
)
def test_softmax(logits, probabilities):
    assert softmax(np.array([logits])).tolist() == [pytest.approx(probabilities)]

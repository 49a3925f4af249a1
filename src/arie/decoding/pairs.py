"""Candidate pairs: the one function that training, use and evaluation ask which spans may be linked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from arie.labels import LabelSet
from arie.text.spans import WordSpan
from arie.text.words import Range

Integers = npt.NDArray[np.int64]


def candidate_pairs(
    spans: Sequence[WordSpan], sentences: Sequence[Range], labels: LabelSet, reach: int
) -> list[tuple[int, int]]:
    """Return index pairs (head, tail) of spans that stand in one sentence and that some relation may join.

    Pairs whose outer ends are more than `reach` words apart are left out; that happens only in sentences
    longer than that, and evaluation counts the gold links that were never proposed.
    """
    sentence_of = {}
    for number, sentence in enumerate(sentences):
        for word in range(*sentence):
            sentence_of[word] = number
    members: dict[int, list[int]] = {}
    for index, span in enumerate(spans):
        members.setdefault(sentence_of[span.start], []).append(index)
    return [
        (head, tail)
        for group in members.values()
        for head in group
        if spans[head].label in labels.heads
        for tail in group
        if head != tail
        and (spans[head].label, spans[tail].label) in labels.signatures
        and max(spans[head].end, spans[tail].end) - min(spans[head].start, spans[tail].start) <= reach
    ]


@dataclass(frozen=True, slots=True)
class PairBatch:
    """The relation head's input for the pairs of one text.

    `words` (segments, longest): index of the word at each place, 0 in padding. `tags` of the same shape:
    tag number by the spans given, -1 in padding. `pairs` (pairs, 5): segment, first and last word of head and
    tail within it.
    """

    words: Integers
    tags: Integers
    pairs: Integers


def lay_out_pairs(
    pairs: Sequence[tuple[int, int]],
    spans: Sequence[WordSpan],
    sentences: Sequence[Range],
    tags: Sequence[str],
    reach: int,
) -> PairBatch:
    """Cut sentences that have pairs into segments and say where in them each pair stands.

    Nearly always a segment is a sentence. A sentence longer than two reaches is cut every `reach` words into
    segments of two reaches, so that each candidate pair stands whole in one.
    """
    starts = [sentence.start for sentence in sentences]
    segments: dict[tuple[int, int], int] = {}
    rows = []
    for head, tail in pairs:
        first = min(spans[head].start, spans[tail].start)
        sentence = sentences[int(np.searchsorted(starts, first, side="right")) - 1]
        start, end = sentence
        if end - start > 2 * reach:
            start += (first - start) // reach * reach
            end = min(end, start + 2 * reach)
        segment = segments.setdefault((start, end), len(segments))
        ends = (spans[head].start, spans[head].end - 1, spans[tail].start, spans[tail].end - 1)
        rows.append((segment, *(word - start for word in ends)))
    longest = max((end - start for start, end in segments), default=0)
    words = np.zeros((len(segments), longest), np.int64)
    numbers = np.full_like(words, -1)
    tag_of_word = _tag_words(spans, tags)
    for (start, end), row in segments.items():
        words[row, : end - start] = np.arange(start, end)
        numbers[row, : end - start] = [tag_of_word.get(word, 0) for word in range(start, end)]
    return PairBatch(words, numbers, np.array(rows, np.int64).reshape(-1, 5))


def _tag_words(spans: Sequence[WordSpan], tags: Sequence[str]) -> dict[int, int]:
    number = {tag: i for i, tag in enumerate(tags)}
    return {
        word: number[f"{'B' if word == span.start else 'I'}-{span.label}"]
        for span in spans
        for word in range(span.start, span.end)
    }

"""Candidate pairs: the one function that training, use and evaluation ask which spans may be linked."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from arie.labels import LabelSet
from arie.text.spans import WordSpan, bio
from arie.text.words import Range

Integers = npt.NDArray[np.int64]
Pair = tuple[int, int]


def candidate_pairs(spans: Sequence[WordSpan], sentences: Sequence[Range], labels: LabelSet, reach: int) -> list[Pair]:
    """Return index pairs (head, tail) of spans that stand in one sentence and that some relation may join.

    `spans` are in text order. Left out are spans that run over the end of their sentence, and pairs whose outer
    ends are more than `reach` words apart, which only longer sentences have; evaluation counts the gold links
    that were never proposed.
    """
    starts = [sentence.start for sentence in sentences]
    homes = [bisect_right(starts, span.start) - 1 for span in spans]
    pairs: list[Pair] = []
    whole = [i for i, span in enumerate(spans) if span.end <= sentences[homes[i]].end]
    for _, group in groupby(whole, key=lambda i: homes[i]):
        members = list(group)
        first = 0
        for position, head in enumerate(members):
            if spans[head].label not in labels.heads:
                continue
            while spans[head].end - spans[members[first]].start > reach and first < position:
                first += 1
            for tail in members[first:]:
                if spans[tail].start - spans[head].start > reach:
                    break
                near = max(spans[head].end, spans[tail].end) - min(spans[head].start, spans[tail].start) <= reach
                if near and head != tail and (spans[head].label, spans[tail].label) in labels.signatures:
                    pairs.append((head, tail))
    return pairs


@dataclass(frozen=True, slots=True)
class PairBatch:
    """The relation head's input for some pairs of one text.

    `words` (segments, longest): index of the word at each place, 0 in padding. `tags` of the same shape:
    tag number by the spans given, -1 in padding. `pairs` (pairs, 5): segment, first and last word of head and
    tail within it.
    """

    words: Integers
    tags: Integers
    pairs: Integers


class PairLayout:
    """Cuts the sentences of one text into segments, and says where in them a pair stands.

    Nearly always a segment is a sentence. A sentence longer than two reaches is cut every `reach` words into
    segments of two reaches, so that each candidate pair stands whole in one.
    """

    def __init__(
        self, spans: Sequence[WordSpan], words: int, sentences: Sequence[Range], tags: Sequence[str], reach: int
    ) -> None:
        number = {tag: i for i, tag in enumerate(tags)}
        self._tags = np.array([number[tag] for tag in bio(spans, words)], np.int64)
        self._spans, self._sentences, self._reach = spans, sentences, reach
        self._starts = [sentence.start for sentence in sentences]

    def segment(self, pair: Pair) -> Range:
        """Return the word range of the segment of a pair."""
        first = min(self._spans[pair[0]].start, self._spans[pair[1]].start)
        start, end = self._sentences[bisect_right(self._starts, first) - 1]
        if end - start > 2 * self._reach:
            start += (first - start) // self._reach * self._reach
            end = min(end, start + 2 * self._reach)
        return Range(start, end)

    def lay_out(self, pairs: Sequence[Pair]) -> PairBatch:
        """Return the relation head's input for the pairs, in their order."""
        segments: dict[Range, int] = {}
        rows = []
        for head, tail in pairs:
            segment = self.segment((head, tail))
            row = segments.setdefault(segment, len(segments))
            ends = (
                self._spans[head].start,
                self._spans[head].end - 1,
                self._spans[tail].start,
                self._spans[tail].end - 1,
            )
            rows.append((row, *(word - segment.start for word in ends)))
        longest = max((end - start for start, end in segments), default=0)
        words = np.zeros((len(segments), longest), np.int64)
        tags = np.full_like(words, -1)
        for (start, end), row in segments.items():
            words[row, : end - start] = np.arange(start, end)
            tags[row, : end - start] = self._tags[start:end]
        return PairBatch(words, tags, np.array(rows, np.int64).reshape(-1, 5))

    def batches(self, pairs: Sequence[Pair], most_words: int, most_pairs: int) -> Iterator[list[Pair]]:
        """Yield the pairs in groups of segments of like length, with at most so many padded words and pairs.

        A single segment with more pairs than that is split.
        """
        members: dict[Range, list[Pair]] = {}
        for pair in pairs:
            members.setdefault(self.segment(pair), []).append(pair)
        group: list[Pair] = []
        segments = 0
        for segment in sorted(members, key=lambda s: s.end - s.start):
            for start in range(0, len(members[segment]), most_pairs):
                part = members[segment][start : start + most_pairs]
                full = (segments + 1) * (segment.end - segment.start) > most_words
                if group and (full or len(group) + len(part) > most_pairs):
                    yield group
                    group, segments = [], 0
                group.extend(part)
                segments += 1
        if group:
            yield group

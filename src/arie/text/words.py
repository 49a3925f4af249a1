"""Words and sentences of raw text, as half-open code point ranges.

A word is a run of letters and marks, or a run of digits with inner separators (`2,500`), or one other
sign; white space separates, so `ودمر40` is two words. Invisible format characters (bidi marks, joiners)
are no words: inside a run they belong to it, elsewhere they separate.
"""

from bisect import bisect_right
from typing import NamedTuple

import regex

WORD = regex.compile(
    r"[\p{L}\p{M}]+(?:\p{Cf}+[\p{L}\p{M}]+)*"
    r"|\p{Nd}+(?:[.,٫٬]\p{Nd}+)*"
    r"|[^\s\p{Cf}\p{Cc}]\p{M}*"
)
SENTENCE_END = regex.compile(r"[.؟!](?=\s)|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


class Range(NamedTuple):
    """A half-open range of code points, or of words."""

    start: int
    end: int


def find_words(text: str) -> list[Range]:
    """Return the code point range of every word, in order.

    >>> [text[w.start:w.end] for text in ["ودمر40 آلية."] for w in find_words(text)]
    ['ودمر', '40', 'آلية', '.']
    """
    return [Range(*match.span()) for match in WORD.finditer(text)]


def find_sentences(text: str, words: list[Range]) -> list[Range]:
    """Return the word range of every sentence that has words, in order."""
    numbers = number_sentences(text, words)
    borders = [i for i in range(1, len(words)) if numbers[i] != numbers[i - 1]]
    starts = [0, *borders] if words else []
    return [Range(start, end) for start, end in zip(starts, [*borders, len(words)], strict=False)]


def number_sentences(text: str, words: list[Range]) -> list[int]:
    """Return for every word the number of its sentence; it never falls.

    A sentence ends at `.` `؟` `!` before white space, or at a line break. Sentences without words have a
    number too, so numbers may skip.

    >>> text = "خرجوا. ثم عادوا"
    >>> number_sentences(text, find_words(text))
    [0, 0, 1, 1]
    """
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    return [bisect_right(ends, word.start) for word in words]

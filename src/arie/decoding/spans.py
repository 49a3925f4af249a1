"""Tag logits of words to spans of words: the best legal BIO sequence of each sentence."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from arie.labels import LabelSet
from arie.text.spans import WordSpan
from arie.text.words import Range

Floats = npt.NDArray[np.floating[Any]]


def bio_tags(labels: LabelSet) -> tuple[str, ...]:
    """Return the tags in the order of the tagger's outputs: O, then B- and I- of each span label."""
    return ("O", *(f"{prefix}-{label}" for label in labels.spans for prefix in "BI"))


def softmax(logits: Floats) -> Floats:
    """Return probabilities over the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result


def decode_spans(logits: Floats, tags: Sequence[str], sentences: Sequence[Range]) -> list[WordSpan]:
    """Return the spans of the best legal tag sequence of each sentence, in order.

    `logits` is (words, tags). Legal: I-X only after B-X or I-X of the same sentence. Exact search (Viterbi
    1967) with no transition scores but the forbidden ones.
    """
    if not len(logits):
        return []
    probabilities = softmax(logits)
    # Not the logarithm of the probabilities, which may round to nothing; the norm is the same for all tags of a word.
    logs = logits - logits.max(axis=-1, keepdims=True)
    bad = forbidden(tags)
    spans = []
    for start, end in sentences:
        path = _best_path(logs[start:end], bad)
        for first, last, label in read_spans([tags[tag] for tag in path]):
            chosen = probabilities[np.arange(start + first, start + last), path[first:last]]
            spans.append(WordSpan(start + first, start + last, label, float(np.prod(chosen))))
    return spans


def read_spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, label) of the spans of a legal BIO sequence.

    >>> list(read_spans(["B-LOC", "I-LOC", "O", "B-EVA"]))
    [(0, 2, 'LOC'), (3, 4, 'EVA')]
    """
    start: int | None = None
    for position, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            yield start, position, tags[start][2:]
            start = None
        if tag.startswith("B-"):
            start = position


def forbidden(tags: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Return (tags + 1, tags): may the column not follow the row? The last row is the sentence start."""
    rows = [*tags, "O"]
    return np.array([[b.startswith("I-") and a[2:] != b[2:] for b in tags] for a in rows])


def _best_path(logs: Floats, bad: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    free: npt.NDArray[np.intp] = np.argmax(logs, axis=1)
    # Nearly all sentences: the most probable tags are legal as they are, and then they are the best path.
    if not bad[-1, free[0]] and not bad[free[:-1], free[1:]].any():
        return free
    moves = np.where(bad[:-1], -np.inf, 0.0)
    best = np.where(bad[-1], -np.inf, logs[0])
    back = np.zeros(logs.shape, np.intp)
    for word in range(1, len(logs)):
        through = best[:, None] + moves
        back[word] = np.argmax(through, axis=0)
        best = np.max(through, axis=0) + logs[word]
    path = np.empty(len(logs), np.intp)
    path[-1] = int(np.argmax(best))
    for word in range(len(logs) - 1, 0, -1):
        path[word - 1] = back[word, path[word]]
    return path

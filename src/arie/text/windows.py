"""Long texts through a short encoder: overlapping windows, stitched to one state a word."""

from collections.abc import Sequence
from dataclasses import dataclass

from arie.config import Windows


@dataclass(frozen=True, slots=True)
class Plan:
    """Which words each window holds, and for every word where its state is read.

    `windows` are half-open word ranges; `homes[w]` is the window in which word w stands farthest from an
    inner border.
    """

    windows: tuple[tuple[int, int], ...]
    homes: tuple[int, ...]


def plan_windows(lengths: Sequence[int], windows: Windows) -> Plan:
    """Cover words of `lengths` pieces by windows of at most `size` pieces that share about `overlap` pieces.

    A word longer than a window stands alone in one. Nothing is left out.

    >>> plan_windows([1, 1, 1, 1, 1, 1], Windows(size=4, overlap=2))
    Plan(windows=((0, 4), (2, 6)), homes=(0, 0, 0, 1, 1, 1))
    """
    ranges: list[tuple[int, int]] = []
    start = 0
    while start < len(lengths):
        end, pieces = start, 0
        while end < len(lengths) and (end == start or pieces + lengths[end] <= windows.size):
            pieces += lengths[end]
            end += 1
        ranges.append((start, end))
        if end == len(lengths):
            break
        # The next window must have room for the first new word, or it would lie within this one.
        room = min(windows.overlap, windows.size - lengths[end])
        back, shared = end, 0
        while back > start + 1 and shared + lengths[back - 1] <= room:
            back -= 1
            shared += lengths[back]
        start = back
    return Plan(tuple(ranges), tuple(_homes(ranges, len(lengths))))


def _homes(ranges: list[tuple[int, int]], words: int) -> list[int]:
    homes = [0] * words
    for number, (start, end) in enumerate(ranges):
        # The overlap with the window before is split in its middle.
        first = start if number == 0 else (start + ranges[number - 1][1] + 1) // 2
        for word in range(first, end):
            homes[word] = number
    return homes

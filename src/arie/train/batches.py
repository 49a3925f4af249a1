"""Examples of about equal length put together into tensors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from arie.text.encode import pad_windows
from arie.train.targets import Example


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents as tensors; words of all documents stand in one row.

    `pieces`, `mask` (windows, pieces); `homes` (words, 2); `allowed` bool (words, tags); `segments` and `tags`
    (segments, longest) index words and tags, `pairs` (pairs, 5), `relations` (pairs,).
    """

    pieces: Tensor
    mask: Tensor
    homes: Tensor
    allowed: Tensor
    segments: Tensor
    tags: Tensor
    pairs: Tensor
    relations: Tensor

    def to(self, device: torch.device) -> "Batch":
        """Return the batch on another device."""
        return Batch(*(getattr(self, f.name).to(device) for f in fields(self)))


def make_batch(examples: Sequence[Example], padding: int) -> Batch:
    """Put examples together, shifting their window, word and segment numbers."""
    windows = [window for example in examples for window in example.encoded.windows]
    pieces, mask = pad_windows(windows, padding)
    homes, segments, tags, pairs, relations = [], [], [], [], []
    window_count = word_count = segment_count = 0
    for example in examples:
        homes.append(example.encoded.homes + np.array([window_count, 0]))
        if example.pairs is not None and example.relations is not None and len(example.relations):
            segments.append(example.pairs.words + word_count)
            tags.append(example.pairs.tags)
            pairs.append(example.pairs.pairs + np.array([segment_count, 0, 0, 0, 0]))
            relations.append(example.relations)
            segment_count += len(example.pairs.words)
        window_count += len(example.encoded.windows)
        word_count += len(example.encoded.words)
    return Batch(
        pieces=torch.from_numpy(pieces),
        mask=torch.from_numpy(mask),
        homes=torch.from_numpy(np.concatenate(homes)),
        allowed=torch.from_numpy(np.concatenate([example.allowed for example in examples])),
        segments=_stack(segments, 0),
        tags=_stack(tags, -1),
        pairs=torch.from_numpy(np.concatenate(pairs) if pairs else np.zeros((0, 5), np.int64)),
        relations=torch.from_numpy(np.concatenate(relations) if relations else np.zeros(0, np.int64)),
    )


def plan_batches(examples: Sequence[Example], words: int, seed: int) -> Iterator[list[Example]]:
    """Yield all examples in batches of about `words` words, alike in length, in an order that `seed` decides."""
    random = np.random.default_rng(seed)
    order = random.permutation(len(examples))
    lengths = np.array([len(example.encoded.words) for example in examples])
    # Sorting by length within large random chunks keeps padding small and batches different each epoch.
    chunk = 64
    batches: list[list[Example]] = []
    for start in range(0, len(order), chunk):
        part = order[start : start + chunk]
        batch: list[Example] = []
        total = 0
        for index in part[np.argsort(lengths[part], kind="stable")]:
            if batch and total + lengths[index] > words:
                batches.append(batch)
                batch, total = [], 0
            batch.append(examples[index])
            total += int(lengths[index])
        batches.append(batch)
    for number in random.permutation(len(batches)):
        yield batches[number]


def _stack(arrays: list[npt.NDArray[np.int64]], filling: int) -> Tensor:
    longest = max((array.shape[1] for array in arrays), default=0)
    padded = [np.pad(array, ((0, 0), (0, longest - array.shape[1])), constant_values=filling) for array in arrays]
    return torch.from_numpy(np.concatenate(padded) if padded else np.zeros((0, 0), np.int64))

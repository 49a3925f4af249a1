"""The network in torch, for a GPU (or to compare with the exported graphs)."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from arie.decoding.spans import Floats
from arie.errors import InputError
from arie.network.storage import load_network
from arie.text.encode import Integers


class TorchRuntime:
    """Runs the weights of a model folder in float32 on a torch device ("cuda" or "cpu")."""

    windows_at_once = 16

    def __init__(self, folder: Path, device: str) -> None:
        if device == "cuda" and not torch.cuda.is_available():
            raise InputError("device 'cuda' was asked for, but torch finds no usable GPU; use 'cpu' or 'auto'")
        self.device = torch.device(device)
        self.network = load_network(folder).network.to(self.device).eval()

    def encode(self, pieces: Integers, mask: Integers) -> Floats:
        """Return hidden states (windows, pieces, hidden)."""
        return self._run("encode", pieces, mask)

    def tag(self, states: Floats) -> Floats:
        """Return tag logits (words, tags)."""
        return self._run("tag", states)

    def relate(self, states: Floats, tags: Integers, pairs: Integers) -> Floats:
        """Return relation logits (pairs, 1 + relations)."""
        return self._run("relate", states, tags, pairs)

    def _run(self, step: str, *arrays: npt.NDArray[Any]) -> Floats:
        with torch.inference_mode():
            tensors = [torch.from_numpy(np.ascontiguousarray(array)).to(self.device) for array in arrays]
            output: Floats = getattr(self.network, step)(*tensors).cpu().numpy()
        return output

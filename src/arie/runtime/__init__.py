"""What runs the network for use: ONNX Runtime on a CPU, torch on a GPU, behind one protocol."""

from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from arie.decoding.spans import Floats
from arie.errors import InputError, MissingExtraError
from arie.text.encode import Integers

DEVICES = ("auto", "cpu", "cuda")
NEEDED_ON_GPU = ("torch", "transformers", "safetensors")


class Runtime(Protocol):
    """The three steps of the network on numpy arrays; shapes as in `arie.network.model`.

    `windows_at_once` is how many windows `encode` should be given together.
    """

    windows_at_once: int

    def encode(self, pieces: Integers, mask: Integers) -> Floats:
        """Return hidden states (windows, pieces, hidden)."""

    def tag(self, states: Floats) -> Floats:
        """Return tag logits (words, tags) of word states (words, hidden)."""

    def relate(self, states: Floats, tags: Integers, pairs: Integers) -> Floats:
        """Return relation logits (pairs, 1 + relations)."""


def open_runtime(folder: Path, device: str) -> Runtime:
    """Open the model in `folder` on "cpu", "cuda" or whichever serves ("auto": a GPU that torch can use, else the CPU).

    Raises InputError for another device name, MissingExtraError if a GPU is asked for and torch is not there,
    ModelError if the folder is not whole.
    """
    if device not in DEVICES:
        raise InputError(f"unknown device {device!r}; expected one of {', '.join(DEVICES)}")
    if device == "cuda" or (device == "auto" and _has_gpu()):
        if missing := _missing():
            raise MissingExtraError(f"device 'cuda' needs {missing[0]}; install it with: pip install 'arie[gpu]'")
        from arie.runtime.torch import TorchRuntime

        return TorchRuntime(folder, "cuda")
    from arie.runtime.onnx import OnnxRuntime

    return OnnxRuntime(folder)


def _has_gpu() -> bool:
    # Importing torch takes seconds, so it is asked only where the driver's device file says that it is worth it.
    if _missing() or not Path("/dev/nvidiactl").exists():
        return False
    import torch

    return bool(torch.cuda.is_available())


def _missing() -> list[str]:
    return [name for name in NEEDED_ON_GPU if find_spec(name) is None]

"""Checkpoints that a broken-off run goes on from: weights, optimizer and random state, without pickle."""

import json
import time
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch.optim import Optimizer

from arie.errors import InputError
from arie.network.model import Network

CHECKPOINT = "checkpoint.safetensors"
RECORD = "training.json"


class Checkpoints:
    """The checkpoints of one run in its folder; `identity` tells the run from others.

    The random state is that of the CPU: on a GPU a resumed run draws its dropout anew.
    """

    def __init__(self, folder: Path, identity: str, minutes: float) -> None:
        self.path = folder / CHECKPOINT
        self.identity = identity
        self.minutes = minutes
        self._saved = time.monotonic()

    def due(self) -> bool:
        """Say whether the last checkpoint is so many minutes old."""
        return time.monotonic() - self._saved > 60 * self.minutes

    def save(self, network: Network, optimizer: Optimizer, step: int) -> None:
        """Write the whole state after `step` steps; the file before it stays until this one is complete."""
        tensors = {f"network/{name}": tensor for name, tensor in network.state_dict().items()}
        for index, state in optimizer.state_dict()["state"].items():
            for name, tensor in state.items():
                tensors[f"optimizer/{index}/{name}"] = tensor
        tensors["random"] = torch.get_rng_state()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_suffix(".part")
        contiguous = {name: tensor.contiguous() for name, tensor in tensors.items()}
        save_file(contiguous, unfinished, metadata={"run": json.dumps({"step": step, "identity": self.identity})})
        unfinished.replace(self.path)
        self._saved = time.monotonic()

    def load(self, network: Network, optimizer: Optimizer) -> int:
        """Restore network, optimizer and random state; returns the number of steps done, 0 without a checkpoint.

        Raises InputError if the checkpoint is damaged, or is of another config or other data.
        """
        if not self.path.exists():
            return 0
        try:
            with safe_open(self.path, "pt") as file:
                run = json.loads(file.metadata()["run"])
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (no dict)
        except (SafetensorError, OSError, KeyError, TypeError, ValueError) as error:
            raise InputError(f"{self.path} is damaged ({error}); train without --resume") from error
        if run["identity"] != self.identity:
            raise InputError(
                f"{self.path} was written with another config or other data; train without --resume, or put them back"
            )
        network.load_state_dict({n.removeprefix("network/"): t for n, t in tensors.items() if n.startswith("network/")})
        state: dict[int, dict[str, torch.Tensor]] = {}
        for name, tensor in tensors.items():
            if name.startswith("optimizer/"):
                _, index, key = name.split("/")
                state.setdefault(int(index), {})[key] = tensor
        optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
        torch.set_rng_state(tensors["random"])
        return int(run["step"])


def complete_run(folder: Path, identity: str) -> None:
    """Write down that the run is complete, and delete its checkpoint."""
    (folder / RECORD).write_text(json.dumps({"identity": identity}) + "\n", encoding="utf-8")
    (folder / CHECKPOINT).unlink(missing_ok=True)


def read_record(folder: Path) -> str | None:
    """Return the identity of the run that the folder is complete from, or None."""
    try:
        return str(json.loads((folder / RECORD).read_text(encoding="utf-8"))["identity"])
    except (OSError, ValueError, KeyError, TypeError):
        return None

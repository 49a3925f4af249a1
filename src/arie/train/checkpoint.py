"""Checkpoints that a broken-off run goes on from: weights, optimizer and random state, without pickle."""

import json
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch.optim import Optimizer

from arie.errors import InputError
from arie.network.model import Network

NAME = "checkpoint.safetensors"


def save_checkpoint(folder: Path, network: Network, optimizer: Optimizer, step: int, identity: str) -> None:
    """Write the whole state after `step` steps; the file before it stays until this one is complete."""
    tensors = {f"network/{name}": tensor for name, tensor in network.state_dict().items()}
    for index, state in optimizer.state_dict()["state"].items():
        for name, tensor in state.items():
            tensors[f"optimizer/{index}/{name}"] = tensor
    tensors["random"] = torch.get_rng_state()
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{NAME}.part"
    contiguous = {name: tensor.contiguous() for name, tensor in tensors.items()}
    save_file(contiguous, unfinished, metadata={"run": json.dumps({"step": step, "identity": identity})})
    unfinished.replace(folder / NAME)


def load_checkpoint(folder: Path, network: Network, optimizer: Optimizer, identity: str) -> int:
    """Restore network, optimizer and random state; returns the number of steps done, 0 without a checkpoint.

    Raises InputError if the checkpoint is of another config or other data.
    """
    path = folder / NAME
    if not path.exists():
        return 0
    with safe_open(path, "pt") as file:
        run = json.loads(file.metadata()["run"])
        if run["identity"] != identity:
            raise InputError(
                f"{path} was written with another config or other data; train without --resume, or put them back"
            )
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (a safe_open is no dict)
    network.load_state_dict({n.removeprefix("network/"): t for n, t in tensors.items() if n.startswith("network/")})
    state: dict[int, dict[str, torch.Tensor]] = {}
    for name, tensor in tensors.items():
        if name.startswith("optimizer/"):
            _, index, key = name.split("/")
            state.setdefault(int(index), {})[key] = tensor
    optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
    torch.set_rng_state(tensors["random"])
    return int(run["step"])


def remove_checkpoint(folder: Path) -> None:
    """Delete the checkpoint of a finished run."""
    (folder / NAME).unlink(missing_ok=True)

"""The network as ONNX graphs for a CPU: encoder (int8 on request), tagger and relation head."""

import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from arie.network.model import Network
from arie.resources import ENCODER, RELATIONS, TAGGER

OPSET = 17


class _Step(nn.Module):
    """One step of the network as a module of its own, since an export starts from a module's forward."""

    def __init__(self, network: Network, step: str) -> None:
        super().__init__()
        self.network = network
        self.step = step

    def forward(self, *inputs: Tensor) -> Tensor:
        result: Tensor = getattr(self.network, self.step)(*inputs)
        return result


def export_graphs(network: Network, folder: Path) -> None:
    """Write the three graphs in float32; a label set without relations has two."""
    hidden = network.bert.config.hidden_size
    ids = torch.ones((2, 8), dtype=torch.long)
    states = torch.zeros((2, 6, hidden))
    _export(network, "encode", (ids, ids), ("pieces", "mask"), ("windows", "length"), folder / ENCODER)
    _export(network, "tag", (states[0],), ("states",), ("words",), folder / TAGGER)
    if network.relations is not None:
        tags = torch.zeros((2, 6), dtype=torch.long)
        pairs = torch.tensor([[0, 0, 1, 3, 4], [1, 4, 5, 1, 2], [0, 0, 0, 5, 5]])
        file = folder / RELATIONS
        names = ("states", "tags", "pairs")
        _export(network, "relate", (states, tags, pairs), names, ("segments", "length"), file)


def _export(
    network: Network, step: str, inputs: tuple[Tensor, ...], names: tuple[str, ...], axes: tuple[str, ...], path: Path
) -> None:
    dynamic = {name: dict(enumerate(axes)) for name in names}
    if "pairs" in dynamic:
        dynamic["pairs"] = {0: "pairs"}
    with warnings.catch_warnings():
        # That this exporter will be replaced one day, and that negative indices would go wrong: there are none.
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        warnings.filterwarnings("ignore", message="Exporting aten::index operator")
        torch.onnx.export(
            _Step(network, step).eval(),
            inputs,
            str(path),
            input_names=list(names),
            output_names=["output"],
            dynamic_axes=dynamic,
            opset_version=OPSET,
            dynamo=False,
        )

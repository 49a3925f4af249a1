"""The encoder's weights in int8: a quarter of the size, and the very same numbers on every device.

First the trained weights are rounded, in torch, to whole multiples of a scale for each block of 32; these are the
weights that are stored, exported and run on a GPU. Then the exported graph keeps them as int8 with their scales and
unpacks them when it is loaded, so nothing is lost twice. Activations stay in float32: rounded too, they ran nearly
twice as fast but cost about a point of F1 (one scale a tensor or a channel), or changed one span in a hundred at no
gain in speed (one scale a block).
"""

import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import helper, numpy_helper
from torch import nn

from arie.network.model import Network
from arie.resources import ENCODER

Array = npt.NDArray[Any]

BLOCK = 32
LARGEST = 127
# Scales have so many bits of mantissa that their products with 7-bit integers are exact in half precision.
SCALE_STEPS = 16


def round_weights(network: Network) -> None:
    """Round the encoder's word embeddings and linear weights to what int8 blocks can hold, in place."""
    modules = [network.bert.embeddings.word_embeddings, *network.bert.encoder.modules()]
    with torch.no_grad():
        for module in modules:
            if isinstance(module, nn.Linear | nn.Embedding):
                module.weight.copy_(torch.from_numpy(settle(module.weight.numpy())))


def settle(weights: Array) -> Array:
    """Round weights along their last axis until rounding changes nothing more."""
    rounded = unpack(*pack(weights))
    while not np.array_equal(rounded, weights):
        weights, rounded = rounded, unpack(*pack(rounded))
    return rounded


def pack(weights: Array) -> tuple[Array, Array]:
    """Return int8 (..., blocks, block) and scales float32 (..., blocks, 1) of weights (..., length).

    A block has 32 weights, or fewer where the length is no multiple of that.
    """
    blocks = weights.reshape(*weights.shape[:-1], -1, math.gcd(weights.shape[-1], BLOCK))
    mantissa, exponent = np.frexp(np.abs(blocks).max(axis=-1, keepdims=True) / LARGEST)
    scales = np.ldexp(np.ceil(mantissa * SCALE_STEPS) / SCALE_STEPS, exponent)
    scales = np.where(scales > 0, scales, 1).astype(np.float32)
    return np.round(blocks / scales).astype(np.int8), scales


def unpack(integers: Array, scales: Array) -> Array:
    """Return the float32 weights (..., length) of `pack`'s result."""
    blocks = integers.astype(np.float32) * scales
    return blocks.reshape(*blocks.shape[:-2], -1)


def pack_graph(folder: Path) -> None:
    """Store the weights of the folder's encoder graph in int8; ONNX Runtime unpacks them when it loads the graph."""
    path = folder / ENCODER
    model = onnx.load(path)
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    # Matrix products have (inputs, outputs), the transpose of torch's linear weights; rows are gathered as they are.
    products = {node.input[1] for node in model.graph.node if node.op_type == "MatMul"} & tensors.keys()
    gathered = {node.input[0] for node in model.graph.node if node.op_type == "Gather"} & tensors.keys()
    words = max(gathered, key=lambda name: int(np.prod(tensors[name].dims)))
    unpacking = [
        step
        for name in sorted({*products, words})
        for step in _unpacking(model.graph, tensors[name], transposed=name in products)
    ]
    for place, step in enumerate(unpacking):
        model.graph.node.insert(place, step)
    part = path.with_suffix(".part")
    onnx.save(model, part)
    part.replace(path)


def _unpacking(graph: onnx.GraphProto, tensor: onnx.TensorProto, transposed: bool) -> list[onnx.NodeProto]:
    """Replace a tensor by its int8 form, and return the nodes that make the tensor again."""
    weights = numpy_helper.to_array(tensor)
    integers, scales = pack(np.ascontiguousarray(weights.T) if transposed else weights)
    name = tensor.name
    shape = np.array(weights.T.shape if transposed else weights.shape, np.int64)
    stored = {"int8": integers, "scales": scales.astype(np.float16), "shape": shape}
    graph.initializer.remove(tensor)
    graph.initializer.extend(numpy_helper.from_array(array, f"{name}_{part}") for part, array in stored.items())
    flat = f"{name}_flat" if transposed else name
    steps = [
        helper.make_node("Cast", [f"{name}_int8"], [f"{name}_whole"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Cast", [f"{name}_scales"], [f"{name}_steps"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Mul", [f"{name}_whole", f"{name}_steps"], [f"{name}_blocks"]),
        helper.make_node("Reshape", [f"{name}_blocks", f"{name}_shape"], [flat]),
    ]
    if transposed:
        steps.append(helper.make_node("Transpose", [flat], [name], perm=[1, 0]))
    return steps

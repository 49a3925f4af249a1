"""The exported encoder in int8: a quarter of the size, and faster on a CPU."""

import logging
from pathlib import Path

from onnxruntime.quantization import QuantType, quantize_dynamic

from arie.network.export import ENCODER


def quantize_encoder(folder: Path, per_channel: bool) -> None:
    """Replace the folder's float32 encoder graph by one with int8 weights; activations are quantised as they come.

    Word embeddings and matrix products are quantised, with one scale a tensor or one a channel.
    """
    source, target = folder / ENCODER, folder / f"{ENCODER}.int8"
    # The root logger is told of every step otherwise.
    logging.getLogger("root").setLevel(logging.WARNING)
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=per_channel,
        weight_type=QuantType.QInt8,
    )
    target.replace(source)

"""The exported encoder in int8: a quarter of the size, and faster on a CPU."""

import logging
from pathlib import Path

from onnxruntime.quantization import QuantType, quantize_dynamic

from arie.resources import ENCODER


def quantize_encoder(folder: Path, per_channel: bool) -> None:
    """Replace the folder's float32 encoder graph by one with int8 weights; activations are quantised as they come.

    Word embeddings and matrix products are quantised, with one scale a tensor or one a channel.
    """
    source, target = folder / ENCODER, folder / f"{ENCODER}.int8"
    # onnxruntime talks to the root logger, which is not its to use.
    root = logging.getLogger()
    root.addFilter(_ours)
    try:
        quantize_dynamic(
            source,
            target,
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=per_channel,
            weight_type=QuantType.QInt8,
        )
    finally:
        root.removeFilter(_ours)
    target.replace(source)


def _ours(record: logging.LogRecord) -> bool:
    return record.name != "root"

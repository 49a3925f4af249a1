"""The exported graphs in ONNX Runtime, on the CPU."""

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from arie.decoding.spans import Floats
from arie.errors import ModelError
from arie.resources import ENCODER, RELATIONS, TAGGER
from arie.text.encode import Integers


class OnnxRuntime:
    """Runs `encoder.onnx`, `tagger.onnx` and, where the labels have relations, `relations.onnx` of a folder.

    One window at a time: two cores are busy with one, and no window's result can depend on its neighbours.
    """

    windows_at_once = 1

    def __init__(self, folder: Path) -> None:
        self._encoder = _session(folder / ENCODER)
        self._tagger = _session(folder / TAGGER)
        self._relations = _session(folder / RELATIONS) if (folder / RELATIONS).exists() else None

    def encode(self, pieces: Integers, mask: Integers) -> Floats:
        """Return hidden states (windows, pieces, hidden)."""
        return _run(self._encoder, {"pieces": pieces, "mask": mask})

    def tag(self, states: Floats) -> Floats:
        """Return tag logits (words, tags)."""
        return _run(self._tagger, {"states": states})

    def relate(self, states: Floats, tags: Integers, pairs: Integers) -> Floats:
        """Return relation logits (pairs, 1 + relations)."""
        if self._relations is None:
            raise ModelError(f"the model has relations in its labels but no {RELATIONS}; export it again")
        return _run(self._relations, {"states": states, "tags": tags, "pairs": pairs})


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises many kinds, none of which is a common base
        raise ModelError(f"cannot load the graph {path}: {error}") from error


def _run(session: onnxruntime.InferenceSession, feeds: dict[str, Any]) -> Floats:
    (output,) = session.run(None, feeds)
    return np.asarray(output)

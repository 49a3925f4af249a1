"""A model as a folder: written after training, read back into torch.

model.toml         encoder name, preparation, windows, heads
labels.toml        the label file it was trained with
config.json        the encoder's shape, in Hugging Face's form
tokenizer.json
model.safetensors  all weights, in half precision
encoder.onnx, tagger.onnx, relations.onnx   what a CPU runs (see `arie.network.export`)
"""

import shutil
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, BertConfig, BertModel

from arie.config import ModelConfig, read_config, write_config
from arie.errors import ConfigError, ModelError
from arie.labels import read_labels
from arie.network.model import Network
from arie.resources import LABELS, MODEL, SHAPE, TOKENIZER, WEIGHTS


class Stored(NamedTuple):
    """A network with the config that it was built from."""

    network: Network
    config: ModelConfig


def new_network(config: ModelConfig, labels_path: Path) -> Network:
    """Build a network on pretrained encoder weights; raises ModelError if they cannot be had."""
    try:
        shape = AutoConfig.from_pretrained(config.encoder)
        if shape.model_type != "bert":
            raise ModelError(f"the encoder {config.encoder!r} is of type {shape.model_type!r}; expected a BERT")
        bert = BertModel.from_pretrained(config.encoder, add_pooling_layer=False, torch_dtype=torch.float32)
    except (OSError, ValueError, SafetensorError) as error:
        raise ModelError(
            f"cannot load the encoder {config.encoder!r}: {error}; give a Hugging Face name that this machine can "
            "fetch, or a local folder with config.json, tokenizer.json and model.safetensors"
        ) from error
    return Network(bert, read_labels(labels_path), config.heads)


def save_network(network: Network, config: ModelConfig, labels_path: Path, tokenizer: str, folder: Path) -> None:
    """Write all but the exported graphs; the weights of `network` are rounded to half precision in place.

    Rounding in place keeps what is stored, exported and used the very same numbers.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(parameter.half().float())
    save_file({name: t.half().contiguous() for name, t in network.state_dict().items()}, folder / WEIGHTS)
    network.bert.config.save_pretrained(folder)
    write_config(config, folder / MODEL)
    (folder / TOKENIZER).write_text(tokenizer, encoding="utf-8")
    if labels_path.resolve() != (folder / LABELS).resolve():
        shutil.copyfile(labels_path, folder / LABELS)


def load_network(folder: Path) -> Stored:
    """Read a model folder into a network in float32; raises ModelError if it is not whole."""
    try:
        config = read_config(folder / MODEL, ModelConfig)
        labels = read_labels(folder / LABELS)
        bert = BertModel(BertConfig.from_json_file(folder / SHAPE), add_pooling_layer=False)
        network = Network(bert, labels, config.heads)
        state = {name: tensor.float() for name, tensor in load_file(folder / WEIGHTS).items()}
        network.load_state_dict(state)
    except (OSError, ConfigError, SafetensorError, RuntimeError, ValueError) as error:
        raise ModelError(f"cannot load the model in {folder}: {error}") from error
    return Stored(network, config)

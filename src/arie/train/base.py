"""What a run starts from: the encoder of a model config, or a model folder."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tokenizers import Tokenizer
from transformers import AutoTokenizer

from arie.config import ModelConfig, read_config
from arie.errors import ModelError
from arie.labels import read_labels
from arie.network.model import Network
from arie.network.storage import load_network, new_network
from arie.resources import TOKENIZER
from arie.train.config import TrainConfig


class Base(NamedTuple):
    """A network before training, the config that it is built from, and its tokenizer."""

    network: Network
    config: ModelConfig
    tokenizer: Tokenizer


def open_base(config: TrainConfig) -> Base:
    """Build the network that a config starts from; raises ConfigError or ModelError if it cannot be had."""
    chosen = read_config(Path(config.model), ModelConfig) if config.model else None
    if config.start:
        return _from_model(Path(config.start), Path(config.labels), chosen)
    if chosen is None:
        raise ModelError("the config has neither a model nor a start")
    return Base(new_network(chosen, Path(config.labels)), chosen, load_tokenizer(chosen.encoder))


def load_tokenizer(name: str) -> Tokenizer:
    """Return the tokenizer of a hub name or local folder; raises ModelError if there is none."""
    local = Path(name) / TOKENIZER
    try:
        if local.is_file():
            return Tokenizer.from_file(str(local))
        # Older checkpoints have only a vocabulary file; transformers knows how to turn it into a tokenizer.
        return AutoTokenizer.from_pretrained(name, use_fast=True).backend_tokenizer
    except Exception as error:  # tokenizers raises bare Exception, transformers several kinds
        raise ModelError(f"cannot load the tokenizer of {name!r}: {error}") from error


def _from_model(folder: Path, labels_path: Path, chosen: ModelConfig | None) -> Base:
    """Take encoder, tokenizer and preparation of a model, and those of its heads that fit the new labels."""
    stored = load_network(folder)
    config = replace(stored.config, heads=chosen.heads) if chosen else stored.config
    labels = read_labels(labels_path)
    network = Network(stored.network.bert, labels, config.heads)
    if stored.network.tags == network.tags:
        network.tagger.load_state_dict(stored.network.tagger.state_dict())
    same_links = stored.network.labels.relations == labels.relations and stored.config.heads == config.heads
    if stored.network.relations and network.relations and stored.network.tags == network.tags and same_links:
        network.relations.load_state_dict(stored.network.relations.state_dict())
    return Base(network, config, load_tokenizer(str(folder)))

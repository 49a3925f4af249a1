"""The training run: documents to examples, the loop over batches, and what is written at the end."""

import hashlib
import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.optim import AdamW
from tqdm import tqdm
from transformers import AutoTokenizer

from arie.config import ModelConfig, read_config
from arie.document import Document
from arie.errors import InputError, ModelError
from arie.labels import LabelSet, read_labels
from arie.network.export import export_graphs
from arie.network.model import Network
from arie.network.storage import load_network, new_network, save_network
from arie.text.encode import TextEncoder
from arie.train.batches import make_batch, plan_batches
from arie.train.checkpoint import load_checkpoint, remove_checkpoint, save_checkpoint
from arie.train.config import Optimizer, TrainConfig
from arie.train.losses import joint_loss
from arie.train.sources import is_development, load_documents
from arie.train.targets import Example, make_example

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trained:
    """What a run leaves: the model folder and the documents that it held out."""

    folder: Path
    development: tuple[Document, ...]


def train(config: TrainConfig, resume: bool = False) -> Trained:
    """Run a training config from its sources to a model folder with exported graphs.

    Checkpoints are written every few minutes; `resume` goes on from the last one, with the same batches as
    an unbroken run. Raises ConfigError, InputError or ModelError for what cannot be used.
    """
    torch.manual_seed(config.optimizer.seed)
    folder, labels_path = Path(config.output), Path(config.labels)
    model_config, labels = read_config(Path(config.model), ModelConfig), read_labels(labels_path)
    encoder = TextEncoder(load_tokenizer(model_config.encoder), model_config.preparation, model_config.windows)
    network = new_network(model_config, labels_path)
    if config.start:
        take_weights(network, labels, Path(config.start))
    examples, development = prepare(config, labels, encoder, network, model_config.heads.reach)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    run_steps(network.to(device), examples, config.optimizer, encoder.padding, folder, resume)
    network = network.to("cpu").eval()
    save_network(network, model_config, labels_path, encoder.tokenizer.to_str(), folder)
    export_graphs(network, folder)
    remove_checkpoint(folder)
    return Trained(folder, tuple(development))


def load_tokenizer(name: str) -> Tokenizer:
    """Return the tokenizer of a hub name or local folder; raises ModelError if there is none."""
    local = Path(name) / "tokenizer.json"
    try:
        if local.is_file():
            return Tokenizer.from_file(str(local))
        # Older checkpoints have only a vocabulary file; transformers knows how to turn it into a tokenizer.
        return AutoTokenizer.from_pretrained(name, use_fast=True).backend_tokenizer
    except Exception as error:  # tokenizers raises bare Exception, transformers several kinds
        raise ModelError(f"cannot load the tokenizer of {name!r}: {error}") from error


def take_weights(network: Network, labels: LabelSet, start: Path) -> None:
    """Copy the encoder of a model folder, and its tagger and relation head if they serve the same labels."""
    stored = load_network(start).network
    network.bert.load_state_dict(stored.bert.state_dict())
    if stored.tags == network.tags:
        network.tagger.load_state_dict(stored.tagger.state_dict())


def prepare(
    config: TrainConfig, labels: LabelSet, encoder: TextEncoder, network: Network, reach: int
) -> tuple[list[Example], list[Document]]:
    """Return the examples to train on and the documents held out for development."""
    examples, development = [], []
    for document, source in load_documents(config, labels):
        if source.relations and is_development(document, config.development):
            development.append(document)
            continue
        encoded = encoder.encode(document.text)
        if encoded.words:
            examples.append(make_example(document, encoded, source, labels, network.tags, reach))
    if not examples:
        raise InputError("the sources of the config hold no document with a word")
    log.info("%d documents to train on, %d held out", len(examples), len(development))
    return examples, development


def run_steps(
    network: Network, examples: Sequence[Example], options: Optimizer, padding: int, folder: Path, resume: bool
) -> None:
    """Train in place for all epochs, writing checkpoints into `folder`."""
    heads = [p for name, p in network.named_parameters() if not name.startswith("bert.")]
    groups = [
        {"params": list(network.bert.parameters()), "peak": options.encoder_rate},
        {"params": heads, "peak": options.head_rate},
    ]
    optimizer = AdamW(groups, lr=0.0, weight_decay=options.weight_decay)
    epochs = [list(plan_batches(examples, options.batch_words, options.seed + e)) for e in range(options.epochs)]
    batches = [batch for epoch in epochs for batch in epoch]
    identity = _identity(examples, options)
    done = load_checkpoint(folder, network, optimizer, identity) if resume else 0
    device = next(network.parameters()).device
    saved = time.monotonic()
    network.train()
    with tqdm(total=len(batches), initial=done, unit="step", mininterval=2.0) as bar:
        for step in range(done, len(batches)):
            rate = schedule(step, len(batches), options.warmup)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * rate
            batch = make_batch(batches[step], padding).to(device)
            with torch.autocast(device.type, torch.bfloat16, enabled=options.bfloat16):
                loss = joint_loss(network, batch, options.relation_weight)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), options.clip)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            bar.update()
            if step % 20 == 0:
                bar.set_postfix(loss=f"{loss.item():.3f}", epoch=f"{step / max(1, len(epochs[0])):.1f}")
            if time.monotonic() - saved > 60 * options.checkpoint_minutes:
                save_checkpoint(folder, network, optimizer, step + 1, identity)
                saved = time.monotonic()


def schedule(step: int, steps: int, warmup: float) -> float:
    """Return the factor of the peak rate at a step: a straight rise, then a straight fall to zero.

    >>> [schedule(step, 10, 0.2) for step in (0, 1, 2, 6)]
    [0.5, 1.0, 1.0, 0.5]
    """
    rise = max(1, math.ceil(steps * warmup))
    return min((step + 1) / rise, (steps - step) / max(1, steps - rise), 1.0)


def _identity(examples: Sequence[Example], options: Optimizer) -> str:
    digest = hashlib.sha256(repr(options).encode())
    for example in examples:
        digest.update(repr(example.encoded.windows).encode())
        digest.update(example.allowed.tobytes())
    return digest.hexdigest()

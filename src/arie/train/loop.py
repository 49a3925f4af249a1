"""The training run: documents to examples, the loop over batches, and what is written at the end."""

import hashlib
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch.optim import AdamW
from tqdm import tqdm

from arie.config import ModelConfig
from arie.document import Document
from arie.errors import ConfigError, InputError
from arie.network.export import export_graphs
from arie.network.model import Network
from arie.network.storage import save_network
from arie.text.encode import TextEncoder
from arie.train.base import open_base
from arie.train.batches import make_batch, plan_batches
from arie.train.checkpoint import Checkpoints, read_record
from arie.train.config import Optimizer, TrainConfig
from arie.train.losses import joint_loss
from arie.train.sources import is_development, load_documents
from arie.train.targets import Example, make_example

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trained:
    """What a run leaves: the model folder, the documents that it held out, and what tells it from other runs.

    `complete` says that an earlier run had already finished it.
    """

    folder: Path
    development: tuple[Document, ...]
    identity: str
    complete: bool = False


def train(config: TrainConfig, resume: bool = False) -> Trained:
    """Run a training config from its sources to a model folder with exported graphs in float32.

    Checkpoints are written every few minutes; `resume` goes on from the last one, with the same batches as
    an unbroken run, or returns at once if the run is complete. Raises ConfigError, InputError or ModelError
    for what cannot be used.
    """
    torch.manual_seed(config.optimizer.seed)
    folder, labels_path = Path(config.output), Path(config.labels)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"cannot make the output folder {folder}: {error.strerror}; name another one") from error
    network, model_config, tokenizer = open_base(config)
    encoder = TextEncoder(tokenizer, model_config.preparation, model_config.windows)
    examples, development = prepare(config, network, encoder, model_config.heads.reach)
    identity = _identity(config, model_config, examples)
    if resume and read_record(folder) == identity:
        log.info("%s is complete", folder)
        return Trained(folder, tuple(development), identity, complete=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    checkpoints = Checkpoints(folder, identity, config.optimizer.checkpoint_minutes)
    run_steps(network.to(device), examples, config.optimizer, encoder.padding, checkpoints, resume)
    network = network.to("cpu").eval()
    save_network(network, model_config, labels_path, encoder.tokenizer.to_str(), folder)
    export_graphs(network, folder)
    return Trained(folder, tuple(development), identity)


def prepare(
    config: TrainConfig, network: Network, encoder: TextEncoder, reach: int
) -> tuple[list[Example], list[Document]]:
    """Return the examples to train on and the documents held out for development."""
    examples, development = [], []
    for document, source in load_documents(config, network.labels):
        if source.relations and is_development(document, config.development):
            development.append(document)
            continue
        encoded = encoder.encode(document.text)
        if encoded.words:
            examples.append(make_example(document, encoded, source, network.labels, network.tags, reach))
    if not examples:
        raise InputError("the sources of the config hold no document with a word")
    log.info("%d documents to train on, %d held out", len(examples), len(development))
    return examples, development


def run_steps(
    network: Network,
    examples: Sequence[Example],
    options: Optimizer,
    padding: int,
    checkpoints: Checkpoints,
    resume: bool,
) -> None:
    """Train in place for all epochs, writing a checkpoint every few minutes and at the end."""
    heads = [p for name, p in network.named_parameters() if not name.startswith("bert.")]
    groups = [
        {"params": list(network.bert.parameters()), "peak": options.encoder_rate},
        {"params": heads, "peak": options.head_rate},
    ]
    optimizer = AdamW(groups, lr=0.0, weight_decay=options.weight_decay)
    epochs = [list(plan_batches(examples, options.batch_words, options.seed + e)) for e in range(options.epochs)]
    batches = [batch for epoch in epochs for batch in epoch]
    done = checkpoints.load(network, optimizer) if resume else 0
    if resume:
        log.info("going on at step %d" if done else "no checkpoint, starting at step %d", done)
    device = next(network.parameters()).device
    network.train()
    with tqdm(total=len(batches), initial=done, unit="step", mininterval=2.0) as bar:
        for step in range(done, len(batches)):
            rate = schedule(step, len(batches), options.warmup)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * rate
            random = torch.get_rng_state()
            try:
                batch = make_batch(batches[step], padding).to(device)
                with torch.autocast(device.type, torch.bfloat16, enabled=options.bfloat16):
                    loss = joint_loss(network, batch, options.relation_weight)
                loss.backward()  # type: ignore[no-untyped-call]
            except KeyboardInterrupt:
                # Nothing of this step has reached the weights yet; a resumed run does it again.
                torch.set_rng_state(random)
                checkpoints.save(network, optimizer, step)
                raise
            torch.nn.utils.clip_grad_norm_(network.parameters(), options.clip)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            bar.update()
            if step % 20 == 0:
                bar.set_postfix(loss=f"{loss.item():.3f}", epoch=f"{step / max(1, len(epochs[0])):.1f}")
            if checkpoints.due() or step + 1 == len(batches):
                checkpoints.save(network, optimizer, step + 1)


def schedule(step: int, steps: int, warmup: float) -> float:
    """Return the factor of the peak rate at a step: a straight rise, then a straight fall to zero.

    >>> [schedule(step, 10, 0.2) for step in (0, 1, 2, 6)]
    [0.5, 1.0, 1.0, 0.5]
    """
    rise = max(1, math.ceil(steps * warmup))
    return min((step + 1) / rise, (steps - step) / max(1, steps - rise), 1.0)


def _identity(config: TrainConfig, model: ModelConfig, examples: Sequence[Example]) -> str:
    """Return a digest of all that decides the weights: settings, texts, labels and links."""
    settings = replace(config, output="", encoder="float32")
    digest = hashlib.sha256(repr((settings, model)).encode())
    for example in examples:
        digest.update(repr(example.encoded.windows).encode())
        digest.update(example.allowed.tobytes())
        if example.pairs is not None and example.relations is not None:
            digest.update(example.pairs.pairs.tobytes() + example.relations.tobytes())
    return digest.hexdigest()

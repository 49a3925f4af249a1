"""After training: scores on what was held out, and the form in which the encoder is shipped."""

import logging
import shutil
import tempfile
from pathlib import Path

from arie.document import Document
from arie.evaluation.evaluate import GOLD_SPANS, Evaluation
from arie.network.export import export_graphs
from arie.network.quantize import pack_graph, round_weights
from arie.network.storage import load_network, save_network
from arie.pipeline import Extractor
from arie.resources import LABELS, TOKENIZER
from arie.scoring import score_model, write_reports
from arie.train.checkpoint import CHECKPOINT, complete_run
from arie.train.config import TrainConfig
from arie.train.loop import Trained

log = logging.getLogger(__name__)

# The most F1, of spans and of relations, that int8 may cost on the development documents.
WORTH = 0.005


def finish(trained: Trained, config: TrainConfig) -> Path:
    """Pack the encoder as the config says, write the development report, return the folder.

    With `encoder = "choose"` int8 is taken if it costs under half a point of F1 on the development documents;
    without such documents the weights stay as they are.
    """
    folder, development = trained.folder, list(trained.development)
    if trained.complete:
        return folder
    evaluation = score(folder, development) if development else None
    if config.encoder == "int8" or (config.encoder == "choose" and evaluation):
        with tempfile.TemporaryDirectory() as spare:
            packed = Path(spare) / folder.name
            shutil.copytree(folder, packed, ignore=shutil.ignore_patterns(f"{CHECKPOINT}*"))
            to_int8(packed)
            rounded = score(packed, development) if development else None
            lost = cost(evaluation, rounded) if evaluation and rounded else 0.0
            log.info("int8 costs %.4f of F1", lost)
            if config.encoder == "int8" or lost < WORTH:
                shutil.copytree(packed, folder, dirs_exist_ok=True)
                evaluation = rounded
    if evaluation:
        write_reports(evaluation, folder / "development")
        for metric in evaluation.metrics:
            log.info("%s: F1 %.4f", metric.name, metric.micro.f1)
    complete_run(folder, trained.identity)
    return folder


def to_int8(folder: Path) -> None:
    """Round the encoder's weights of a model folder, store and export them anew, and pack the graph."""
    network, config = load_network(folder)
    round_weights(network)
    save_network(network, config, folder / LABELS, (folder / TOKENIZER).read_text(encoding="utf-8"), folder)
    export_graphs(network, folder)
    pack_graph(folder)


def cost(exact: Evaluation, rounded: Evaluation) -> float:
    """Return the most F1 that is lost in any metric end to end."""
    pairs = zip(exact.metrics, rounded.metrics, strict=True)
    return max(a.micro.f1 - b.micro.f1 for a, b in pairs if a.name != GOLD_SPANS)


def score(folder: Path, development: list[Document]) -> Evaluation:
    """Return the scores of the folder's graphs on the development documents."""
    setting = {"gold": "development documents", "model": folder.name}
    return score_model(Extractor(folder, "cpu"), development, setting)

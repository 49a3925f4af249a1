"""After training: scores on what was held out, and the form in which the encoder is shipped."""

import logging
from pathlib import Path

from arie.document import Document
from arie.evaluation.evaluate import GOLD_SPANS, Evaluation
from arie.network.quantize import quantize_encoder
from arie.pipeline import Extractor
from arie.resources import ENCODER
from arie.scoring import score_model, write_reports
from arie.train.checkpoint import complete_run
from arie.train.config import TrainConfig
from arie.train.loop import Trained

log = logging.getLogger(__name__)

# The most F1, of spans and of relations, that int8 may cost on the development documents.
WORTH = 0.005


def finish(trained: Trained, config: TrainConfig) -> Path:
    """Quantise the exported encoder as the config says, write the development report, return the folder.

    With `encoder = "choose"` int8 is taken if it costs under half a point of F1 on the development documents;
    without such documents the encoder stays in float32.
    """
    folder, development = trained.folder, list(trained.development)
    if trained.complete:
        return folder
    exact = score(folder, development) if development else None
    if config.encoder == "int8" or (config.encoder == "choose" and exact):
        plain = (folder / ENCODER).read_bytes()
        quantize_encoder(folder)
        if config.encoder == "choose" and exact and cost(exact, score(folder, development)) >= WORTH:
            (folder / ENCODER).write_bytes(plain)
    if exact:
        evaluation = score(folder, development)
        log.info("the CPU encoder costs %.4f of F1 against float32", cost(exact, evaluation))
        write_reports(evaluation, folder / "development")
        for metric in evaluation.metrics:
            log.info("%s: F1 %.4f", metric.name, metric.to_dict()["f1"])
    complete_run(folder, trained.identity)
    return folder


def cost(exact: Evaluation, rounded: Evaluation) -> float:
    """Return the most F1 that is lost in any metric end to end."""
    pairs = zip(exact.metrics, rounded.metrics, strict=True)
    return max(float(a.to_dict()["f1"] - b.to_dict()["f1"]) for a, b in pairs if a.name != GOLD_SPANS)


def score(folder: Path, development: list[Document]) -> Evaluation:
    """Return the scores of the folder's graphs on the development documents."""
    setting = {"gold": "development documents", "model": folder.name}
    return score_model(Extractor(folder, "cpu"), development, setting)

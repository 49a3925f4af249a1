"""After training: scores on what was held out, and the form in which the encoder is shipped."""

import logging
import shutil
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

    With `encoder = "choose"` int8 is taken, per tensor or per channel, if it costs under half a point of F1 on
    the development documents, else float32; without development documents it is float32.
    """
    folder, development = trained.folder, list(trained.development)
    if trained.complete:
        return folder
    if config.encoder == "choose" and development:
        chosen = choose(folder, development)
    elif config.encoder == "choose":
        chosen = "float32"
    else:
        chosen = config.encoder
    if chosen != "float32":
        quantize_encoder(folder, per_channel=chosen == "int8-per-channel")
    log.info("encoder on a CPU: %s", chosen)
    if development:
        evaluation = score(folder, development, chosen)
        write_reports(evaluation, folder / "development")
        for metric in evaluation.metrics:
            log.info("%s: F1 %.4f", metric.name, metric.to_dict()["f1"])
    complete_run(folder, trained.identity)
    return folder


def choose(folder: Path, development: list[Document]) -> str:
    """Return the best form that costs little enough; the graph in the folder stays in float32."""
    plain = _f1s(score(folder, development, "float32"))
    kept = folder / f"{ENCODER}.float32"
    costs: dict[str, float] = {}
    for form in ("int8", "int8-per-channel"):
        shutil.copyfile(folder / ENCODER, kept)
        quantize_encoder(folder, per_channel=form == "int8-per-channel")
        quantised = _f1s(score(folder, development, form))
        costs[form] = max(a - b for a, b in zip(plain, quantised, strict=True))
        log.info("%s costs %.4f of F1", form, costs[form])
        kept.replace(folder / ENCODER)
    best = min(costs, key=lambda form: costs[form])
    return best if costs[best] < WORTH else "float32"


def score(folder: Path, development: list[Document], form: str) -> Evaluation:
    """Return the scores of the folder's graphs on the development documents."""
    setting = {"gold": "development documents", "model": folder.name, "encoder": form}
    return score_model(Extractor(folder, "cpu"), development, setting)


def _f1s(evaluation: Evaluation) -> list[float]:
    return [metric.to_dict()["f1"] for metric in evaluation.metrics if metric.name != GOLD_SPANS]

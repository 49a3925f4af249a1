"""Score a model, or a file of predictions, against a gold file; and write the reports."""

from pathlib import Path

from arie.document import Document
from arie.errors import InputError
from arie.evaluation.evaluate import Evaluation, evaluate
from arie.evaluation.report import FORMATS
from arie.labels import read_labels
from arie.pipeline import Extractor, load
from arie.readers import read_documents
from arie.resources import find_file

# Without a model there is no reach, and every pair of a sentence counts as proposed.
EVERY_PAIR = 1_000_000


def score_model(extractor: Extractor, gold: list[Document], setting: dict[str, str]) -> Evaluation:
    """Run a model over the gold texts, end to end and with gold spans, and evaluate it."""
    known = set(extractor.labels.spans)
    if unknown := sorted({e.label for d in gold for e in d.entities} - known):
        raise InputError(
            f"the gold has the labels {unknown}, which the model does not know: {', '.join(sorted(known))}"
        )
    predicted = extractor.batch(document.text for document in gold)
    related = [extractor.relate(document) for document in gold] if extractor.labels.relations else None
    return evaluate(gold, predicted, extractor.labels, extractor.config.heads.reach, related, setting)


def score_file(
    gold: Path, format: str | None, model: str | None, device: str, predicted: Path | None = None
) -> Evaluation:
    """Evaluate a model on a gold file or, given `predicted`, that file's labels.

    Raises InputError if a file cannot be read, or if the texts of the two files differ.
    """
    documents = list(read_documents(gold, format))
    if predicted is not None:
        setting = {"gold": gold.name, "predicted": predicted.name}
        labels = read_labels(find_file("configs/labels.toml"))
        return evaluate(documents, list(read_documents(predicted)), labels, EVERY_PAIR, setting=setting)
    extractor = load(model, device)
    setting = {"gold": gold.name, "model": extractor.name, "device": device}
    return score_model(extractor, documents, setting)


def write_reports(evaluation: Evaluation, folder: Path | None) -> str:
    """Write the evaluation in every report format into `folder`, if given; returns the Markdown page."""
    pages = {ending: form(evaluation) for ending, form in FORMATS.items()}
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for ending, page in pages.items():
                (folder / f"report{ending}").write_text(page, encoding="utf-8")
        except OSError as error:
            raise InputError(
                f"cannot write the reports into {folder}: {error.strerror}; give another folder"
            ) from error
    return pages[".md"]

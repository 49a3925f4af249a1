"""Strict span scores by seqeval, on word tags."""

from collections.abc import Sequence
from typing import Any

from arie.document import Document
from arie.errors import MissingExtraError
from arie.text.spans import bio, word_spans
from arie.text.words import find_words


def strict_span_report(gold: Sequence[Document], predicted: Sequence[Document]) -> dict[str, dict[str, float]]:
    """Return seqeval's report by label: precision, recall, f1-score, support; with "micro avg".

    Both `mode="strict"` and the scheme are given, since seqeval is lenient with one alone. Raises
    MissingExtraError without seqeval.
    """
    try:
        from seqeval.metrics import classification_report
        from seqeval.scheme import IOB2
    except ImportError as error:
        raise MissingExtraError(
            "scores need seqeval; install it with: pip install 'arie[evaluate]' (in a checkout: '.[evaluate]')"
        ) from error
    if not any(document.entities for document in (*gold, *predicted)):
        return {}
    report: dict[str, Any] = classification_report(
        [word_tags(document) for document in gold],
        [word_tags(document) for document in predicted],
        mode="strict",
        scheme=IOB2,
        output_dict=True,
        zero_division=0,
    )
    return {label: {name: float(value) for name, value in row.items()} for label, row in report.items()}


def word_tags(document: Document) -> list[str]:
    """Return the BIO tag of every word."""
    words = find_words(document.text)
    return bio(word_spans(document.entities, words), len(words))


def count_misaligned(document: Document) -> int:
    """Count the entities that do not start and end at word borders; strict scores take whole words."""
    words = find_words(document.text)
    starts, ends = {word.start for word in words}, {word.end for word in words}
    return sum(entity.start not in starts or entity.end not in ends for entity in document.entities)

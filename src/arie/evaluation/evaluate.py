"""Gold and predicted documents to one evaluation: spans, relations end to end and with gold spans."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from arie.decoding.pairs import candidate_pairs
from arie.document import Document
from arie.errors import InputError
from arie.evaluation.bootstrap import interval
from arie.evaluation.counts import Counts, Item, Tally, relation_items, span_items, tally, total
from arie.evaluation.spans import count_misaligned, strict_span_report
from arie.labels import LabelSet
from arie.text.spans import word_spans
from arie.text.words import find_sentences, find_words


@dataclass(frozen=True, slots=True)
class Metric:
    """One score: its tallies by document, from which all its figures follow."""

    name: str
    tallies: tuple[Tally, ...]

    @property
    def micro(self) -> Counts:
        """The counts of all documents and labels together."""
        return total(self.tallies).micro

    def to_dict(self) -> dict[str, Any]:
        """Return micro precision, recall, F1 with its interval over documents, and the same by label."""
        whole = total(self.tallies)
        low, high = interval([one.micro for one in self.tallies])
        rows = {label: _row(counts) for label, counts in whole.by_label.items()}
        return {**_row(whole.micro), "f1_low": round(low, 4), "f1_high": round(high, 4), "by_label": rows}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a comparison says; `missed_pairs` counts gold links that could not be found, by reason."""

    documents: int
    metrics: tuple[Metric, ...]
    seqeval: dict[str, dict[str, float]]
    missed_pairs: dict[str, int]
    misaligned_gold_spans: int
    setting: dict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Return the evaluation as plain dicts and numbers."""
        raw = asdict(self)
        del raw["metrics"]
        return {**raw, **{metric.name: metric.to_dict() for metric in self.metrics}}


class Comparison(NamedTuple):
    """What a metric compares, as items with the label last, its title in a report, and whether it is about links."""

    items: Callable[[Document], list[Item]]
    title: str
    links: bool


# To add a metric, write what it compares and add a row.
METRICS = {
    "spans_strict": Comparison(span_items, "Spans, strict (start, end and label right)", links=False),
    "relations_strict": Comparison(
        relation_items, "Relations, end to end (both spans, label and direction right)", links=True
    ),
}
GOLD_SPANS = "relations_gold_spans"
TITLES = {name: row.title for name, row in METRICS.items()} | {GOLD_SPANS: "Relations, with gold spans given"}


def evaluate(
    gold: Sequence[Document],
    predicted: Sequence[Document],
    labels: LabelSet,
    reach: int,
    related: Sequence[Document] | None = None,
    setting: dict[str, str] | None = None,
) -> Evaluation:
    """Compare documents with the same texts in the same order.

    `related` are the gold documents with predicted links; with them the relation scores are also given for
    gold spans. Raises InputError if the texts differ.
    """
    if [d.text for d in gold] != [d.text for d in predicted]:
        raise InputError("gold and predicted documents do not have the same texts in the same order")
    if not gold:
        raise InputError("there is no gold document to evaluate on")
    metrics = [
        Metric(name, tuple(tally(row.items(g), row.items(p)) for g, p in zip(gold, predicted, strict=True)))
        for name, row in METRICS.items()
        if labels.relations or not row.links
    ]
    if related is not None and labels.relations:
        pairs = zip(gold, related, strict=True)
        metrics.append(Metric(GOLD_SPANS, tuple(tally(relation_items(g), relation_items(r)) for g, r in pairs)))
    return Evaluation(
        documents=len(gold),
        metrics=tuple(metrics),
        seqeval=strict_span_report(gold, predicted),
        missed_pairs=count_missed_pairs(gold, predicted, labels, reach),
        misaligned_gold_spans=sum(count_misaligned(document) for document in gold),
        setting=setting or {},
    )


def count_missed_pairs(
    gold: Sequence[Document], predicted: Sequence[Document], labels: LabelSet, reach: int
) -> dict[str, int]:
    """Count gold links whose pair never reached the relation head, by the first reason that applies."""
    missed = {"links": 0, "span_not_found": 0, "not_in_one_sentence_or_too_far": 0}
    for truth, guess in zip(gold, predicted, strict=True):
        found = set(span_items(guess))
        reachable = _candidates(truth, labels, reach)
        for link in truth.relations:
            ends = truth.by_id[link.head], truth.by_id[link.tail]
            missed["links"] += 1
            if any((e.start, e.end, e.label) not in found for e in ends):
                missed["span_not_found"] += 1
            elif (link.head, link.tail) not in reachable:
                missed["not_in_one_sentence_or_too_far"] += 1
    return missed


def _candidates(document: Document, labels: LabelSet, reach: int) -> set[tuple[str, str]]:
    words = find_words(document.text)
    sentences = find_sentences(document.text, words)
    entities = sorted(document.entities, key=lambda entity: entity.start)
    pairs = candidate_pairs(word_spans(entities, words), sentences, labels, reach)
    return {(entities[head].id, entities[tail].id) for head, tail in pairs}


def _row(counts: Counts) -> dict[str, float]:
    return {
        "precision": round(counts.precision, 4),
        "recall": round(counts.recall, 4),
        "f1": round(counts.f1, 4),
        "gold": counts.gold,
        "predicted": counts.predicted,
        "right": counts.right,
    }

"""Hits and misses by label, and the scores that follow from them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from arie.document import Document, Entity

Item = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many gold items there are, how many were predicted, and how many of these are right."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.gold + other.gold, self.predicted + other.predicted, self.right + other.right)

    @property
    def precision(self) -> float:
        """Right of predicted; 0 if nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Right of gold; 0 if there is no gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.gold + self.predicted) if self.gold + self.predicted else 0.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one document, by label."""

    by_label: dict[str, Counts] = field(default_factory=dict)

    @property
    def micro(self) -> Counts:
        """All labels together."""
        return sum(self.by_label.values(), Counts())


def tally(gold: Iterable[Item], predicted: Iterable[Item]) -> Tally:
    """Compare two sets of items; the last field of an item is its label.

    >>> tally([(0, 5, "LOC")], [(0, 5, "LOC"), (9, 12, "PER")]).micro
    Counts(gold=1, predicted=2, right=1)
    """
    said, found = set(gold), set(predicted)
    in_gold, in_predicted, right = (Counter(str(item[-1]) for item in group) for group in (said, found, said & found))
    labels = sorted(in_gold.keys() | in_predicted.keys())
    return Tally({label: Counts(in_gold[label], in_predicted[label], right[label]) for label in labels})


def total(tallies: Sequence[Tally]) -> Tally:
    """Add up the tallies of several documents."""
    by_label: dict[str, Counts] = {}
    for one in tallies:
        for label, counts in one.by_label.items():
            by_label[label] = by_label.get(label, Counts()) + counts
    return Tally(dict(sorted(by_label.items())))


def span_items(document: Document) -> list[Item]:
    """Return (start, end, label) of every entity: a span counts only if all three are right."""
    return [_span(entity) for entity in document.entities]


def relation_items(document: Document) -> list[Item]:
    """Return both spans with their labels and the relation label, head first: all must be right to count."""
    ends = document.by_id
    return [(*_span(ends[link.head]), *_span(ends[link.tail]), link.label) for link in document.relations]


def _span(entity: Entity) -> Item:
    return (entity.start, entity.end, entity.label)

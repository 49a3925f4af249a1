"""Labelled documents to what the losses need: allowed tags a word, gold spans, pairs with their relation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from arie.decoding.pairs import PairBatch, PairLayout, candidate_pairs
from arie.document import Document
from arie.errors import InputError
from arie.labels import LabelSet
from arie.text.encode import EncodedText
from arie.text.spans import WordSpan, word_spans
from arie.train.config import Source


@dataclass(frozen=True, slots=True)
class Example:
    """One document ready for training.

    `allowed` bool (words, tags): the tags that the source does not rule out for each word. `pairs` and
    `relations` (int64 (pairs,), 0 for none) are None where the source tells no relations.
    """

    encoded: EncodedText
    allowed: npt.NDArray[np.bool_]
    pairs: PairBatch | None
    relations: npt.NDArray[np.int64] | None


def make_example(
    document: Document, encoded: EncodedText, source: Source, labels: LabelSet, tags: Sequence[str], reach: int
) -> Example:
    """Turn a labelled document into an example; raises InputError for labels that the source does not map."""
    entities = sorted(document.entities, key=lambda entity: entity.start)
    spans = word_spans(entities, encoded.words)
    meanings = meanings_of(source, labels)
    if unknown := sorted({span.label for span in spans} - meanings.keys()):
        raise InputError(f"{document.id}: the label {unknown[0]!r} is not mapped; known are {', '.join(meanings)}")
    allowed = allowed_tags(spans, len(encoded.words), meanings, source.tells or tuple(labels.spans), tags)
    if not source.relations:
        return Example(encoded, allowed, None, None)
    gold = {(link.head, link.tail): link.label for link in document.relations}
    ids = [entity.id for entity in entities]
    pairs = candidate_pairs(spans, encoded.sentences, labels, reach)
    names = ["", *labels.relations]
    relations = [names.index(gold.get((ids[head], ids[tail]), "")) for head, tail in pairs]
    laid_out = PairLayout(spans, len(encoded.words), encoded.sentences, tags, reach).lay_out(pairs)
    return Example(encoded, allowed, laid_out, np.array(relations, np.int64))


def meanings_of(source: Source, labels: LabelSet) -> Mapping[str, tuple[str, ...]]:
    """Return, for each label of the source, the labels of ours that it may be; raises InputError for unknown ones."""
    meanings = source.maps or {label: (label,) for label in labels.spans}
    said = {meaning for row in meanings.values() for meaning in row} | set(source.tells)
    if unknown := sorted(said - {*labels.spans, "O"}):
        raise InputError(f"the source maps to {unknown}; the label file has {', '.join(labels.spans)}")
    return meanings


def allowed_tags(
    spans: Sequence[WordSpan],
    words: int,
    meanings: Mapping[str, tuple[str, ...]],
    tells: Sequence[str],
    tags: Sequence[str],
) -> npt.NDArray[np.bool_]:
    """Return bool (words, tags): outside spans O and all that the source does not tell, inside what it may mean."""
    number = {tag: i for i, tag in enumerate(tags)}
    outside = np.array([tag == "O" or tag[2:] not in tells for tag in tags])
    allowed = np.tile(outside, (words, 1))
    for span in spans:
        meant = meanings[span.label]
        for word in range(span.start, span.end):
            prefix = "B" if word == span.start else "I"
            chosen = [number["O" if label == "O" else f"{prefix}-{label}"] for label in meant]
            allowed[word] = not chosen
            allowed[word, chosen] = True
    return allowed

"""Whether a labelled document follows the guidelines, as far as a program can tell."""

from collections.abc import Iterator

from arie.document import Document, Entity
from arie.labels import LabelSet
from arie.text.words import find_words, number_sentences

OPENING = dict(zip(")]}»”’", "([{«“‘", strict=True))
CLOSING = {opening: closing for closing, opening in OPENING.items()}
EDGE_SIGNS = set("\"'«»“”„‘’()[]{}-–—ـ،؛:,.…!؟")


def find_problems(document: Document, labels: LabelSet) -> Iterator[str]:
    """Yield a line for every breach: labels, word boundaries, overlap, edges, signatures, sentence rule."""
    words = find_words(document.text)
    sentences = number_sentences(document.text, words)
    starts = {word.start: sentence for word, sentence in zip(words, sentences, strict=True)}
    ends = {word.end: sentence for word, sentence in zip(words, sentences, strict=True)}
    previous: Entity | None = None
    for entity in sorted(document.entities, key=lambda e: e.start):
        said = f"{entity.label} {entity.text!r} at {entity.start}"
        if entity.label not in labels.spans:
            yield f"{said}: unknown label; known are {', '.join(labels.spans)}"
        if entity.start not in starts or entity.end not in ends:
            yield f"{said}: does not start and end at word boundaries"
        elif starts[entity.start] != ends[entity.end]:
            yield f"{said}: runs over the end of a sentence"
        if previous is not None and entity.start < previous.end:
            yield f"{said}: overlaps {previous.text!r}"
        if _has_loose_edge(entity.text):
            yield f"{said}: a sign at its edge belongs outside"
        if previous is None or entity.end > previous.end:
            previous = entity
    yield from _link_problems(document, labels, starts)


def _link_problems(document: Document, labels: LabelSet, sentence_at: dict[int, int]) -> Iterator[str]:
    seen = set()
    for link in document.relations:
        head, tail = document.by_id[link.head], document.by_id[link.tail]
        said = f"{head.label} {head.text!r} -{link.label}-> {tail.label} {tail.text!r} at {head.start}"
        if link.label not in labels.signatures.get((head.label, tail.label), ()):
            yield f"{said}: the label does not join these spans"
        if sentence_at.get(head.start) != sentence_at.get(tail.start):
            yield f"{said}: head and tail are not in one sentence"
        if (link.head, link.tail) in seen:
            yield f"{said}: a second link between the same spans"
        seen.add((link.head, link.tail))


def _has_loose_edge(surface: str) -> bool:
    # By words, not letters: «هـ» of the Hijri years ends in a tatweel that is no dash.
    words = [surface[start:end] for start, end in find_words(surface)] or [surface]
    first, last = words[0], words[-1]
    opening, closing = OPENING.get(last, last), CLOSING.get(first, first)
    # Marks that are partners of each other hold the bare name alone.
    alone = len(words) > 1 and opening == first and {first, last}.isdisjoint(words[1:-1])
    return (last in EDGE_SIGNS and (alone or opening not in words[:-1])) or (
        first in EDGE_SIGNS and closing not in words[1:]
    )

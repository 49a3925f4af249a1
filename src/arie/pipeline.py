"""From raw text to Document, one line a stage; the algorithms live in the stages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import regex

from arie.config import ModelConfig, read_config
from arie.decoding.pairs import PairLayout, candidate_pairs
from arie.decoding.relations import SpanLink, decode_relations
from arie.decoding.spans import Floats, bio_tags, decode_spans
from arie.document import Document, Entity, Relation, check_text
from arie.errors import ConfigError, InputError, ModelError
from arie.labels import read_labels
from arie.quantities.resolve import resolve_quantities
from arie.resources import LABELS, MODEL, TOKENIZER, find_model
from arie.runtime import Runtime, open_runtime
from arie.text.encode import EncodedText, TextEncoder, pad_windows
from arie.text.names import count_words, reader_name
from arie.text.spans import WordSpan, word_spans

# Texts of a stream that are encoded together: as many as the first number, unless they have so many characters.
TEXTS_AT_ONCE = 16
CHARACTERS_AT_ONCE = 50_000
# What meets the relation head together: so many padded words of segments, so many pairs.
WORDS_AT_ONCE = 4096
PAIRS_AT_ONCE = 4096
ARABIC = regex.compile(r"\p{Arabic}")


class Extractor:
    """A loaded model: call it with a text, or use `batch`, `stream` and `relate`."""

    def __init__(self, folder: Path, device: str = "auto") -> None:
        """Load a model folder; raises ModelError if it is missing, incomplete or corrupt."""
        if not (folder / MODEL).is_file():
            raise ModelError(f"{folder} is no model folder: it has no {MODEL}; train one or give another path")
        try:
            self.config = read_config(folder / MODEL, ModelConfig)
            self.labels = read_labels(folder / LABELS)
        except ConfigError as error:
            raise ModelError(f"the model in {folder} is damaged: {error}") from error
        self.name = folder.resolve().name
        self.encoder = TextEncoder.from_file(folder / TOKENIZER, self.config.preparation, self.config.windows)
        self.tags = bio_tags(self.labels)
        self.runtime: Runtime = open_runtime(folder, device)
        self._check(folder)

    def __call__(self, text: str) -> Document:
        """Return the document of one text.

        An empty or blank text, or one without an Arabic letter, gives a document without labels. Raises
        InputError for anything but a string of valid Unicode.
        """
        return self.batch([text])[0]

    def batch(self, texts: Iterable[str]) -> list[Document]:
        """Return the documents of texts, in order."""
        return list(self.stream(texts))

    def stream(self, texts: Iterable[str]) -> Iterator[Document]:
        """Yield the documents of texts, in order, holding a few texts at a time in memory."""
        if isinstance(texts, str | bytes) or not isinstance(texts, Iterable):
            raise InputError(
                f"expected several texts (a list or another iterable of strings), got {type(texts).__name__}"
            )
        for group in _groups(texts):
            encoded = [self._encode(text) for text in group]
            for item, states in zip(encoded, self._word_states(encoded), strict=True):
                yield self._document(item, states)

    def relate(self, document: Document) -> Document:
        """Return the document with links between the entities that it has, in place of its own links."""
        if any(entity.label not in self.labels.spans for entity in document.entities):
            raise InputError(f"the document has labels that this model does not know: {', '.join(self.labels.spans)}")
        encoded = self._encode(document.text)
        (states,) = self._word_states([encoded])
        ordered = sorted(document.entities, key=lambda entity: entity.start)
        spans = word_spans(ordered, encoded.words)
        links = self._relate(spans, encoded, states)
        return replace(document, relations=_relations(links, ordered))

    def _check(self, folder: Path) -> None:
        """Run one window through every step, so that files that do not belong together are told at once."""
        pieces = np.array([[self.encoder.first] + [self.encoder.pieces(["حلب"])[0][0]] * 2 + [self.encoder.last]])
        try:
            (states,) = self.runtime.encode(pieces, np.ones_like(pieces))
            width = self.runtime.tag(states).shape[1]
            links = 0
            if self.labels.relations:
                tags, pairs = np.zeros((1, len(states)), np.int64), np.array([[0, 0, 0, 1, 1]])
                links = self.runtime.relate(states[None], tags, pairs).shape[1]
        except ModelError:
            raise
        except Exception as error:  # onnxruntime and torch raise many kinds
            raise ModelError(f"the model in {folder} is damaged, its files do not fit together: {error}") from error
        if width != len(self.tags) or (links and links != 1 + len(self.labels.relations)):
            raise ModelError(
                f"the model in {folder} is damaged: {LABELS} asks for {len(self.tags)} tags and "
                f"{len(self.labels.relations)} relations, the graphs give {width} and {max(0, links - 1)}"
            )

    def _encode(self, text: str) -> EncodedText:
        # Text without an Arabic letter is not what the model reads; its guesses there would be noise.
        return self.encoder.encode(text) if ARABIC.search(text) else EncodedText.without_words(text)

    def _document(self, encoded: EncodedText, states: Floats) -> Document:
        if not encoded.words:
            return Document(encoded.text)
        spans = decode_spans(self.runtime.tag(states), self.tags, encoded.sentences)
        links = self._relate(spans, encoded, states)
        entities = _entities(spans, encoded)
        return Document(
            text=encoded.text,
            entities=entities,
            quantities=resolve_quantities(entities),
            relations=_relations(links, entities),
        )

    def _word_states(self, texts: Sequence[EncodedText]) -> list[Floats]:
        """Return (words, hidden) for each text: every window encoded, stitched to one state a word."""
        states: list[Floats] = [np.empty((0, 0), np.float32)] * len(texts)
        # Windows of like length together, so that little is padding.
        jobs = sorted((len(w), t, i) for t, text in enumerate(texts) for i, w in enumerate(text.windows))
        at_once = self.runtime.windows_at_once
        for start in range(0, len(jobs), at_once):
            chosen = [(t, i) for _, t, i in jobs[start : start + at_once]]
            pieces, mask = pad_windows([texts[t].windows[i] for t, i in chosen], self.encoder.padding)
            for (t, i), hidden in zip(chosen, self.runtime.encode(pieces, mask), strict=True):
                if not states[t].size:
                    states[t] = np.empty((len(texts[t].words), hidden.shape[-1]), np.float32)
                # A window gives the states of the words that are at home in it, which stand in a row.
                first, last = np.searchsorted(texts[t].homes[:, 0], [i, i + 1])
                states[t][first:last] = hidden[texts[t].homes[first:last, 1]]
        return states

    def _relate(self, spans: Sequence[WordSpan], encoded: EncodedText, states: Floats) -> list[SpanLink]:
        reach = self.config.heads.reach
        pairs = candidate_pairs(spans, encoded.sentences, self.labels, reach)
        layout = PairLayout(spans, len(encoded.words), encoded.sentences, self.tags, reach)
        links: list[SpanLink] = []
        for group in layout.batches(pairs, WORDS_AT_ONCE, PAIRS_AT_ONCE):
            batch = layout.lay_out(group)
            logits = self.runtime.relate(states[batch.words], batch.tags, batch.pairs)
            links.extend(decode_relations(logits, group, list(self.labels.relations)))
        return links


def load(model: str | Path | None = None, device: str = "auto") -> Extractor:
    """Load a model: the shipped one, one named under models/, or a folder; device "cpu", "cuda" or "auto"."""
    return Extractor(find_model(model), device)


def _groups(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield texts in lists of some at a time, fewer if they are long; what came before a bad text is not lost."""
    group: list[str] = []
    characters = 0
    for number, text in enumerate(texts, start=1):
        try:
            check_text(text)
        except InputError as error:
            if group:
                yield group
            raise error if number == 1 else InputError(f"text {number}: {error}") from error
        group.append(text)
        characters += len(text)
        if len(group) == TEXTS_AT_ONCE or characters >= CHARACTERS_AT_ONCE:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _entities(spans: Sequence[WordSpan], encoded: EncodedText) -> tuple[Entity, ...]:
    seen = count_words(encoded.text[start:end] for start, end in encoded.words)
    entities = []
    for number, span in enumerate(spans, start=1):
        start, end = encoded.words[span.start].start, encoded.words[span.end - 1].end
        surface = encoded.text[start:end]
        name = reader_name(surface, seen, span.label)
        entities.append(Entity(f"T{number}", start, end, surface, span.label, round(span.score, 4), name))
    return tuple(entities)


def _relations(links: Sequence[SpanLink], entities: Sequence[Entity]) -> tuple[Relation, ...]:
    ordered = sorted(links, key=lambda link: (link.head, link.tail))
    return tuple(
        Relation(entities[link.head].id, entities[link.tail].id, link.label, round(link.score, 4)) for link in ordered
    )

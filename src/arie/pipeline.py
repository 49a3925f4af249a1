"""From raw text to Document, one line a stage; the algorithms live in the stages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import regex

from arie.config import ModelConfig, read_config
from arie.decoding.pairs import candidate_pairs, lay_out_pairs
from arie.decoding.relations import SpanLink, decode_relations
from arie.decoding.spans import Floats, bio_tags, decode_spans
from arie.document import Document, Entity, Relation
from arie.errors import ConfigError, InputError, ModelError
from arie.labels import read_labels
from arie.quantities.resolve import resolve_quantities
from arie.resources import find_model
from arie.runtime import Runtime, open_runtime
from arie.text.encode import EncodedText, TextEncoder, pad_windows
from arie.text.names import count_words, reader_name
from arie.text.spans import WordSpan, word_spans

# Texts of a stream that are encoded together: as many as the first number, unless they have so many characters.
TEXTS_AT_ONCE = 16
CHARACTERS_AT_ONCE = 50_000
# Segments that meet the relation head together.
SEGMENTS_AT_ONCE = 64
ARABIC = regex.compile(r"\p{Arabic}")


class Extractor:
    """A loaded model: call it with a text, or use `batch`, `stream` and `relate`."""

    def __init__(self, folder: Path, device: str = "auto") -> None:
        """Load a model folder; raises ModelError if it is missing, incomplete or corrupt."""
        if not (folder / "model.toml").is_file():
            raise ModelError(f"{folder} is no model folder: it has no model.toml; train one or give another path")
        try:
            self.config = read_config(folder / "model.toml", ModelConfig)
            self.labels = read_labels(folder / "labels.toml")
        except ConfigError as error:
            raise ModelError(f"the model in {folder} is damaged: {error}") from error
        self.name = folder.resolve().name
        self.encoder = TextEncoder.from_file(folder / "tokenizer.json", self.config.preparation, self.config.windows)
        self.tags = bio_tags(self.labels)
        self.runtime: Runtime = open_runtime(folder, device)

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
        if isinstance(texts, str | bytes):
            raise InputError("expected several texts (a list or another iterable of strings), got a single one")
        for group in _groups(texts):
            encoded = [self._encode(text) for text in group]
            for item, states in zip(encoded, self._word_states(encoded), strict=True):
                yield self._document(item, states)

    def relate(self, document: Document) -> Document:
        """Return the document with links between the entities that it has, in place of its own links."""
        check_text(document.text)
        encoded = self._encode(document.text)
        (states,) = self._word_states([encoded])
        if any(entity.label not in self.labels.spans for entity in document.entities):
            raise InputError(f"the document has labels that this model does not know: {', '.join(self.labels.spans)}")
        ordered = sorted(document.entities, key=lambda entity: entity.start)
        spans = word_spans(ordered, encoded.words)
        links = self._relate(spans, encoded, states)
        return replace(document, relations=_relations(links, ordered))

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
        links: list[SpanLink] = []
        for group in _by_sentences(pairs, spans, encoded):
            batch = lay_out_pairs(group, spans, encoded.sentences, self.tags, reach)
            logits = self.runtime.relate(states[batch.words], batch.tags, batch.pairs)
            links.extend(decode_relations(logits, group, spans, list(self.labels.relations)))
        return links


def check_text(text: object) -> None:
    """Raise InputError unless `text` is a string that can be written as UTF-8."""
    if not isinstance(text, str):
        hint = "; decode it first: data.decode('utf-8')" if isinstance(text, bytes | bytearray) else ""
        raise InputError(f"expected a text (str), got {type(text).__name__}{hint}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(
            f"the text has a lone surrogate (U+{ord(text[error.start]):04X}) at offset {error.start}, which is no "
            "character; read the file again as UTF-8, or take it out"
        ) from error


def load(model: str | Path | None = None, device: str = "auto") -> Extractor:
    """Load a model: the shipped one, one named under models/, or a folder; device "cpu", "cuda" or "auto"."""
    return Extractor(find_model(model), device)


def _groups(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield texts in lists of some at a time, fewer if they are long."""
    group: list[str] = []
    characters = 0
    for text in texts:
        check_text(text)
        group.append(text)
        characters += len(text)
        if len(group) == TEXTS_AT_ONCE or characters >= CHARACTERS_AT_ONCE:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _by_sentences(
    pairs: Sequence[tuple[int, int]], spans: Sequence[WordSpan], encoded: EncodedText
) -> Iterator[list[tuple[int, int]]]:
    """Yield the pairs in groups of some sentences of like length, so that a long text needs little memory."""
    sentence_of = np.zeros(len(encoded.words), np.int64)
    for number, (start, end) in enumerate(encoded.sentences):
        sentence_of[start:end] = number
    members: dict[int, list[tuple[int, int]]] = {}
    for pair in pairs:
        members.setdefault(int(sentence_of[spans[pair[0]].start]), []).append(pair)
    lengths = [end - start for start, end in encoded.sentences]
    order = sorted(members, key=lambda number: lengths[number])
    for start in range(0, len(order), SEGMENTS_AT_ONCE):
        yield [pair for number in order[start : start + SEGMENTS_AT_ONCE] for pair in members[number]]


def _entities(spans: Sequence[WordSpan], encoded: EncodedText) -> tuple[Entity, ...]:
    seen = count_words(encoded.text[start:end] for start, end in encoded.words)
    entities = []
    for number, span in enumerate(spans, start=1):
        start, end = encoded.words[span.start].start, encoded.words[span.end - 1].end
        surface = encoded.text[start:end]
        name = reader_name(surface, seen)
        entities.append(Entity(f"T{number}", start, end, surface, span.label, round(span.score, 4), name))
    return tuple(entities)


def _relations(links: Sequence[SpanLink], entities: Sequence[Entity]) -> tuple[Relation, ...]:
    ordered = sorted(links, key=lambda link: (link.head, link.tail))
    return tuple(
        Relation(entities[link.head].id, entities[link.tail].id, link.label, round(link.score, 4)) for link in ordered
    )

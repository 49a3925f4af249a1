"""Random texts and documents for the property tests: Arabic letters, and what goes wrong beside them."""

from hypothesis import settings
from hypothesis import strategies as st

from arie.document import Document, Entity, Relation
from arie.text.words import find_words

# The same examples in every run, so that a build fails only for what it changes; to search farther, raise
# max_examples and take `derandomize` out for a while.
LAW = settings(max_examples=100, deadline=None, derandomize=True)

# Letters, marks (also the hamza of NFD), tatweel, digits of three scripts, presentation forms, bidi marks and
# joiners, an emoji with its variation selector, line ends of all kinds, and every sign that a format takes for itself.
ALPHABET = (
    *"ابتدروسعفقكلمنهويىةأإآؤئء",
    *"\u064b\u064e\u064f\u0651\u0652\u0653\u0654\u0640",
    *"0127٠٢٥۰۴۵",
    *"ﻻﷲﺑکی",
    *"\u200c\u200d\u200e\u200f\u202b\u202c\ufeff",
    *"❤\ufe0f😀",
    *"   \t\n\r\x85\u00a0\u2028",
    *".,،؛:؟!?«»\"'()[]{}|\\=<>-–%٪_/٫٬abZ",
)

texts = st.text(st.sampled_from(ALPHABET), max_size=60) | st.text(max_size=30)


@st.composite
def documents(draw, labels=("LOC", "ARM", "EVA"), relations=("origin", "agent")):
    """Draw a document with flat spans of whole words and links between them."""
    text = draw(st.text(st.sampled_from(ALPHABET), max_size=60))
    words = find_words(text)
    cuts = sorted(draw(st.sets(st.integers(0, len(words)), max_size=8)))
    entities = []
    for first, end in zip(cuts[::2], cuts[1::2], strict=False):
        start, stop = words[first].start, words[end - 1].end
        surface = text[start:stop]
        label = draw(st.sampled_from(labels))
        entities.append(Entity(f"T{len(entities) + 1}", start, stop, surface, label, 1.0, surface))
    ids = [entity.id for entity in entities]
    ends = st.tuples(st.sampled_from(ids), st.sampled_from(ids)) if ids else st.nothing()
    joined = draw(st.sets(ends, max_size=4)) if ids else set()
    links = [Relation(head, tail, draw(st.sampled_from(relations)), 1.0) for head, tail in sorted(joined)]
    return Document(text, tuple(entities), (), tuple(links), draw(st.sampled_from(["a-1", "خبر-7"])))

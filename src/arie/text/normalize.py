"""One normaliser for training and use: a changed text, and for each of its characters where it came from.

Two preparations are in use: the default for the shipped model, and AraBERT's (v0.2: no segmentation;
tatweel and diacritics off, digits Western, no character more than twice in a row). AraBERT's replacing of
links and user names by place-holders is left out: it would join words that the text has apart.
"""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from arie.config import Preparation

TATWEEL = "\u0640"
# Persian (and Urdu) ways to write Arabic kaf, yeh and heh, as keyboards and PDF files leave them in Arabic text.
ARABIC_FORMS = {"ک": "ك", "ڪ": "ك", "ی": "ي", "ې": "ي", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه"}


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normalised text. `sources[i]` is the raw offset of its character i; one more gives the raw length."""

    text: str
    sources: tuple[int, ...]

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open raw range that the non-empty normalised range start:end came from."""
        # A ligature's letters share a source: the range ends at the next raw character that wrote something.
        return self.sources[start], self.sources[bisect_right(self.sources, self.sources[end - 1])]


def normalize(text: str, preparation: Preparation) -> Normalized:
    """Normalise `text`, saying for every character that is left which raw one wrote it.

    >>> normalize("مُقـــاتِل ٢٥", Preparation()).text
    'مقاتل 25'
    """
    characters: list[str] = []
    sources: list[int] = []
    run = 0
    for offset, raw in enumerate(text):
        if preparation.compatibility and characters and unicodedata.combining(raw):
            # «ا» and a hamza of its own (NFD) are the letter «أ».
            composed = unicodedata.normalize("NFC", characters[-1] + raw)
            if len(composed) == 1:
                characters[-1] = composed
                continue
        for character in _written(raw, preparation):
            run = run + 1 if characters and characters[-1] == character else 1
            if preparation.longest_repeat and run > preparation.longest_repeat and not character.isdigit():
                continue
            characters.append(character)
            sources.append(offset)
    return Normalized("".join(characters), (*sources, len(text)))


@lru_cache(maxsize=4096)
def _written(character: str, preparation: Preparation) -> str:
    written = unicodedata.normalize("NFKC", character) if preparation.compatibility else character
    return "".join(_letter(c, preparation) for c in written)


def _letter(character: str, preparation: Preparation) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or (character == TATWEEL and preparation.strip_tatweel):
        return ""
    if category == "Mn" and preparation.strip_diacritics:
        return ""
    if category == "Nd" and preparation.western_digits:
        return str(unicodedata.decimal(character))
    if preparation.arabic_letters:
        return ARABIC_FORMS.get(character, character)
    return character

"""What a reader would call a span: no attached particles, no diacritics, no tatweel.

Arabic writes و ف ب ل ك onto the next word, and many words begin with these letters of their own. Which it is
is decided by evidence: how often the word with and without the letter opens a name in the project's corpus
(`data/first_words.tsv`) or stands in the document at hand.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from arie.config import Preparation
from arie.text.normalize import normalize

READABLE = Preparation(western_digits=False, arabic_letters=False)
PARTICLES = "وفبلك"
# Without any evidence «و» and «ل» before a name are particles more often than not, the others are not.
STRIPPED_UNSEEN = "ول"
CONJUNCTIONS = "وف"
# «بال...», «وال...» are nearly always particle and article; the few words that are not are in the table.
ARTICLE_BONUS = 2


def reader_name(surface: str, seen: Mapping[str, int], label: str | None = None) -> str:
    """Return the name of a span; `seen` counts the words of its document, as `count_words` gives them.

    A person's name (`label` PER) loses a letter only if the rest is known: foreign names begin with any letter.

    >>> [reader_name(s, {}) for s in ("لداعش", "وداعش", "لبنان", "وزارة", "للجيش", "بغـــداد")]
    ['داعش', 'داعش', 'لبنان', 'وزارة', 'الجيش', 'بغداد']
    """
    first, *rest = readable(surface).split() or [surface]
    return " ".join([strip_particles(first, seen, eager=label != "PER"), *rest])


def readable(surface: str) -> str:
    """Return the text without diacritics, tatweel and invisible signs, in standard letter forms."""
    return normalize(surface, READABLE).text


def strip_particles(word: str, seen: Mapping[str, int], eager: bool = True, depth: int = 2) -> str:
    """Take attached particles off a readable word, as far as evidence goes, a conjunction and one more at most.

    `eager` takes «و» and «ل» off words of which nothing is known, too.
    """
    if word.startswith("لل") and len(word) > 4 and not _known().get(word):
        # «للجيش» hides the alef of the article, «للاجئين» a third lam, «لليبيا» has no article at all.
        readings = ("ال" + word[2:], "الل" + word[2:], word[1:])
        return max(readings, key=lambda reading: _known().get(reading, 0) + seen.get(reading, 0))
    bare = word[1:]
    if not depth or word[:1] not in PARTICLES or not _stands(bare):
        return word
    # «وللجيش», «ولبنان»: what stands under a conjunction is judged as a word of its own.
    inner = strip_particles(bare, seen, eager, depth - 1) if word[0] in CONJUNCTIONS else bare
    # The mention itself is in `seen` too and is no evidence.
    whole = _known().get(word, 0) + max(0, seen.get(word, 0) - 1)
    apart = _known().get(inner, 0) + seen.get(inner, 0) + (ARTICLE_BONUS if _has_article(bare) else 0)
    return inner if apart > whole or (eager and apart == whole and word[0] in STRIPPED_UNSEEN) else word


def count_words(words: Iterable[str]) -> Counter[str]:
    """Count the readable forms of a document's words."""
    return Counter(readable(word) for word in words)


def _stands(word: str) -> bool:
    # What is left after a particle must be a word: three letters, or two that are known («وحي» is «حي»).
    return word[:1].isalpha() and (len(word) >= 3 or word in _known())


def _has_article(word: str) -> bool:
    return word.startswith(("ال", "لل")) and len(word) > 4


@cache
def _known() -> Mapping[str, int]:
    table = files("arie").joinpath("data/first_words.tsv").read_text(encoding="utf-8")
    return {word: int(count) for word, count in (line.split("\t") for line in table.splitlines())}

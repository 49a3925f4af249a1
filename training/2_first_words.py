"""Recipe 2: count the words that open a name in the corpus, for taking attached particles off.

    python training/2_first_words.py

Reads training/corpus/*.arie and training/whole_words.txt, writes src/arie/data/first_words.tsv (word, count).
«وداعش» is no evidence for a word that begins with و when «داعش» stands in the corpus too, so such forms are
left out; words of whole_words.txt are kept whatever else there is.
"""

from collections import Counter
from pathlib import Path

from arie.readers import read_documents
from arie.text.names import PARTICLES, readable

ROOT = Path(__file__).parent.parent
KNOWN_WHOLE = 5


def main() -> None:
    """Write the table."""
    text = (ROOT / "training/whole_words.txt").read_text(encoding="utf-8")
    whole = {word for line in text.splitlines() if not line.startswith("#") for word in line.split()}
    counts: Counter[str] = Counter()
    persons: Counter[str] = Counter()
    for path in sorted((ROOT / "training/corpus").glob("*.arie")):
        for document in read_documents(path):
            for entity in document.entities:
                word = readable(entity.text).split()[0]
                (persons if entity.label == "PER" else counts)[word] += 1
    # A conjunction before a word that nobody lists is one; persons' names begin with any letter.
    counts = Counter({w: n for w, n in counts.items() if not w.startswith("و") or w in whole}) + persons
    for word in whole:
        counts[word] = max(counts[word], KNOWN_WHOLE)
    kept = {
        word: n
        for word, n in counts.items()
        if len(word) > 1 and word[0].isalpha() and not _prefixed(word, counts, whole)
    }
    rows = (f"{word}\t{count}\n" for word, count in sorted(kept.items()))
    (ROOT / "src/arie/data/first_words.tsv").write_text("".join(rows), encoding="utf-8")
    print(f"{len(kept):,} words")


def _prefixed(word: str, counts: Counter[str], whole: set[str]) -> bool:
    """Say whether this is a known word, or one with the article, behind an attached particle."""
    if word in whole or word[0] not in PARTICLES:
        return False
    rest = word[1:]
    if word[0] in "وف" and rest[:1] in PARTICLES and _prefixed(rest, counts, whole):
        return True
    return rest in counts or rest.startswith("ال") or word.startswith("لل")


if __name__ == "__main__":
    main()

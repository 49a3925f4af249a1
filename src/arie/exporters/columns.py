"""CoNLL-style columns: a word and its BIO tag on each line, a blank line after each sentence; links are lost."""

from itertools import groupby

from arie.document import Document
from arie.text.spans import bio, word_spans
from arie.text.words import find_words, number_sentences


def write_columns(document: Document) -> str:
    """Return the document's words and tags as columns."""
    words = find_words(document.text)
    tags = bio(word_spans(document.entities, words), len(words))
    rows = zip(number_sentences(document.text, words), words, tags, strict=True)
    blocks = [
        "".join(f"{document.text[word.start : word.end]}\t{tag}\n" for _, word, tag in sentence)
        for _, sentence in groupby(rows, key=lambda row: row[0])
    ]
    return "".join(block + "\n" for block in blocks)

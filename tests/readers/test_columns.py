"""CoNLL-style columns to documents, and split-off clitics to words."""

import pytest

from arie.errors import InputError
from arie.readers.columns import SENTENCES, read_clitic_columns, read_columns, rejoin


def columns(*rows):
    return [tuple(row.split()) for row in rows]


@pytest.fixture
def write(tmp_path):
    def write_text(text):
        path = tmp_path / "corpus.tsv"
        path.write_bytes(text.encode())
        return path

    return write_text


def found(document):
    return document.text, [(e.text, e.start, e.label) for e in document.entities]


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("", []),
        ("\n\n", []),
        ("زار O\nسامر B-PERS\n", [("زار سامر", [("سامر", 4, "PERS")])]),
        ("زار\tO\r\nسامر\tB-PERS\r\n\r\n", [("زار سامر", [("سامر", 4, "PERS")])]),
        # sentences are the lines of a document
        ("عاد O\n\n\nسامر B-PERS\nعلي I-PERS\n", [("عاد\nسامر علي", [("سامر علي", 4, "PERS")])]),
        ("حلب B-LOC\nحمص B-LOC\n", [("حلب حمص", [("حلب", 0, "LOC"), ("حمص", 4, "LOC")])]),
        # an I- tag with nothing of its label before it opens a span
        ("تل I-LOC\nأبيض I-LOC\n", [("تل أبيض", [("تل أبيض", 0, "LOC")])]),
        ("علي B-PER\nحلب I-LOC\n", [("علي حلب", [("علي", 0, "PER"), ("حلب", 4, "LOC")])]),
        ("حلب B-LOC\n\nحمص I-LOC\n", [("حلب\nحمص", [("حلب", 0, "LOC"), ("حمص", 4, "LOC")])]),
        # a tag whose token was an invisible character
        ("عاد O\nO\nI-PER\nسامر B-PER\n", [("عاد سامر", [("سامر", 4, "PER")])]),
    ],
)
def test_columns(write, text, documents):
    assert [found(document) for document in read_columns(write(text))] == documents


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("عاد O\nسامر PER\n", r"corpus\.tsv:2: expected a token and a BIO tag, got 'سامر PER'"),
        ("سامر\n", r"corpus\.tsv:1: expected a token"),
        ("عاد O\n\nسامر علي B-PER\n", r"corpus\.tsv:3: expected a token"),
    ],
)
def test_broken_columns_are_refused_with_their_line(write, text, message):
    with pytest.raises(InputError, match=message):
        list(read_columns(write(text)))


@pytest.mark.parametrize(
    ("sentences", "sizes"), [(1, [1]), (SENTENCES, [SENTENCES]), (2 * SENTENCES + 3, [SENTENCES, SENTENCES, 3])]
)
def test_consecutive_sentences_are_put_together(write, sentences, sizes):
    documents = list(read_columns(write("عاد O\n\n" * sentences)))
    assert [document.text.count("عاد") for document in documents] == sizes
    assert [document.id for document in documents] == [f"corpus-{n:05d}" for n in range(1, len(sizes) + 1)]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], []),
        (["قال O", "سامر B-PER"], ["قال O", "سامر B-PER"]),
        (["و O", "قال O"], ["وقال O"]),
        (["و O", "ل O", "حلب B-LOC"], ["ولحلب B-LOC"]),
        (["س O", "يعود O"], ["سيعود O"]),
        # the article loses its alef after ل, and one of three lams is not written
        (["ل O", "الهند B-LOC"], ["للهند B-LOC"]),
        (["ب O", "الهند B-LOC"], ["بالهند B-LOC"]),
        (["ل O", "اللجنة B-ORG"], ["للجنة B-ORG"]),
        (["و O", "ل O", "اللاذقية B-LOC"], ["وللاذقية B-LOC"]),
        # enclitics
        (["عاصمة O", "ها O"], ["عاصمتها O"]),
        (["مقر B-LOC", "ه O", "في O"], ["مقره B-LOC", "في O"]),
        (["ل O", "قادة O", "نا O"], ["لقادتنا O"]),
        # a clitic inside a name keeps the name whole; one that opens it hands its tag on
        (["محمد B-PER", "و I-PER", "علي I-PER"], ["محمد B-PER", "وعلي I-PER"]),
        (["ب B-ORG", "النور I-ORG"], ["بالنور B-ORG"]),
        # a letter at the end, or alone, is a word
        (["فيتامين O", "ب O"], ["فيتامين O", "ب O"]),
        (["ك O"], ["ك O"]),
    ],
)
def test_rejoin(rows, words):
    assert list(rejoin(columns(*rows))) == columns(*words)


def test_clitic_columns_are_read_as_words(write):
    path = write("زار O\nعاصمة O\nها O\nو O\nل O\nحلب B-LOC\n\nو O\nعاد O\n")
    (document,) = read_clitic_columns(path)
    assert found(document) == ("زار عاصمتها ولحلب\nوعاد", [("ولحلب", 12, "LOC")])

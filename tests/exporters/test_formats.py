"""Documents out: what each format writes, and that its reader gives the document back."""

import json

import pytest
from hypothesis import assume, given
from laws import LAW, documents

from arie.checks import find_problems
from arie.document import Document, Entity, Quantity, Relation
from arie.errors import InputError
from arie.exporters import FORMATS
from arie.exporters.columns import write_columns
from arie.exporters.inline import write_inline
from arie.exporters.jsonl import write_jsonl
from arie.labels import LabelSet
from arie.readers import FORMATS as READERS
from arie.readers.inline import parse_inline
from arie.text.words import find_words

NEWS = parse_inline("{غادرت|EVA=e} {12 حافلة|QTY transport<e} {تادف|LOC origin<e}.\nعاد {سامر|PER}", "n1")


@pytest.fixture(scope="module")
def read_back(tmp_path_factory):
    path = tmp_path_factory.mktemp("files") / "file"

    def read(name, content):
        path.write_bytes(content.encode())
        return list(READERS[name](path))

    return read


def core(document):
    """Return what the inline format keeps: ids are given anew in the order of the text."""
    ordered = sorted(document.entities, key=lambda entity: entity.start)
    number = {entity.id: n for n, entity in enumerate(ordered)}
    spans = [(e.start, e.end, e.text, e.label) for e in ordered]
    links = sorted((number[r.head], number[r.tail], r.label) for r in document.relations)
    return document.id, document.text, spans, links


def test_every_format_ends_its_last_line():
    assert set(FORMATS) == {"jsonl", "inline", "columns"}
    for write in FORMATS.values():
        assert write(NEWS).endswith("\n")


def test_jsonl():
    assert json.loads(write_jsonl(NEWS)) == NEWS.to_dict()
    assert write_jsonl(NEWS).count("\n") == 1


def test_inline():
    assert write_inline(NEWS) == (
        "=== n1\n{غادرت|EVA=T1} {12 حافلة|QTY transport<T1} {تادف|LOC origin<T1}.\nعاد {سامر|PER}\n"
    )


def test_inline_escapes_its_own_signs():
    text = r"كتب {حزب أ|ب} \ ثم"
    document = Document(text, (Entity("x", 5, 12, "حزب أ|ب", "ORG", 1.0, ""),), id="d")
    assert write_inline(document) == "=== d\nكتب \\{{حزب أ\\|ب|ORG}\\} \\\\ ثم\n"


def test_columns():
    assert write_columns(NEWS) == (
        "غادرت\tB-EVA\n12\tB-QTY\nحافلة\tI-QTY\nتادف\tB-LOC\n.\tO\n\nعاد\tO\nسامر\tB-PER\n\n"
    )


@pytest.mark.parametrize("text", ["", " \n "])
def test_columns_of_a_text_without_words_are_empty(text):
    assert write_columns(Document(text)) == ""


def test_overlapping_spans_cannot_be_written_inline():
    spans = (Entity("T1", 0, 6, "تل رفع", "LOC", 1.0, ""), Entity("T2", 3, 6, "رفع", "LOC", 1.0, ""))
    with pytest.raises(InputError, match="entity T2 overlaps the one before it; inline markup has flat spans only"):
        write_inline(Document("تل رفعت", spans))


@LAW
@given(document=documents())
def test_jsonl_round_trip(read_back, document):
    assert read_back("jsonl", write_jsonl(document)) == [document]


def test_jsonl_keeps_quantities_scores_and_names(read_back):
    document = Document(
        "نحو 70 أسيرا",
        (Entity("T1", 0, 12, "نحو 70 أسيرا", "QTY", 0.25, "70 أسيرا"), Entity("a b", 4, 6, "70", "X", 0.5, "")),
        (Quantity("T1", 0, 12, "نحو 70 أسيرا", 70, None, 71.5, True, "أسيرا"),),
        (Relation("T1", "a b", "of", 0.125),),
    )
    assert read_back("jsonl", write_jsonl(document)) == [document]


@LAW
@given(document=documents())
def test_inline_round_trip(read_back, document):
    # The format says that it does not keep blank lines at the ends of the text.
    assume(document.text == document.text.strip("\r\n"))
    (found,) = read_back("inline", write_inline(document))
    assert core(found) == core(document)


@pytest.mark.parametrize(
    "text",
    [
        "عنوان\n\nخبر",
        "عنوان\r\nخبر",  # offsets hold in the raw text, so its line ends are kept
        "عنوان\rخبر",
        "عنوان\n=== خبر\nذيل",  # a line that looks like the opening of a document
        "=== خبر",
        "\\",
        "سطر \\\nسطر",
        "أ\u2028ب\x85ج",
    ],
)
def test_inline_round_trip_of_lines(read_back, text):
    assert [document.text for document in read_back("inline", write_inline(Document(text, id="d")))] == [text]


@pytest.mark.parametrize("id", ["خبر 7", "a=b", "a b=c", " "])
def test_inline_keeps_the_text_whatever_the_id(read_back, id):
    document = parse_inline("{غادرت|EVA=e} {حلب|LOC origin<e}", id)
    (found,) = read_back("inline", write_inline(document))
    assert core(found)[1:] == core(document)[1:]


@LAW
@given(document=documents())
def test_columns_round_trip(read_back, document):
    # A span over the end of a sentence is cut by the blank line there.
    assume(not any("runs over" in problem for problem in find_problems(document, LabelSet({}, {}))))
    found = read_back("columns", write_columns(document))
    names = [(" ".join(_words(document, e)), e.label) for e in document.entities]
    assert [(e.text, e.label) for one in found for e in one.entities] == names


def _words(document, entity):
    return [document.text[start:end] for start, end in find_words(document.text) if entity.start <= start < entity.end]

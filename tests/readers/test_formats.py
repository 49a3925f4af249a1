"""Files in: the format by name or ending, plain text and JSON Lines, and what is said of unreadable files."""

import json

import pytest

from arie.document import Document
from arie.errors import InputError
from arie.readers import ENDINGS, FORMATS, read_documents

SAMPLES = {
    "plain": ("عاد سامر", "عاد سامر"),
    "jsonl": (json.dumps({"text": "عاد سامر"}), "عاد سامر"),
    "inline": ("=== one\nعاد {سامر|PER}\n", "عاد سامر"),
    "columns": ("عاد O\nسامر B-PER\n", "عاد سامر"),
    "clitic-columns": ("و O\nعاد O\nسامر B-PER\n", "وعاد سامر"),
}


def test_every_format_has_a_sample():
    assert SAMPLES.keys() == FORMATS.keys()
    assert set(ENDINGS.values()) <= FORMATS.keys()


@pytest.mark.parametrize("name", SAMPLES)
def test_formats_by_name(tmp_path, name):
    content, text = SAMPLES[name]
    path = tmp_path / "file"
    path.write_text(content, encoding="utf-8")
    assert [document.text for document in read_documents(path, name)] == [text]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.jsonl", "jsonl"),
        ("a.JSONL", "jsonl"),
        ("a.arie", "inline"),
        ("a.conll", "columns"),
        ("a.tsv", "columns"),
        ("a.txt", "plain"),
        ("a", "plain"),
        ("a.jsonl.txt", "plain"),
    ],
)
def test_formats_by_ending(tmp_path, file, name):
    path = tmp_path / file
    content, text = SAMPLES[name]
    path.write_text(content, encoding="utf-8")
    assert [document.text for document in read_documents(path)] == [text]


@pytest.mark.parametrize("text", ["", "عاد\n", "أ\r\nب\rج\n\n", "\ufeffعاد", "  عاد \u2028"])
def test_plain_text_is_kept_to_the_character(tmp_path, text):
    path = tmp_path / "خبر 1.txt"
    path.write_bytes(text.encode())
    assert list(read_documents(path)) == [Document(text, id="خبر 1")]


def test_jsonl_skips_blank_lines(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes('\n{"text": "أ"}\r\n  \n{"id": "2", "text": "ب\u2028ج"}'.encode())
    assert list(read_documents(path)) == [Document("أ"), Document("ب\u2028ج", id="2")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "عاد"', r"a\.jsonl:2: not a line of JSON"),
        ("[1]", r"a\.jsonl:2: a document needs a string under 'text'"),
        ('{"text": 1}', r"a\.jsonl:2: a document needs a string"),
        (
            '{"id": "7", "text": "عاد", "entities": [{"id": "T1", "start": 0, "end": 9, "label": "EVA"}]}',
            r"a\.jsonl:2: document 7: span 0:9 lies outside the text of 3 code points",
        ),
    ],
)
def test_broken_jsonl_is_refused_with_its_line(tmp_path, line, message):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "خرج"}\n' + line + "\n", encoding="utf-8")
    documents = read_documents(path)
    assert next(documents).text == "خرج"
    with pytest.raises(InputError, match=message):
        next(documents)


@pytest.mark.parametrize("name", FORMATS)
def test_a_missing_file_is_an_input_error(tmp_path, name):
    with pytest.raises(InputError, match=r"cannot read .*nowhere.*give the path of a readable file"):
        list(read_documents(tmp_path / "nowhere", name))


@pytest.mark.parametrize("name", FORMATS)
def test_another_encoding_is_an_input_error(tmp_path, name):
    path = tmp_path / "old.txt"
    path.write_bytes("=== one\nعاد سامر".encode("cp1256"))
    with pytest.raises(InputError, match=r"old\.txt is not UTF-8 \(byte \d+\); convert it first.*iconv"):
        list(read_documents(path, name))


def test_a_folder_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="cannot read"):
        list(read_documents(tmp_path))


def test_an_unknown_format_is_an_input_error(tmp_path):
    with pytest.raises(
        InputError, match="unknown format 'xml'; known are plain, jsonl, inline, columns, clitic-columns"
    ):
        list(read_documents(tmp_path / "a.txt", "xml"))

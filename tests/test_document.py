"""Documents hold together where they are made, and keep everything on the way to JSON and back."""

import dataclasses
import json

import pytest

from arie.document import Document, Entity, Quantity, Relation
from arie.errors import ArieError, InputError

TEXT = "غادرت 12 حافلة بلدة تادف"
RAW = {
    "id": "n1",
    "text": TEXT,
    "entities": [
        {"id": "T1", "start": 0, "end": 5, "label": "EVA"},
        {"id": "T2", "start": 6, "end": 14, "label": "QTY", "text": "12 حافلة", "score": 0.75, "name": "حافلات"},
        {"id": "T3", "start": 20, "end": 24, "label": "LOC"},
    ],
    "quantities": [
        {
            "entity": "T2",
            "start": 6,
            "end": 14,
            "text": "12 حافلة",
            "value": 12,
            "low": 12,
            "high": 12,
            "approx": False,
            "unit": "حافلة",
        }
    ],
    "relations": [{"head": "T1", "tail": "T3", "label": "origin"}],
}


def changed(key, index, **values):
    """Return RAW with some values of one item of a list replaced."""
    items = [dict(item) for item in RAW[key]]
    items[index] |= values
    return RAW | {key: items}


def without(key, index, name):
    items = [dict(item) for item in RAW[key]]
    del items[index][name]
    return RAW | {key: items}


def test_gold_files_may_leave_out_what_follows_from_the_text():
    document = Document.from_dict(RAW)
    assert document.entities[0] == Entity("T1", 0, 5, "غادرت", "EVA", 1.0, "غادرت")
    assert document.entities[1] == Entity("T2", 6, 14, "12 حافلة", "QTY", 0.75, "حافلات")
    assert document.quantities == (Quantity("T2", 6, 14, "12 حافلة", 12, 12, 12, False, "حافلة"),)
    assert document.relations == (Relation("T1", "T3", "origin", 1.0),)
    assert document.by_id["T3"].text == "تادف"


@pytest.mark.parametrize("raw", [RAW, {"text": ""}, {"text": "أ\r\nب\u2028ج", "id": "7"}, {"text": TEXT, "id": None}])
def test_dict_and_json_forms_keep_everything(raw):
    document = Document.from_dict(raw)
    assert Document.from_dict(document.to_dict()) == document
    line = document.to_json()
    assert Document.from_dict(json.loads(line)) == document
    assert "\n" not in line


def test_json_shows_arabic_as_it_is():
    assert "غادرت" in Document(TEXT).to_json()


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"id": "n1"}, "needs a string under 'text'"),
        ({"text": 5}, "needs a string under 'text'"),
        ({"text": b"abc"}, "needs a string under 'text'"),
        (["غادرت"], "needs a string under 'text'"),
        (changed("entities", 0, end=99), "span 0:99 lies outside the text of 24 code points"),
        (changed("entities", 0, start=-1), "lies outside"),
        (changed("entities", 0, end=0), "span 0:0 lies outside"),
        (changed("entities", 0, start=5, end=3), "span 5:3 lies outside"),
        (changed("entities", 1, text="12 باصا"), "was the text changed after labelling"),
        (changed("quantities", 0, start=5), "span 5:14 says '12 حافلة' but the text there is ' 12 حافلة'"),
        (changed("entities", 0, id="T2"), "two entities share an id"),
        (changed("relations", 0, tail="T9"), r"point to \['T9'\], which no entity has"),
        (changed("quantities", 0, entity="T8"), r"point to \['T8'\]"),
        (changed("entities", 0, start=0.0), "offset 0.0 is no whole number"),
        (changed("entities", 0, start=False), "offset False is no whole number"),
        (changed("entities", 0, end="5"), "offset '5' is no whole number"),
        (changed("entities", 0, score="high"), "not in the expected form"),
        (changed("quantities", 0, value="many"), "n1"),
        (without("entities", 0, "label"), "entities need id, start, end, label"),
        (without("relations", 0, "head"), "relations need head, tail, label"),
        (without("quantities", 0, "unit"), "'unit'"),
        (RAW | {"entities": None}, "not in the expected form"),
        (RAW | {"entities": ["T1"]}, "not in the expected form"),
        (RAW | {"relations": 4}, "document 'n1' is not in the expected form"),
    ],
)
def test_broken_documents_are_refused(raw, message):
    with pytest.raises(InputError, match=message) as caught:
        Document.from_dict(raw)
    assert isinstance(caught.value, ArieError)
    assert isinstance(caught.value, ValueError)


def test_messages_name_the_document():
    with pytest.raises(InputError, match="document n1: two entities"):
        Document.from_dict(changed("entities", 0, id="T2"))


@pytest.mark.parametrize(
    ("text", "start", "surface"),
    [
        ("😀 حلب", 2, "حلب"),  # an emoji is one code point (two in UTF-16, four bytes)
        ("❤\ufe0f حلب", 3, "حلب"),
        ("سطر\r\nحلب", 5, "حلب"),
        ("ا\u0654حمد في حلب", 9, "حلب"),  # NFD: alef and hamza are two
        ("\u200fحلب", 1, "حلب"),
    ],
)
def test_offsets_are_code_points(text, start, surface):
    raw = {"text": text, "entities": [{"id": "T1", "start": start, "end": start + 3, "label": "LOC"}]}
    assert Document.from_dict(raw).entities[0].text == surface


@pytest.mark.parametrize(
    ("noun", "field"),
    [
        (Document(TEXT), "text"),
        (Entity("T1", 0, 5, "غادرت", "EVA", 1.0, "غادرت"), "start"),
        (Quantity("T1", 0, 2, "12", 12, 12, 12, False, None), "value"),
        (Relation("T1", "T2", "origin", 1.0), "head"),
    ],
)
def test_nouns_are_frozen(noun, field):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(noun, field, None)

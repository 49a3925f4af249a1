"""The public interface: names, cheap import, the documented behaviour of extract and load."""

import json
import subprocess
import sys
from dataclasses import FrozenInstanceError

import pytest

import arie

TEXT = (
    "غادرت 12 حافلة تقل نحو 300 من مقاتلي الفصائل مدينة داريا باتجاه إدلب مساء الجمعة، بموجب اتفاق مع الحكومة السورية."
)


def test_all_is_sorted_and_whole():
    assert sorted(arie.__all__) == arie.__all__
    assert all(hasattr(arie, name) for name in arie.__all__)


def test_import_is_cheap_and_light():
    # Speed itself is measured in the benchmark; what would make it slow is held here.
    code = (
        "import sys, arie; print(*(m for m in ('torch', 'transformers', 'numpy', 'onnxruntime') if m in sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""


def test_extracting_needs_no_torch():
    code = (
        f"import sys, arie; arie.extract({TEXT!r}); print(*(m for m in ('torch', 'transformers') if m in sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""


def test_extract_reads_a_sentence():
    document = arie.extract(TEXT)
    found = {(e.label, e.name) for e in document.entities}
    assert {("LOC", "داريا"), ("LOC", "إدلب"), ("AGR", "اتفاق"), ("EVA", "غادرت")} <= found
    (buses, *_) = document.quantities
    assert (buses.text, buses.value, buses.unit) == ("12 حافلة", 12, "حافلة")
    links = {(r.label, document.by_id[r.tail].name) for r in document.relations}
    assert {("origin", "داريا"), ("destination", "إدلب"), ("transport", "12 حافلة")} <= links
    for entity in document.entities:
        assert TEXT[entity.start : entity.end] == entity.text
        assert 0.0 < entity.score <= 1.0


def test_documents_are_frozen_and_round_trip():
    document = arie.extract(TEXT)
    with pytest.raises(FrozenInstanceError):
        document.text = ""
    assert arie.Document.from_dict(json.loads(document.to_json())) == document


def test_load_takes_names_and_folders(shipped):
    from arie.resources import find_model

    by_name, by_folder = arie.load("arie-small", device="cpu"), arie.load(find_model(None), device="cpu")
    assert by_name(TEXT) == by_folder(TEXT) == shipped(TEXT)

"""Every kind of text that arrives: bad input, odd Unicode, long texts, many texts."""

import shutil
import unicodedata

import pytest

from arie.document import Document
from arie.errors import InputError, MissingExtraError, ModelError
from arie.pipeline import Extractor, load
from arie.readers.inline import parse_inline
from arie.resources import find_model

SENTENCE = "نقلت أربع حافلات نحو 180 مدنيا من بلدة مضايا إلى إدلب أمس الأحد بموجب اتفاق بين حركة أحرار الشام وإيران."


def spans(document):
    return [(e.start, e.end, e.label) for e in document.entities]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "expected a text.*NoneType"),
        (b"\xd8\xad\xd9\x84\xd8\xa8", "got bytes; decode it first"),
        (7, "got int"),
        (["حلب"], "got list"),
        ("حلب \ud800", "lone surrogate.*U\\+D800.*offset 4"),
    ],
)
def test_what_is_no_text_is_refused(shipped, text, message):
    with pytest.raises(InputError, match=message):
        shipped(text)


@pytest.mark.parametrize("text", ["", " ", "\n\t \u200f", "12,500", "The army left Aleppo.", "🚌 → 🏠", "\ufeff"])
def test_text_without_arabic_gives_an_empty_document(shipped, text):
    assert shipped(text) == Document(text)


@pytest.mark.parametrize("texts", ["حلب", b"abc"])
def test_a_single_text_is_no_batch(shipped, texts):
    with pytest.raises(InputError, match="expected several texts"):
        shipped.batch(texts)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("حافلات", "حافـــلات"),
        lambda text: text.replace("نقلت", "نَقَلَتْ"),
        lambda text: text.replace("180", "١٨٠"),
        lambda text: text.replace("180", "۱۸۰"),
        lambda text: "\u202b" + text + "\u202c",
        lambda text: text.replace("إدلب", "إد\u200fلب"),
        lambda text: text.replace("الأحد", "ا\ufef7حد"),
        lambda text: text.replace("إلى", "الي\ufe0f"),
    ],
)
def test_offsets_hold_in_every_spelling(shipped, change):
    text = change(SENTENCE)
    document = shipped(text)
    assert all(text[e.start : e.end] == e.text for e in document.entities)
    plain = shipped(SENTENCE)
    assert len({e.label for e in plain.entities} - {e.label for e in document.entities}) <= 1


def test_tatweel_and_diacritics_change_nothing_for_the_model(shipped):
    decorated = SENTENCE.replace("مضايا", "مَضـــايا")
    plain, other = shipped(SENTENCE), shipped(decorated)
    assert [(e.label, e.name, e.score) for e in plain.entities] == [(e.label, e.name, e.score) for e in other.entities]
    assert [(r.head, r.tail, r.label) for r in plain.relations] == [(r.head, r.tail, r.label) for r in other.relations]


def test_batches_of_any_length_are_in_order_and_equal_single_texts(shipped):
    texts = [SENTENCE.replace("مضايا", place) for place in ("الزبداني", "عدن", "طرابلس")] * 11 + ["", "حلب"]
    batch = shipped.batch(texts)
    assert [document.text for document in batch] == texts
    assert batch[:3] == [shipped(text) for text in texts[:3]]
    assert shipped.batch([]) == []


def test_a_stream_is_read_as_it_is_used(shipped):
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield "غادر الجنود بلدة الراعي."

    stream = shipped.stream(endless())
    assert [next(stream).text for _ in range(3)] == ["غادر الجنود بلدة الراعي."] * 3
    assert taken <= 32


def test_a_long_text_loses_nothing(shipped):
    paragraph = SENTENCE + "\n"
    text = paragraph * 60
    document = shipped(text)
    places = [e.start for e in document.entities if e.name == "مضايا"]
    assert places == [i * len(paragraph) + paragraph.index("مضايا") for i in range(60)]


def test_a_text_of_a_megabyte_is_read_to_its_end(tiny):
    extractor = Extractor(tiny.folder, "cpu")
    paragraph = "غادرت 12 حافلة تقل مقاتلي الفيلق مدينة حلب.\n"
    text = paragraph * (1_000_000 // len(paragraph.encode()) + 1)
    document = extractor(text)
    assert len(text.encode()) >= 1_000_000
    assert document.entities[-1].end > len(text) - len(paragraph)
    assert len(document.relations) > 10_000


@pytest.mark.parametrize("text", ["غادر الفيلق حلب " * 2000, "ا" * 20_000, "غادر " + "،" * 3000 + " حلب"])
def test_texts_without_a_full_stop_or_without_spaces(tiny, text):
    document = Extractor(tiny.folder, "cpu")(text)
    assert document.text == text


def test_relate_links_the_entities_that_are_given(shipped):
    gold = parse_inline("{نقلت|EVA} {أربع حافلات|QTY} {المدنيين|GRP} من {مضايا|LOC} إلى {إدلب|LOC}.")
    related = shipped.relate(gold)
    assert related.entities == gold.entities
    found = {(r.label, related.by_id[r.tail].text) for r in related.relations}
    assert {("origin", "مضايا"), ("destination", "إدلب"), ("evacuee", "المدنيين")} <= found


def test_relate_refuses_labels_it_does_not_know(shipped):
    with pytest.raises(InputError, match="labels that this model does not know"):
        shipped.relate(parse_inline("{نقلت|MOVE} المدنيين"))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda folder: shutil.rmtree(folder), "there is no model"),
        (lambda folder: (folder / "model.toml").unlink(), "no model folder"),
        (lambda folder: (folder / "encoder.onnx").unlink(), "cannot load the graph"),
        (lambda folder: (folder / "encoder.onnx").write_bytes(b"nonsense"), "cannot load the graph"),
        (lambda folder: (folder / "tagger.onnx").write_bytes(b""), "cannot load the graph"),
        (lambda folder: (folder / "tokenizer.json").write_text("{"), "cannot read the tokenizer"),
        (lambda folder: (folder / "labels.toml").write_text("[spans]"), "damaged"),
        (lambda folder: (folder / "model.toml").write_text("encoder = 'x'\ncolour = 1"), "unknown key 'colour'"),
    ],
)
def test_a_broken_model_is_a_clear_error(tiny, tmp_path, damage, message):
    folder = tmp_path / "model"
    shutil.copytree(tiny.folder, folder)
    damage(folder)
    with pytest.raises(ModelError, match=message):
        load(folder, "cpu")


def test_an_unknown_model_name_lists_the_known_ones():
    with pytest.raises(ModelError, match="one of: arie-small"):
        load("arie-huge")


def test_an_unknown_device_is_refused():
    with pytest.raises(InputError, match="unknown device 'tpu'; expected one of auto, cpu, cuda"):
        load(find_model(None), device="tpu")


def test_cuda_without_a_gpu_is_a_clear_error(monkeypatch):
    torch = pytest.importorskip("torch", reason="needs the extra 'gpu'")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(InputError, match="no usable GPU"):
        load(find_model(None), device="cuda")


def test_cuda_without_torch_names_the_extra(monkeypatch):
    monkeypatch.setattr("arie.runtime.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"arie\[gpu\]"):
        load(find_model(None), device="cuda")

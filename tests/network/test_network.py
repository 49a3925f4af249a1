"""A tiny BERT in AraBERT's form: trained from a config, saved, exported, and the same in every runtime."""

import shutil

import numpy as np
import pytest
from samples import REPORTS

torch = pytest.importorskip("torch", reason="the network needs the extra 'train'")

from arie.config import ModelConfig  # noqa: E402
from arie.decoding.spans import bio_tags  # noqa: E402
from arie.errors import ModelError  # noqa: E402
from arie.labels import read_labels  # noqa: E402
from arie.network.encoder import encode  # noqa: E402
from arie.network.model import allowed_logits  # noqa: E402
from arie.network.quantize import pack, settle, unpack  # noqa: E402
from arie.network.storage import load_network, new_network  # noqa: E402
from arie.pipeline import Extractor  # noqa: E402
from arie.readers.inline import parse_inline  # noqa: E402
from arie.resources import find_file  # noqa: E402
from arie.runtime.onnx import OnnxRuntime  # noqa: E402
from arie.runtime.torch import TorchRuntime  # noqa: E402
from arie.train.finish import to_int8  # noqa: E402

LABELS = read_labels(find_file("configs/labels.toml"))
TEXTS = [
    "غادرت 12 حافلة تقل مقاتلي الفيلق مدينة حلب.",
    "توصل الفيلق إلى اتفاق يقضي بخروج المدنيين من حلب أمس. ثم نُقل سامر إلى دمشق!",
    "غـــادرت ١٢ حافلة حلب\nقالت الوكالة إن الطقس بارد",
    "غادرت حافلة " * 60,
]


def test_encoder_pass_equals_transformers(tiny):
    bert = load_network(tiny.folder).network.bert.eval()
    pieces = torch.randint(5, 60, (3, 16))
    mask = torch.ones_like(pieces)
    mask[1, 10:] = 0
    with torch.no_grad():
        ours = encode(bert, pieces, mask)
        theirs = bert(input_ids=pieces, attention_mask=mask).last_hidden_state
    assert torch.allclose(ours[mask.bool()], theirs[mask.bool()], atol=1e-5)


def test_training_learns_its_reports(tiny):
    extractor = Extractor(tiny.folder, "cpu")
    found = right = gold = 0
    for markup in REPORTS.split("=== ")[1:]:
        document = parse_inline(markup.split("\n", 1)[1].strip())
        said = {(e.start, e.end, e.label) for e in extractor(document.text).entities}
        true = {(e.start, e.end, e.label) for e in document.entities}
        found, gold, right = found + len(said), gold + len(true), right + len(said & true)
    assert 2 * right / (found + gold) > 0.8


@pytest.mark.parametrize("text", TEXTS)
def test_torch_and_onnx_give_the_same_document(tiny, text):
    light = Extractor(tiny.folder, "cpu")
    heavy = Extractor(tiny.folder, "cpu")
    heavy.runtime = TorchRuntime(tiny.folder, "cpu")
    assert isinstance(light.runtime, OnnxRuntime)
    ours, theirs = light(text), heavy(text)
    assert [(e.start, e.end, e.label) for e in ours.entities] == [(e.start, e.end, e.label) for e in theirs.entities]
    assert [(r.head, r.tail, r.label) for r in ours.relations] == [(r.head, r.tail, r.label) for r in theirs.relations]
    assert np.allclose([e.score for e in ours.entities], [e.score for e in theirs.entities], atol=2e-4)


def test_graphs_take_other_shapes_than_they_were_exported_with(tiny):
    runtime, network = OnnxRuntime(tiny.folder), load_network(tiny.folder).network.eval()
    random = np.random.default_rng(1)
    tags = random.integers(0, 21, (3, 11))
    tags[1, 7:] = -1
    states = random.normal(size=(3, 11, 48)).astype(np.float32)
    pairs = np.array([[0, 2, 4, 7, 8], [1, 5, 6, 0, 0], [2, 10, 10, 9, 9], [0, 0, 0, 10, 10]])
    with torch.no_grad():
        expected = network.relate(torch.from_numpy(states), torch.from_numpy(tags), torch.from_numpy(pairs))
    assert np.allclose(runtime.relate(states, tags, pairs), expected.numpy(), atol=1e-4)


def test_int8_gives_the_numbers_of_the_rounded_network(tiny, tmp_path):
    folder = tmp_path / "int8"
    shutil.copytree(tiny.folder, folder)
    to_int8(folder)
    pieces, mask = np.arange(5, 45).reshape(1, 40), np.ones((1, 40), np.int64)
    packed = OnnxRuntime(folder).encode(pieces, mask)
    assert np.allclose(packed, TorchRuntime(folder, "cpu").encode(pieces, mask), atol=1e-4)
    exact = OnnxRuntime(tiny.folder).encode(pieces, mask)
    assert (exact * packed).sum() / np.linalg.norm(exact) / np.linalg.norm(packed) > 0.99
    assert (folder / "encoder.onnx").stat().st_size < 0.6 * (tiny.folder / "encoder.onnx").stat().st_size


@pytest.mark.parametrize("shape", [(7, 64), (3, 48), (5, 2, 32), (4, 7)])
def test_rounded_weights_are_packed_without_loss_and_exact_in_half_precision(shape):
    weights = np.random.default_rng(5).normal(scale=0.05, size=shape).astype(np.float32)
    weights.flat[0] = 0.0
    settled = settle(weights)
    assert np.array_equal(unpack(*pack(settled)), settled)
    assert np.array_equal(settled.astype(np.float16).astype(np.float32), settled)
    assert np.abs(settled - weights).max() <= np.abs(weights).max() / 127


def test_a_block_of_zeros_stays_zero():
    assert not settle(np.zeros((2, 32), np.float32)).any()


@pytest.mark.parametrize(
    ("head", "tail", "relation", "possible"),
    [
        ("B-EVA", "B-LOC", "origin", True),
        ("I-EVA", "B-LOC", "origin", True),
        ("B-LOC", "B-EVA", "origin", False),
        ("B-AGR", "B-EVA", "provides", True),
        ("O", "B-LOC", "origin", False),
    ],
)
def test_signatures_are_masked(head, tail, relation, possible):
    tags = bio_tags(LABELS)
    table = allowed_logits(tags, LABELS)
    column = 1 + list(LABELS.relations).index(relation)
    assert (table[tags.index(head), tags.index(tail), column] == 0) == possible
    assert table[tags.index(head), tags.index(tail), 0] == 0


def test_a_missing_encoder_is_our_error(tmp_path):
    with pytest.raises(ModelError, match="cannot load the encoder"):
        new_network(ModelConfig(encoder=str(tmp_path / "nothing")), find_file("configs/labels.toml"))

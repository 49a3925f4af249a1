"""The seed articles and their gold, and what the shipped model must reach on them."""

import json

import pytest
from samples import ROOT, SEEDS

from arie.checks import find_problems
from arie.labels import read_labels
from arie.pipeline import Extractor
from arie.readers import read_documents
from arie.resources import find_file, find_model
from arie.scoring import score_model

LABELS = read_labels(find_file("configs/labels.toml"))
GOLD = list(read_documents(SEEDS / "gold.jsonl"))


@pytest.fixture(scope="module")
def report(shipped):
    pytest.importorskip("seqeval", reason="scores need the extra 'evaluate'")
    return score_model(shipped, GOLD, {}).to_dict()


def test_gold_texts_are_the_articles_to_the_byte():
    for document in GOLD:
        assert (SEEDS / f"{document.id}.txt").read_bytes() == document.text.encode()
    assert len(GOLD) == len(list(SEEDS.glob("*.txt"))) == 5


@pytest.mark.parametrize("document", GOLD, ids=lambda document: document.id)
def test_gold_follows_the_guidelines(document):
    assert list(find_problems(document, LABELS)) == []


@pytest.mark.parametrize(("metric", "least"), [("spans_strict", 0.82), ("relations_strict", 0.50)])
def test_the_shipped_model_reaches_what_it_must(report, metric, least):
    assert report[metric]["f1"] >= least


def test_the_report_beside_the_model_is_of_this_model(report):
    stored = json.loads((find_model(None) / "report.json").read_text(encoding="utf-8"))
    for metric in ("spans_strict", "relations_strict", "relations_gold_spans"):
        # int8 kernels differ in the last digits between processors, so a span may flip.
        assert stored[metric]["f1"] == pytest.approx(report[metric]["f1"], abs=0.01)


def test_the_files_for_a_cpu_are_small():
    folder = find_model(None)
    files = ("encoder.onnx", "tagger.onnx", "relations.onnx", "tokenizer.json", "model.toml", "labels.toml")
    assert sum((folder / name).stat().st_size for name in files) <= 45_000_000


def test_torch_and_onnx_agree_on_the_seeds(shipped, tmp_path):
    pytest.importorskip("torch", reason="the network in torch needs the extra 'gpu'")
    from arie.network.export import export_graphs
    from arie.network.storage import load_network
    from arie.runtime.torch import TorchRuntime

    folder = find_model(None)
    for name in ("model.toml", "labels.toml", "tokenizer.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    export_graphs(load_network(folder).network, tmp_path)
    exact = Extractor(tmp_path, "cpu")
    heavy = Extractor(tmp_path, "cpu")
    heavy.runtime = TorchRuntime(folder, "cpu")
    texts = [document.text for document in GOLD]

    def spans(extractor):
        return {(i, e.start, e.end, e.label) for i, d in enumerate(extractor.batch(texts)) for e in d.entities}

    truth, same, rounded = spans(heavy), spans(exact), spans(shipped)
    assert same == truth
    # The shipped graph has the same weights, packed; only the order of additions may differ between processors.
    assert len(truth & rounded) / len(truth | rounded) >= 0.99


def test_the_corpus_follows_the_guidelines_and_shares_nothing_with_the_seeds():
    from arie.train.sources import word_runs

    held_out = {run for document in GOLD for run in word_runs(document.text)}
    ids = []
    for path in sorted((ROOT / "training/corpus").glob("*.arie")):
        for document in read_documents(path):
            ids.append(document.id)
            assert list(find_problems(document, LABELS)) == [], document.id
            assert held_out.isdisjoint(word_runs(document.text)), document.id
    assert len(ids) == len(set(ids)) >= 120

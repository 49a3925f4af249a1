"""What training learns from, what it refuses, and that a resumed run is the run that was broken off."""

import math

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra 'train'")

from samples import REPORTS, SEEDS  # noqa: E402

from arie.config import read_config  # noqa: E402
from arie.decoding.spans import bio_tags  # noqa: E402
from arie.errors import InputError  # noqa: E402
from arie.labels import read_labels  # noqa: E402
from arie.resources import find_file  # noqa: E402
from arie.text.spans import WordSpan  # noqa: E402
from arie.train import loop  # noqa: E402
from arie.train.checkpoint import CHECKPOINT  # noqa: E402
from arie.train.config import TrainConfig  # noqa: E402
from arie.train.finish import finish  # noqa: E402
from arie.train.losses import tag_loss  # noqa: E402
from arie.train.sources import load_documents  # noqa: E402
from arie.train.targets import allowed_tags  # noqa: E402

LABELS = read_labels(find_file("configs/labels.toml"))
TAGS = bio_tags(LABELS)


def test_what_a_corpus_does_not_tell_is_not_learnt_as_o():
    meanings = {"ORG": ("ORG", "ARM"), "MISC": ()}
    allowed = allowed_tags([WordSpan(1, 3, "ORG", 1.0), WordSpan(3, 4, "MISC", 1.0)], 5, meanings, ("PER", "ORG"), TAGS)

    def said(word):
        return {tag for tag, possible in zip(TAGS, allowed[word], strict=True) if possible}

    assert {"O", "B-TIME", "B-ARM"} <= said(0)
    assert not {"B-PER", "B-ORG", "I-ORG"} & said(0)
    assert said(1) == {"B-ORG", "B-ARM"}
    assert said(2) == {"I-ORG", "I-ARM"}
    assert said(3) == set(TAGS)


def test_tag_loss_is_the_marginal_likelihood():
    logits = torch.log(torch.tensor([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]]))
    allowed = torch.tensor([[True, True, False], [True, True, True]])
    assert math.isclose(tag_loss(logits, allowed).item(), -math.log(0.8) / 2, rel_tol=1e-5)


def make_config(tiny_config, reports, tmp_path, **changes):
    from dataclasses import replace

    path = tmp_path / "reports.arie"
    path.write_text(reports, encoding="utf-8")
    config = read_config(tiny_config, TrainConfig)
    source = replace(config.sources[0], files=(str(path),))
    return replace(config, sources=(source,), output=str(tmp_path / "model"), **changes)


@pytest.mark.parametrize(
    ("reports", "message"),
    [
        ("=== a\n{غادر|EVA=e} {حلب|PARTY}", "unknown label"),
        ("=== a\n{غادر|EVA=e} {حلب|LOC party<e}", "does not join"),
        ("=== a\n{غادر|EVA=e}.\nمن {حلب|LOC origin<e}", "one sentence"),
        ("=== a\n{غا|EVA}در", "word boundaries"),
        ("=== a\nغادر {حلب|LOC", "never closed"),
        ("=== a\n{حلب|LOC origin<e}", "which no span has"),
        ("غادر", "starts with a line"),
    ],
)
def test_reports_that_break_the_guidelines_are_refused(tiny_config, tmp_path, reports, message):
    with pytest.raises(InputError, match=message):
        list(load_documents(make_config(tiny_config, reports, tmp_path), LABELS))


def test_reports_that_share_eight_words_with_a_seed_are_refused(tiny_config, tmp_path):
    seed = next(iter(sorted(SEEDS.glob("*.txt")))).read_text(encoding="utf-8")
    stolen = " ".join(seed.replace("{", "").replace("}", "").split()[20:36])
    with pytest.raises(InputError, match="shares a run of 8 words"):
        list(load_documents(make_config(tiny_config, f"=== a\n{stolen}", tmp_path), LABELS))


class BrokenOffError(Exception):
    """Stands for a power cut."""


@pytest.mark.parametrize(("minutes", "cause"), [(0.0, BrokenOffError), (60.0, KeyboardInterrupt)])
def test_a_resumed_run_ends_with_the_same_weights(tiny_config, tmp_path, monkeypatch, minutes, cause):
    from dataclasses import replace

    options = replace(read_config(tiny_config, TrainConfig).optimizer, epochs=6, checkpoint_minutes=minutes)
    config = make_config(tiny_config, REPORTS, tmp_path, optimizer=options)
    monkeypatch.setattr(loop, "export_graphs", lambda network, folder: None)
    whole = weights(loop.train(replace(config, output=str(tmp_path / "whole"))).folder)

    steps = []

    def cut(*arguments):
        steps.append(1)
        if len(steps) > 3:
            raise cause
        return loss(*arguments)

    loss = loop.joint_loss
    monkeypatch.setattr(loop, "joint_loss", cut)
    with pytest.raises(cause):
        loop.train(config)
    assert (tmp_path / "model" / CHECKPOINT).exists()
    monkeypatch.setattr(loop, "joint_loss", loss)
    resumed = weights(loop.train(config, resume=True).folder)
    assert all(np.array_equal(whole[name], resumed[name]) for name in whole)


def test_a_checkpoint_of_another_run_is_refused(tiny_config, tmp_path, monkeypatch):
    from dataclasses import replace

    options = replace(read_config(tiny_config, TrainConfig).optimizer, epochs=2, checkpoint_minutes=0.0)
    config = make_config(tiny_config, REPORTS, tmp_path, optimizer=options)
    monkeypatch.setattr(loop, "export_graphs", lambda network, folder: None)
    loop.train(config)
    other = replace(config, optimizer=replace(options, seed=99))
    with pytest.raises(InputError, match="another config or other data"):
        loop.train(other, resume=True)


def test_a_finished_run_is_scored_packed_and_not_run_again(tiny_config, tmp_path):
    from dataclasses import replace

    pytest.importorskip("seqeval", reason="scores need the extra 'evaluate'")
    options = replace(read_config(tiny_config, TrainConfig).optimizer, epochs=2)
    reports = "".join(REPORTS.replace("tiny-", f"copy{i}-") for i in range(6))
    config = make_config(tiny_config, reports, tmp_path, optimizer=options, development=0.3, encoder="int8")
    trained = loop.train(config)
    assert 0 < len(trained.development) < 24
    folder = finish(trained, config)
    assert (folder / "development/report.json").exists()
    assert not (folder / CHECKPOINT).exists()
    written = (folder / "encoder.onnx").stat().st_mtime_ns
    again = loop.train(config, resume=True)
    assert again.complete
    assert finish(again, config) == folder
    assert (folder / "encoder.onnx").stat().st_mtime_ns == written


def test_a_run_can_start_from_a_model_and_keeps_its_heads(tiny, tmp_path):
    from dataclasses import replace

    from arie.train.base import open_base

    config = read_config(tiny.config, TrainConfig)
    start = open_base(replace(config, start=str(tiny.folder), model=None))
    stored = weights(tiny.folder)
    for name, tensor in start.network.state_dict().items():
        assert np.array_equal(tensor.numpy(), stored[name].astype(np.float32)), name
    labels = tmp_path / "labels.toml"
    labels.write_text('[spans]\nPER = "person"\n', encoding="utf-8")
    fresh = open_base(replace(config, start=str(tiny.folder), model=None, labels=str(labels)))
    assert fresh.network.tags == ("O", "B-PER", "I-PER")
    assert fresh.network.relations is None
    assert np.array_equal(
        fresh.network.state_dict()["bert.embeddings.word_embeddings.weight"].numpy(),
        stored["bert.embeddings.word_embeddings.weight"].astype(np.float32),
    )


def weights(folder):
    from safetensors.numpy import load_file

    return load_file(folder / "model.safetensors")

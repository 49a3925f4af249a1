"""Every config in the repository can be read, and names files that there are."""

import pytest
from samples import ROOT

from arie.config import ModelConfig, read_config
from arie.labels import read_labels

MODELS = sorted((ROOT / "configs/model").glob("*.toml"))
RUNS = sorted((ROOT / "configs/train").glob("*.toml"))


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.name)
def test_model_configs_are_whole(path):
    config = read_config(path, ModelConfig)
    assert config.encoder
    assert config.windows.overlap < config.windows.size


@pytest.mark.parametrize("path", RUNS, ids=lambda path: path.name)
def test_training_configs_are_whole(path, monkeypatch):
    pytest.importorskip("torch", reason="training needs the extra 'train'")
    from arie.train.config import TrainConfig
    from arie.train.targets import meanings_of

    monkeypatch.chdir(ROOT)
    config = read_config(path, TrainConfig)
    labels = read_labels(ROOT / config.labels)
    assert config.start or (ROOT / config.model).is_file()
    for source in config.sources:
        assert meanings_of(source, labels)


@pytest.mark.parametrize("path", RUNS, ids=lambda path: path.name)
def test_public_corpora_are_read_and_mapped(path, monkeypatch):
    pytest.importorskip("torch", reason="training needs the extra 'train'")
    from itertools import islice

    from arie.readers import read_documents
    from arie.train.config import TrainConfig
    from arie.train.sources import expand
    from arie.train.targets import meanings_of

    if not (ROOT.parent / "shared/data").is_dir():
        pytest.skip("the public corpora do not lie beside this checkout")
    monkeypatch.chdir(ROOT)
    config = read_config(path, TrainConfig)
    labels = read_labels(ROOT / config.labels)
    for source in config.sources:
        for file in expand(source.files):
            assert not file.name.startswith("camel_test")
            for document in islice(read_documents(file, source.format), 300):
                assert {e.label for e in document.entities} <= meanings_of(source, labels).keys()

"""Models for the tests: the shipped one, and a tiny BERT in AraBERT's form that is trained in seconds."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from samples import REPORTS, ROOT, SEEDS

from arie.resources import find_file, find_model


@dataclass(frozen=True)
class TinyModel:
    """A trained tiny model: its folder, the config it came from and the folder of its base encoder."""

    folder: Path
    config: Path
    encoder: Path


@pytest.fixture(scope="session")
def shipped():
    """Return the shipped model on the CPU."""
    from arie.pipeline import Extractor

    return Extractor(find_model(None), "cpu")


@pytest.fixture(scope="session")
def tiny_config(tmp_path_factory) -> Path:
    """Return a training config for a tiny BERT whose vocabulary has AraBERT's form (WordPiece, [CLS], ##)."""
    pytest.importorskip("torch", reason="training needs the extra 'train'")
    folder = tmp_path_factory.mktemp("tiny")
    write_encoder(folder / "encoder")
    (folder / "reports.arie").write_text(REPORTS, encoding="utf-8")
    model = (ROOT / "configs/model/arabert.toml").read_text(encoding="utf-8")
    replaced = {"encoder": f'encoder = "{folder / "encoder"}"', "size": "size = 48", "overlap": "overlap = 12"}
    lines = [replaced.get(line.split(" ")[0], line) for line in model.splitlines()]
    (folder / "model.toml").write_text("\n".join(lines), encoding="utf-8")
    config = folder / "train.toml"
    config.write_text(
        f"""
model = "{folder}/model.toml"
labels = "{find_file("configs/labels.toml")}"
output = "{folder}/model"
encoder = "float32"
held_out = ["{SEEDS}/*.txt"]

[optimizer]
epochs = 60
batch_words = 40
encoder_rate = 1e-3
head_rate = 3e-3
bfloat16 = false

[[sources]]
files = ["{folder}/reports.arie"]
format = "inline"
relations = true
""",
        encoding="utf-8",
    )
    return config


@pytest.fixture(scope="session")
def tiny(tiny_config) -> TinyModel:
    """Return the tiny model, trained from its config."""
    from arie.config import read_config
    from arie.train.config import TrainConfig
    from arie.train.loop import train

    trained = train(read_config(tiny_config, TrainConfig))
    return TinyModel(trained.folder, tiny_config, tiny_config.parent / "encoder")


def write_encoder(folder: Path) -> None:
    """Write a random two-layer BERT with vocab.txt and tokenizer.json, as an AraBERT checkpoint has them."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(3)
    folder.mkdir()
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة"
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *'0123456789.,،؟!:()"«»']
    pieces += [*letters, *(f"##{letter}" for letter in letters), *(f"##{digit}" for digit in range(10))]
    pieces += ["ال", "غادر", "##ت", "حافل", "##ه", "مقاتل", "##ي", "حلب", "دمشق", "اتفاق", "خروج", "مدين", "في", "من"]
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(dict.fromkeys(pieces)) + "\n", encoding="utf-8")
    BertTokenizerFast(vocab=str(vocabulary), do_lower_case=False).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(dict.fromkeys(pieces)),
        hidden_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=96,
        max_position_embeddings=64,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)

"""What a training config can say. Paths are relative to the folder that training is started in."""

from dataclasses import dataclass, field

from arie.errors import ConfigError

ENCODERS = ("choose", "float32", "int8", "int8-per-channel")


@dataclass(frozen=True, slots=True)
class Source:
    """Labelled files to train on.

    `files` are paths or patterns; `format` is a row of `arie.readers.FORMATS`. A corpus with labels of its
    own has `maps`: each of its labels to the labels of ours that it may be ("O" for none, an empty list
    where it says nothing), and `tells`: the labels of ours of which it marks every mention. What it does
    not tell is masked in the loss, never learnt as O.
    """

    files: tuple[str, ...]
    format: str
    tells: tuple[str, ...] = ()
    maps: dict[str, tuple[str, ...]] = field(default_factory=dict)
    relations: bool = False


@dataclass(frozen=True, slots=True)
class Optimizer:
    """AdamW with linear warm-up and decay; rates by part; `batch_words` is about how many words a step sees."""

    epochs: int = 10
    batch_words: int = 600
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    warmup: float = 0.06
    clip: float = 1.0
    relation_weight: float = 1.0
    seed: int = 13
    bfloat16: bool = True
    checkpoint_minutes: float = 4.0


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """One training run.

    `model`: a model config; `start`: a model folder whose weights to start from instead of the encoder's
    (the tagger is kept if its labels are the same). `development`: the share of documents that is held out
    and scored at the end, chosen by their ids. `encoder`: how the encoder is written for CPUs, "float32",
    "int8", "int8-per-channel", or "choose" to decide on the development documents. `held_out`: texts of
    which no training document may share eight words in a row.
    """

    model: str
    labels: str
    output: str
    sources: tuple[Source, ...]
    start: str | None = None
    encoder: str = "choose"
    development: float = 0.0
    held_out: tuple[str, ...] = ()
    optimizer: Optimizer = field(default_factory=Optimizer)

    def __post_init__(self) -> None:
        if self.encoder not in ENCODERS:
            raise ConfigError(f"encoder is {self.encoder!r}; expected one of {', '.join(ENCODERS)}")

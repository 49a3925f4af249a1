"""What a training config can say. Paths are relative to the folder that training is started in."""

from dataclasses import dataclass, field

from arie.errors import ConfigError

ENCODERS = ("choose", "float32", "int8")


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

    def __post_init__(self) -> None:
        if bool(self.maps) != bool(self.tells):
            raise ConfigError("a source with maps needs tells, and the other way round: which of our labels it marks")
        if self.maps and self.relations:
            raise ConfigError("a source with relations must have our own labels; it cannot have maps")


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

    `model`: a model config, whose encoder is the start; or `start`: a model folder to start from, with its
    encoder, tokenizer and preparation, and its heads if the labels are the same. With both, the model config
    gives the shape of the heads only. `development`: the share of documents that is held out
    and scored at the end, chosen by their ids. `encoder`: how the encoder is written for CPUs, "float32",
    "int8", or "choose" to decide on the development documents. `held_out`: texts of
    which no training document may share eight words in a row.
    """

    labels: str
    output: str
    sources: tuple[Source, ...]
    model: str | None = None
    start: str | None = None
    encoder: str = "choose"
    development: float = 0.0
    held_out: tuple[str, ...] = ()
    optimizer: Optimizer = field(default_factory=Optimizer)

    def __post_init__(self) -> None:
        if self.model is None and self.start is None:
            raise ConfigError("give a model config under 'model', or a model folder to start from under 'start'")
        if self.encoder not in ENCODERS:
            raise ConfigError(f"encoder is {self.encoder!r}; expected one of {', '.join(ENCODERS)}")

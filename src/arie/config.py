"""Strict TOML configs as frozen dataclasses: an unknown key is an error that lists the known ones."""

import json
import tomllib
import types
from dataclasses import MISSING, asdict, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from arie.errors import ConfigError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Preparation:
    """How a word is written before it meets the tokenizer; offsets always refer to the raw text.

    `compatibility` folds presentation forms and width variants (NFKC); `western_digits` writes ٢٥ and ۲۵
    as 25; `arabic_letters` writes Persian kaf and yeh as Arabic; `longest_repeat` cuts runs of one
    non-digit to that length (0: never), as AraBERT's preparation does with 2.
    """

    compatibility: bool = True
    strip_diacritics: bool = True
    strip_tatweel: bool = True
    western_digits: bool = True
    arabic_letters: bool = True
    longest_repeat: int = 0


@dataclass(frozen=True, slots=True)
class Windows:
    """How long texts meet the encoder, in word pieces: windows of `size` that share `overlap`."""

    size: int = 256
    overlap: int = 64


@dataclass(frozen=True, slots=True)
class Heads:
    """Shape of the two heads; `reach` is the most words between the ends of a candidate pair."""

    dropout: float = 0.1
    relation_width: int = 256
    relation_layers: int = 1
    relation_attention_heads: int = 4
    reach: int = 160

    def __post_init__(self) -> None:
        if min(self.relation_width, self.relation_attention_heads, self.reach) < 1 or self.relation_layers < 0:
            raise ConfigError("heads: relation_width, relation_attention_heads and reach must be positive")
        if self.relation_width % self.relation_attention_heads:
            raise ConfigError("heads: relation_width must be a multiple of relation_attention_heads")


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """A network: `encoder` is a Hugging Face hub name or a local folder of a BERT with tokenizer.json."""

    encoder: str
    preparation: Preparation = field(default_factory=Preparation)
    windows: Windows = field(default_factory=Windows)
    heads: Heads = field(default_factory=Heads)

    def __post_init__(self) -> None:
        size, overlap = self.windows.size, self.windows.overlap
        if size < 8 or not 0 <= overlap < size // 2:
            raise ConfigError(
                f"windows have size {size} and overlap {overlap}; expected a size of at least 8 pieces and an "
                "overlap of less than half of it"
            )


def read_config(path: Path, kind: type[T]) -> T:
    """Read a TOML file into the frozen dataclass `kind`.

    Raises ConfigError if the file cannot be read, a key is unknown or missing, or a value has the wrong type.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read the config {path}: {error.strerror}; give the path of a TOML file") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error
    return build_config(raw, kind, str(path))


def build_config(raw: dict[str, Any], kind: type[T], where: str) -> T:
    """Turn a table into the dataclass `kind`; `where` opens the messages of ConfigError.

    >>> build_config({"size": 128}, Windows, "example")
    Windows(size=128, overlap=64)
    """
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(raw.keys() - known.keys()):
        raise ConfigError(f"{where}: unknown key {unknown[0]!r}; known keys are {', '.join(known)}")
    for name, spec in known.items():
        if name not in raw and spec.default is MISSING and spec.default_factory is MISSING:
            raise ConfigError(f"{where}: the key {name!r} is missing")
    hints = get_type_hints(kind)
    return kind(**{name: _value(value, hints[name], f"{where}: {name}") for name, value in raw.items()})


def _value(value: Any, hint: Any, where: str) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = [a for a in arguments if a is not type(None)]
        return _value(value, inner[0], where)
    if is_dataclass(hint) and isinstance(value, dict):
        return build_config(value, hint, where)  # type: ignore[arg-type]
    if origin is tuple and isinstance(value, list):
        return tuple(_value(item, arguments[0], f"{where}[{i}]") for i, item in enumerate(value))
    if origin is dict and isinstance(value, dict):
        return {str(key): _value(item, arguments[1], f"{where}.{key}") for key, item in value.items()}
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(hint, type) and isinstance(value, hint) and (hint is bool or not isinstance(value, bool)):
        return value
    said = getattr(hint, "__name__", str(hint))
    raise ConfigError(f"{where} is {value!r}; expected {said}")


def write_config(config: Any, path: Path) -> None:
    """Write a config dataclass of strings, numbers, booleans and such tables as TOML."""
    path.write_text("\n".join(_lines(asdict(config), "")) + "\n", encoding="utf-8")


def _lines(table: dict[str, Any], name: str) -> list[str]:
    inner = {key: value for key, value in table.items() if isinstance(value, dict)}
    # A JSON scalar is a TOML scalar: strings, numbers and booleans are written alike.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in table.items() if key not in inner]
    for key, value in inner.items():
        full = f"{name}.{key}" if name else key
        lines += ["", f"[{full}]", *_lines(value, full)]
    return lines

"""The label set: span labels, and relation labels with the spans that they may join."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from arie.errors import ConfigError


@dataclass(frozen=True, slots=True)
class RelationLabel:
    """One relation label: which span labels its head and its tail may have."""

    name: str
    gloss: str
    heads: frozenset[str]
    tails: frozenset[str]


@dataclass(frozen=True)
class LabelSet:
    """Span labels with their glosses and relation labels, in the order that numbers a model's outputs."""

    spans: Mapping[str, str]
    relations: Mapping[str, RelationLabel]

    @cached_property
    def signatures(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The relation labels that may join (head label, tail label); pairs that none may join are absent."""
        table: dict[tuple[str, str], tuple[str, ...]] = {}
        for head in self.spans:
            for tail in self.spans:
                names = tuple(r.name for r in self.relations.values() if head in r.heads and tail in r.tails)
                if names:
                    table[head, tail] = names
        return table

    @cached_property
    def heads(self) -> frozenset[str]:
        """The span labels from which some relation may start."""
        return frozenset(head for head, _ in self.signatures)


def read_labels(path: Path) -> LabelSet:
    """Read a `labels.toml`.

    Raises ConfigError if the file is missing, is no TOML, or does not have the two tables `[spans]`
    (label = "gloss") and `[relations.NAME]` (gloss, heads, tails naming span labels).
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"cannot read the label file {path}: {error}") from error
    if unknown := sorted(raw.keys() - {"spans", "relations"}):
        raise ConfigError(f"{path}: unknown tables {unknown}; a label file has [spans] and [relations.NAME]")
    spans = raw.get("spans")
    if not isinstance(spans, dict) or not spans or not all(isinstance(gloss, str) for gloss in spans.values()):
        raise ConfigError(f'{path}: [spans] must have at least one line of the form LABEL = "gloss"')
    if not isinstance(raw.get("relations", {}), dict):
        raise ConfigError(f"{path}: relations is {raw['relations']!r}; expected tables [relations.NAME]")
    relations = {}
    for name, table in raw.get("relations", {}).items():
        relations[name] = _relation(path, name, table, spans)
    return LabelSet(spans, relations)


def _relation(path: Path, name: str, table: object, spans: Mapping[str, str]) -> RelationLabel:
    if not isinstance(table, dict) or table.keys() != {"gloss", "heads", "tails"}:
        raise ConfigError(f"{path}: [relations.{name}] must have exactly the keys gloss, heads and tails")
    for side in ("heads", "tails"):
        named = table[side]
        if not isinstance(named, list) or not named or any(not isinstance(n, str) or n not in spans for n in named):
            raise ConfigError(
                f"{path}: relations.{name}.{side} is {table[side]!r}; expected some of {', '.join(spans)}"
            )
    return RelationLabel(name, str(table["gloss"]), frozenset(table["heads"]), frozenset(table["tails"]))

"""Configs are strict: what is misspelt, missing or of the wrong type is an error that says what to write."""

from dataclasses import dataclass, field

import pytest

from arie.config import Heads, ModelConfig, Preparation, Windows, build_config, read_config
from arie.errors import ConfigError


@dataclass(frozen=True)
class Inner:
    name: str = "x"


@dataclass(frozen=True)
class Sample:
    """One key of every type that a config may have."""

    text: str
    number: int = 1
    rate: float = 0.5
    flag: bool = False
    names: tuple[str, ...] = ()
    table: dict[str, tuple[str, ...]] = field(default_factory=dict)
    maybe: str | None = None
    inner: Inner = field(default_factory=Inner)
    rows: tuple[Inner, ...] = ()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"text": "a"}, Sample("a")),
        ({"text": "a", "number": 7, "flag": True}, Sample("a", 7, flag=True)),
        ({"text": "a", "rate": 2}, Sample("a", rate=2.0)),
        ({"text": "a", "names": ["b", "c"]}, Sample("a", names=("b", "c"))),
        ({"text": "a", "table": {"k": ["b"], "l": []}}, Sample("a", table={"k": ("b",), "l": ()})),
        ({"text": "a", "maybe": "b"}, Sample("a", maybe="b")),
        ({"text": "a", "inner": {"name": "y"}}, Sample("a", inner=Inner("y"))),
        ({"text": "a", "rows": [{"name": "y"}, {}]}, Sample("a", rows=(Inner("y"), Inner("x")))),
    ],
)
def test_tables_become_dataclasses(raw, expected):
    built = build_config(raw, Sample, "here")
    assert built == expected
    assert type(built.rate) is float


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"text": "a", "nmber": 1}, "here: unknown key 'nmber'; known keys are text, number, rate"),
        ({"number": 1}, "here: the key 'text' is missing"),
        ({"text": 1}, "here: text is 1; expected str"),
        ({"text": "a", "number": "1"}, "here: number is '1'; expected int"),
        ({"text": "a", "number": 1.5}, "here: number is 1.5; expected int"),
        ({"text": "a", "number": True}, "here: number is True; expected int"),
        ({"text": "a", "rate": "1e-5"}, "here: rate is '1e-5'; expected float"),
        ({"text": "a", "rate": True}, "here: rate is True; expected float"),
        ({"text": "a", "flag": 1}, "here: flag is 1; expected bool"),
        ({"text": "a", "names": "b"}, "here: names is 'b'; expected"),
        ({"text": "a", "names": ["b", 2]}, r"here: names\[1\] is 2; expected str"),
        ({"text": "a", "table": {"k": ["b", 3]}}, r"here: table.k\[1\] is 3; expected str"),
        ({"text": "a", "table": ["k"]}, "here: table is"),
        ({"text": "a", "maybe": 4}, "here: maybe is 4; expected str"),
        ({"text": "a", "inner": {"nam": "y"}}, "here: inner: unknown key 'nam'; known keys are name"),
        ({"text": "a", "inner": "y"}, "here: inner is 'y'; expected Inner"),
        ({"text": "a", "rows": [{}, {"nam": 1}]}, r"here: rows\[1\]: unknown key 'nam'"),
    ],
)
def test_wrong_tables_are_refused(raw, message):
    with pytest.raises(ConfigError, match=message):
        build_config(raw, Sample, "here")


def test_a_model_config_is_read_from_toml(tmp_path):
    path = tmp_path / "model.toml"
    path.write_text(
        'encoder = "hub/name"\n[preparation]\nwestern_digits = false\n[windows]\nsize = 160\n[heads]\nreach = 20\n',
        encoding="utf-8",
    )
    assert read_config(path, ModelConfig) == ModelConfig(
        "hub/name", Preparation(western_digits=False), Windows(size=160, overlap=64), Heads(reach=20)
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot read the config .*model.toml.*give the path of a TOML file"),
        (b"encoder = ", "not valid TOML"),
        (b'encoder = "\xff"', "not valid TOML"),
        (b"", "model.toml: the key 'encoder' is missing"),
        (
            b'encoder = "a"\n[windows]\nsise = 3\n',
            "model.toml: windows: unknown key 'sise'; known keys are size, overlap",
        ),
        (b'encoder = "a"\nwindows = 3\n', "model.toml: windows is 3; expected Windows"),
    ],
)
def test_broken_config_files_are_refused(tmp_path, content, message):
    path = tmp_path / "model.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=message):
        read_config(path, ModelConfig)


def test_a_folder_is_no_config(tmp_path):
    with pytest.raises(ConfigError, match="cannot read the config"):
        read_config(tmp_path, ModelConfig)

"""The label file of the project says what the guidelines say; broken ones are refused with a hint."""

import pytest

from arie.errors import ConfigError
from arie.labels import read_labels
from arie.resources import find_file

LABELS = read_labels(find_file("configs/labels.toml"))

SPANS = '[spans]\nARM = "armed actor"\nLOC = "place"\nEVA = "movement"\n'
ORIGIN = '[relations.origin]\ngloss = "from where"\nheads = ["EVA"]\ntails = ["LOC"]\n'
AGENT = '[relations.agent]\ngloss = "who moves them"\nheads = ["EVA"]\ntails = ["ARM", "LOC"]\n'


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "labels.toml"
        path.write_text(text, encoding="utf-8")
        return read_labels(path)

    return read_text


# The table "Relation labels" of the guidelines.
@pytest.mark.parametrize(
    ("name", "heads", "tails"),
    [
        ("party", "AGR", "ARM ORG LOC PER GRP"),
        ("approver", "AGR", "ARM ORG LOC PER"),
        ("mediator", "AGR", "ARM ORG LOC PER"),
        ("provides", "AGR", "EVA"),
        ("evacuee", "EVA", "GRP QTY ARM PER"),
        ("origin", "EVA", "LOC"),
        ("destination", "EVA", "LOC"),
        ("transport", "EVA", "QTY VEH"),
        ("agent", "EVA", "ARM ORG LOC PER"),
        ("time", "AGR EVA", "TIME"),
        ("member_of", "GRP QTY PER", "ARM ORG"),
    ],
)
def test_relations_join_what_the_guidelines_say(name, heads, tails):
    relation = LABELS.relations[name]
    assert (relation.heads, relation.tails) == (frozenset(heads.split()), frozenset(tails.split()))
    assert relation.gloss


def test_the_labels_are_those_of_the_guidelines():
    assert " ".join(LABELS.spans) == "PER ARM ORG LOC TIME QTY GRP VEH AGR EVA"
    assert len(LABELS.relations) == 11


def test_the_order_of_the_file_is_kept(read):
    labels = read(SPANS + AGENT + ORIGIN)
    assert list(labels.spans) == ["ARM", "LOC", "EVA"]
    assert list(labels.relations) == ["agent", "origin"]


def test_signatures_list_the_relations_that_may_join(read):
    labels = read(SPANS + ORIGIN + AGENT)
    assert dict(labels.signatures) == {("EVA", "ARM"): ("agent",), ("EVA", "LOC"): ("origin", "agent")}
    assert labels.heads == {"EVA"}


def test_a_label_set_may_have_no_relations(read):
    labels = read(SPANS)
    assert dict(labels.signatures) == {}
    assert labels.heads == frozenset()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[spans", "cannot read the label file"),
        ("", r"\[spans\] must have at least one line"),
        ("[spans]\n", r"\[spans\] must have at least one line"),
        ("spans = 3\n", 'LABEL = "gloss"'),
        ("[spans]\nLOC = 1\n", 'LABEL = "gloss"'),
        (SPANS + '[relation.origin]\ngloss = ""\n', r"unknown tables \['relation'\]"),
        (SPANS + '[relations.origin]\ngloss = "from"\nheads = ["EVA"]\n', "exactly the keys gloss, heads and tails"),
        (SPANS + ORIGIN + 'gloze = "x"\n', "exactly the keys gloss, heads and tails"),
        (SPANS + ORIGIN.replace("LOC", "LOK"), "relations.origin.tails is .*expected some of ARM, LOC, EVA"),
        (SPANS + ORIGIN.replace('["EVA"]', "[]"), "relations.origin.heads"),
        (SPANS + ORIGIN.replace('["EVA"]', '"EVA"'), "relations.origin.heads is 'EVA'"),
        (SPANS + ORIGIN.replace('["EVA"]', "5"), "relations.origin.heads is 5"),
        (SPANS + ORIGIN.replace('["EVA"]', '[["EVA"]]'), "relations.origin.heads"),
        ("relations = 3\n" + SPANS, "relations"),
        (SPANS + "[relations]\norigin = 3\n", r"\[relations.origin\] must have exactly"),
    ],
)
def test_broken_label_files_are_refused(read, text, message):
    with pytest.raises(ConfigError, match=message):
        read(text)


@pytest.mark.parametrize("content", [None, b"\xff\xfe[spans]"])
def test_unreadable_label_files_are_refused(tmp_path, content):
    path = tmp_path / "labels.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"cannot read the label file .*labels\.toml"):
        read_labels(path)

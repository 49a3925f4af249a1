"""What a reader calls a span; the evidence of the corpus is set by each test."""

import pytest

from arie.text import names
from arie.text.names import count_words, readable, reader_name, strip_particles


@pytest.fixture(autouse=True)
def known(monkeypatch):
    """Return the corpus's evidence, empty at first."""
    table: dict[str, int] = {}
    monkeypatch.setattr(names, "_known", lambda: table)
    return table


@pytest.mark.parametrize(
    ("surface", "shown"),
    [
        ("مُحَمَّد", "محمد"),
        ("بغـــداد", "بغداد"),
        ("\u200fتل\u200fأبيض", "تلأبيض"),
        ("ﻻجئون", "لاجئون"),
        ("٢٥ باصا", "٢٥ باصا"),  # digits stay in their script
        ("AFP", "AFP"),
    ],
)
def test_readable(surface, shown):
    assert readable(surface) == shown


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("لداعش", "داعش"),
        ("وداعش", "داعش"),
        ("وَداعِش", "داعش"),
        ("للجيش", "الجيش"),
        ("وللجيش", "الجيش"),
        ("بالرقة", "الرقة"),
        ("والفصائل", "الفصائل"),
        ("فالجيش", "الجيش"),
        ("كالقوات", "القوات"),
        # without evidence ف ب ك belong to the word
        ("بغداد", "بغداد"),
        ("فصيل", "فصيل"),
        ("كتيبة", "كتيبة"),
        # too little would be left
        ("لحج", "لحج"),
        ("بيت", "بيت"),
        ("وفا", "وفا"),
        # only the first word can carry a particle; spaces are a reader's
        ("لحركة فجر وبدر", "حركة فجر وبدر"),
        ("تل\n  أبيض", "تل أبيض"),
        # no particle before a digit or a sign
        ("و300 مقاتل", "و300 مقاتل"),
        ("12 حافلة", "12 حافلة"),
        # nothing readable is left: the surface itself
        ("ـ", "ـ"),
    ],
)
def test_names_without_evidence(surface, name):
    assert reader_name(surface, {}) == name


@pytest.mark.parametrize(
    ("evidence", "word", "name"),
    [
        ({"وزارة": 3}, "وزارة", "وزارة"),
        ({"وزارة": 3}, "لوزارة", "وزارة"),
        ({"وزارة": 3}, "ووزارة", "وزارة"),
        ({"لبنان": 3}, "لبنان", "لبنان"),
        ({"لبنان": 3}, "للبنان", "لبنان"),
        ({"لبنان": 3}, "ولبنان", "لبنان"),
        ({"لبنان": 3}, "وللبنان", "لبنان"),
        ({"اللجنة": 3}, "للجنة", "اللجنة"),
        ({"اللجنة": 3}, "وللجنة", "اللجنة"),
        ({"حلب": 3}, "بحلب", "حلب"),
        ({"حلب": 3}, "وبحلب", "حلب"),
        ({"بحلب": 1, "حلب": 3}, "بحلب", "حلب"),
        ({"باسل": 4, "اسل": 1}, "باسل", "باسل"),
        # «بال...» is article and particle unless the word as it stands is known better than the bonus
        ({"بالتيمور": 5}, "بالتيمور", "بالتيمور"),
    ],
)
@pytest.mark.parametrize("from_corpus", [True, False])
def test_names_by_evidence(known, evidence, word, name, from_corpus):
    if from_corpus:
        known.update(evidence)
        seen = {}
    else:
        # The mention itself is among the words of its document, and is no evidence.
        seen = evidence | {word: evidence.get(word, 0) + 1}
    assert strip_particles(word, seen) == name


def test_a_mention_is_no_evidence_for_itself():
    assert strip_particles("وداعش", {"وداعش": 1}) == "داعش"
    assert strip_particles("وداعش", {"وداعش": 2}) == "وداعش"


def test_words_are_counted_in_readable_form():
    assert count_words(["بغداد", "بغـداد", "بَغداد", "حلب"]) == {"بغداد": 3, "حلب": 1}

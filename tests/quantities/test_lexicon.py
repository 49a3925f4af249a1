"""The tables of number words are spelled as `fold` spells, and say no word twice."""

import pytest

from arie.quantities import lexicon
from arie.quantities.lexicon import fold

TABLES = ("UNITS", "TENS", "HUNDREDS", "SCALES", "DUAL_SCALES", "FRACTIONS", "VAGUE")


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("ثلاثمئة", "ثلاثمءه"),
        ("إحدى", "احدي"),
        ("آلاف", "الاف"),
        ("ٱلألف", "الالف"),
        ("مُؤَن", "مءن"),
        ("١٢", "12"),
        ("۱۲", "12"),
        ("الـ", "ال"),
        ("ﻻ", "لا"),
        ("%", "%"),
        ("", ""),
    ],
)
def test_fold(word, folded):
    assert fold(word) == folded


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_folded(name):
    for word in getattr(lexicon, name):
        assert fold(word) == word
        assert " " not in word


def test_an_exact_number_word_stands_in_one_table():
    words = [word for name in TABLES if name != "VAGUE" for word in getattr(lexicon, name)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("name", ["SCALES", "HUNDREDS", "TENS"])
def test_tables_are_of_round_numbers(name):
    least = {"SCALES": 1000, "HUNDREDS": 100, "TENS": 10}[name]
    assert all(value % least == 0 for value in getattr(lexicon, name).values())


def test_a_hedge_says_one_thing_and_longer_ones_come_first():
    phrases = [phrase for phrase, _ in lexicon.HEDGES]
    kinds = dict(lexicon.HEDGES)
    assert all(kinds[phrase] == kind for phrase, kind in lexicon.HEDGES)
    assert [len(phrase) for phrase in phrases] == sorted((len(phrase) for phrase in phrases), reverse=True)
    assert set(kinds.values()) == {"about", "least", "most"}

"""The grammar of numbers, on folded words."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import LAW

from arie.quantities.grammar import find_number, forms, read_digits
from arie.quantities.lexicon import fold
from arie.text.words import find_words


def numbers(text):
    """Return the first number of a text as (value, low, high, words that it takes)."""
    words = [fold(text[word.start : word.end]) for word in find_words(text)]
    found = find_number(words)
    return None if found is None else (found.value, found.low, found.high, words[found.start : found.end])


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("0", 0),
        ("7", 7),
        ("2017", 2017),
        ("2,500", 2500),
        ("2٬500", 2500),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("3.5", 3.5),
        ("3٫5", 3.5),
        ("3,5", 3.5),
        ("1٬234٫5", 1234.5),
        ("1,234.5", 1234.5),
        ("12,345.67", 12345.67),
        ("باص", None),
        ("", None),
        ("1.", None),
        (".5", None),
        ("1..5", None),
        ("5%", None),
    ],
)
def test_digits(word, value):
    assert read_digits(word) == value
    assert type(read_digits(word)) is type(value)


@LAW
@given(st.integers(0, 10**12), st.sampled_from(["", ",", "٬"]))
def test_whole_numbers_are_read_as_they_are_written(number, separator):
    assert read_digits(f"{number:,}".replace(",", separator)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # units, tens, hundreds
        ("ثلاثة", 3),
        ("ثمانٍ", 8),
        ("عشر", 10),
        ("أحد عشر", 11),
        ("إحدى عشرة", 11),
        ("اثنا عشر", 12),
        ("اثنتي عشرة", 12),
        ("تسع عشرة", 19),
        ("عشرون", 20),
        ("خمسة وعشرين", 25),
        ("مئة", 100),
        ("مائة وواحد", 101),
        ("مئتين", 200),
        ("ثلاثمائة", 300),
        ("ثلاث مئة", 300),
        ("مئة وخمسة وعشرون", 125),
        ("تسعمئة وتسعة وتسعين", 999),
        # scales
        ("ألف", 1000),
        ("ألفين", 2000),
        ("خمسة آلاف", 5000),
        ("خمسة عشر ألفًا", 15_000),
        ("مئة ألف", 100_000),
        ("ألف وخمسمئة", 1500),
        ("ألفان وثلاثمئة وأربعون", 2340),
        ("مليون وألفان", 1_002_000),
        ("مليونان وثلاثمئة ألف", 2_300_000),
        ("ثلاثة ملايين ومئتا ألف وخمسون", 3_200_050),
        ("مليار", 1_000_000_000),
        # digits with words
        ("12", 12),
        ("٢٥٠", 250),
        ("۱۲", 12),
        ("10 آلاف", 10_000),
        ("3 آلاف و500", 3500),
        ("200 ألف و 750", 200_750),
        ("1.5 مليون", 1_500_000),
        ("2٫75 مليار", 2_750_000_000),
        ("8.2 مليون", 8_200_000),
        ("مئة و50", 150),
        # attached particles and articles
        ("بخمسين", 50),
        ("الثلاثة", 3),
        ("والعشرين", 20),
        ("للمئة", 100),
        # a number stops where it cannot go on
        ("خمسة ستة", 5),
        ("عشرون وخمسة", 20),
        ("ألف ومليون", 1000),
        ("عشرين، وثلاثين", 20),
        ("مليون واحد", 1_000_000),
        ("ألف واحد", 1000),
    ],
)
def test_exact_numbers(text, value):
    found = numbers(text)
    assert found is not None
    assert found[:3] == (value, value, value)
    assert type(found[0]) is int


@LAW
@given(st.integers(1, 9999), st.sampled_from([("ألف", 1000), ("مليون", 10**6), ("مليار", 10**9)]))
def test_decimals_of_a_scale_are_exact(hundredths, scale):
    word, size = scale
    found = numbers(f"{hundredths / 100} {word}")
    assert found is not None
    assert found[0] == Fraction(hundredths, 100) * size


@pytest.mark.parametrize(
    ("text", "fraction"), [("نصف", 1 / 2), ("ثلث", 1 / 3), ("الثلث", 1 / 3), ("ثلثي", 2 / 3), ("ربع", 1 / 4)]
)
def test_fractions(text, fraction):
    assert numbers(text) == (fraction, fraction, fraction, [fold(text)])


@pytest.mark.parametrize(
    ("text", "low", "high", "words"),
    [
        ("بضع", 3, 9, 1),
        ("عشرات", 20, 99, 1),
        ("مئات", 200, 999, 1),
        ("والمئات", 200, 999, 1),
        ("آلاف", 2000, 9999, 1),
        ("ملايين", 2_000_000, 9_999_999, 1),
        ("بضعة آلاف", 3000, 9999, 2),
        ("عشرات الآلاف", 20_000, 99_999, 2),
        ("مئات آلاف", 200_000, 999_999, 2),
        ("عشرات ملايين", 20_000_000, 99_999_999, 2),
        ("بضع مئات", 300, 999, 2),
        ("بضع عشرات", 30, 99, 2),
    ],
)
def test_vague_words_have_bounds(text, low, high, words):
    found = numbers(f"{text} المدنيين")
    assert found is not None
    assert found[:3] == (None, low, high)
    assert len(found[3]) == words


@pytest.mark.parametrize("text", ["", "حافلات", "أحد المقاتلين", "إحدى الحافلات", "بعض الجرحى", "و"])
def test_no_number(text):
    assert numbers(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("نقلت 12 حافلة", ["12"]),
        ("الحافلات الـ 11 كلها", ["11"]),
        ("ثلاثة آلاف و500 مدني و20 جريحا", ["ثلاثه", "الاف", "و", "500"]),
        ("أحد عشر جريحا", ["احد", "عشر"]),
    ],
)
def test_a_number_takes_its_own_words_only(text, words):
    found = numbers(text)
    assert found is not None
    assert found[3] == words


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("باص", ["باص", "اص"]),
        ("والالاف", ["والالاف", "الالاف", "الاف"]),
        ("للمءه", ["للمءه", "المءه", "مءه"]),
        ("الف", ["الف"]),
        ("حلب", ["حلب"]),
        ("وا", ["وا"]),
    ],
)
def test_forms(word, found):
    assert list(forms(word)) == found

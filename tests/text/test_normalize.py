"""The one normaliser: what it writes, and where each of its characters came from."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import LAW, texts

from arie.config import Preparation
from arie.text.normalize import normalize

DEFAULT = Preparation()
NOTHING = Preparation(False, False, False, False, False)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        ("خرج، ثم عاد.", "خرج، ثم عاد."),
        ("مُقَـــاتِلٌ", "مقاتل"),
        ("ٱللّٰه", "ٱلله"),
        ("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹", "0123456789 0123456789"),
        ("٢٬٥٠٠ ٣٫٥ ٪", "2٬500 3٫5 ٪"),
        ("ﻻجئون ﺑﺎﺹ", "لاجئون باص"),
        ("ﷲ ﷺ", "الله صلى الله عليه وسلم"),
        ("کی ہے", "كي هے"),
        ("أإآٱىةؤئ", "أإآٱىةؤئ"),
        ("\u202bدا\u200fعش\u202c می\u200cروند\ufeff", "داعش ميروند"),
        ("ＡＢ１２", "AB12"),
        ("❤\ufe0f😀", "❤😀"),
        ("\u064b\u0640\u200f", ""),
        ("10\u00a0أيام", "10 أيام"),
        ("أ\r\nب", "أ\r\nب"),
    ],
)
def test_default_preparation(text, written):
    assert normalize(text, DEFAULT).text == written


@pytest.mark.parametrize("word", ["أحمد", "مؤتمر", "رئيس", "آذار", "إدلب", "عائلة"])
def test_decomposed_letters_are_the_same_letters(word):
    decomposed = unicodedata.normalize("NFD", word)
    assert decomposed != word
    assert normalize(decomposed, DEFAULT).text == normalize(word, DEFAULT).text == word


@pytest.mark.parametrize(
    ("switch", "text", "on", "off"),
    [
        ("compatibility", "ﻻ", "لا", "ﻻ"),
        ("strip_diacritics", "مُدّ", "مد", "مُدّ"),
        ("strip_tatweel", "بـب", "بب", "بـب"),
        ("western_digits", "٢۵", "25", "٢۵"),
        ("arabic_letters", "کی", "كي", "کی"),
    ],
)
def test_each_switch_does_its_own_and_no_more(switch, text, on, off):
    assert normalize(text, replace(NOTHING, **{switch: True})).text == on
    assert normalize(text, replace(DEFAULT, **{switch: False})).text == off
    assert normalize(text, NOTHING).text == text


@pytest.mark.parametrize(
    ("longest", "text", "written"),
    [
        (2, "هههههه", "هه"),
        (2, "لاااا!!!!", "لاا!!"),
        (2, "1000000 ٠٠٠", "1000000 000"),
        (2, "ههـهه", "هه"),
        (2, "أ    ب", "أ  ب"),
        (1, "الله", "اله"),
        (0, "هههههه", "هههههه"),
        (2, "اباب", "اباب"),
    ],
)
def test_long_repeats_are_cut(longest, text, written):
    assert normalize(text, replace(DEFAULT, longest_repeat=longest)).text == written


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("", (0,)),
        ("اب", (0, 1, 2)),
        ("مُق", (0, 2, 3)),
        ("ـب", (1, 2)),
        ("بـ", (0, 2)),
        ("ﻻب", (0, 0, 1, 2)),
        ("\u200f", (1,)),
        ("😀ب", (0, 1, 2)),
    ],
)
def test_sources(text, sources):
    assert normalize(text, DEFAULT).sources == sources


@pytest.mark.parametrize(
    ("text", "start", "end", "raw"),
    [
        ("مُقاتل", 0, 1, "مُ"),
        ("بغـــداد", 1, 2, "غـــ"),
        ("من ﻻجئ هنا", 3, 7, "ﻻجئ"),
        ("ﻻجئ", 0, 1, "ﻻ"),
        ("ﻻجئ", 1, 2, "ﻻ"),
        ("ﷲ", 1, 3, "ﷲ"),
        ("هههههه لا", 0, 1, "ه"),
        ("عام ٢٠١٧", 4, 8, "٢٠١٧"),
    ],
)
def test_raw_range_finds_what_was_written(text, start, end, raw):
    first, last = normalize(text, DEFAULT).raw_range(start, end)
    assert text[first:last] == raw


preparations = st.builds(
    Preparation,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from([0, 1, 2]),
)


@LAW
@given(texts, preparations)
def test_sources_never_fall_and_end_with_the_text(text, preparation):
    written = normalize(text, preparation)
    assert len(written.sources) == len(written.text) + 1
    assert list(written.sources) == sorted(written.sources)
    assert written.sources[-1] == len(text)
    assert all(0 <= source < len(text) for source in written.sources[:-1])


@LAW
@given(texts, preparations)
def test_every_character_comes_from_its_raw_range(text, preparation):
    written = normalize(text, preparation)
    for place, character in enumerate(written.text):
        start, end = written.raw_range(place, place + 1)
        assert character in normalize(text[start:end], preparation).text


@LAW
@given(texts, preparations)
def test_normal_text_stays_as_it_is(text, preparation):
    once = normalize(text, preparation).text
    assert normalize(once, preparation).text == once

"""Words and sentences: the rules of the guidelines, on clean text and on what keyboards and web pages leave."""

import unicodedata

import pytest
from hypothesis import given
from laws import LAW, texts

from arie.text.words import Range, find_sentences, find_words, number_sentences


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \t\r\n ", []),
        ("\u200f\u202b\ufeff", []),
        ("انسحب المقاتلون", ["انسحب", "المقاتلون"]),
        # digits
        ("«ودمر40» آلية", ["«", "ودمر", "40", "»", "آلية"]),
        ("2,500 و٢٬٥٠٠ و3٫5", ["2,500", "و", "٢٬٥٠٠", "و", "3٫5"]),
        ("1.200.000", ["1.200.000"]),
        ("۱۲باص", ["۱۲", "باص"]),
        ("عام 2017.", ["عام", "2017", "."]),
        ("2017، ثم", ["2017", "،", "ثم"]),
        ("28/8/2017", ["28", "/", "8", "/", "2017"]),
        ("50%", ["50", "%"]),
        ("٪٥٠", ["٪", "٥٠"]),
        (".5", [".", "5"]),
        # signs
        ("«رتل»...", ["«", "رتل", "»", ".", ".", "."]),
        ("هيئة_الإغاثة", ["هيئة", "_", "الإغاثة"]),
        ("قال:نعم", ["قال", ":", "نعم"]),
        ("\u060c\u064e حلب", ["\u060c\u064e", "حلب"]),
        # marks, tatweel, decomposed letters, presentation forms
        ("المُهَجَّرُون", ["المُهَجَّرُون"]),
        ("بغـــداد ـ", ["بغـــداد", "ـ"]),
        ("ا\u0654حمد", ["ا\u0654حمد"]),
        ("ﻻجئون ﷲ", ["ﻻجئون", "ﷲ"]),
        # invisible characters: inside a run they belong to it, elsewhere they separate
        ("دا\u200fعش", ["دا\u200fعش"]),
        ("\u200fداعش\u200f،", ["داعش", "،"]),
        ("می\u200cروند", ["می\u200cروند"]),
        ("ه\u200d 7", ["ه", "7"]),
        ("حلب\ufeff40", ["حلب", "40"]),
        ("حلب\x00حمص", ["حلب", "حمص"]),
        ("10\u00a0أيام", ["10", "أيام"]),
        # emoji
        ("❤\ufe0f وداع😀😀", ["❤\ufe0f", "وداع", "😀", "😀"]),
        ("حلب\r\nحمص\u2028حماة", ["حلب", "حمص", "حماة"]),
        ("وكالة AFP", ["وكالة", "AFP"]),
    ],
)
def test_words(text, words):
    assert [text[word.start : word.end] for word in find_words(text)] == words


@LAW
@given(texts)
def test_words_stand_in_order_and_leave_only_space_out(text):
    words = find_words(text)
    borders = [0, *(border for word in words for border in word), len(text)]
    assert borders == sorted(borders)
    for start, end in zip(borders[::2], borders[1::2], strict=True):
        assert all(c.isspace() or unicodedata.category(c) in ("Cf", "Cc") for c in text[start:end])
    for word in words:
        surface = text[word.start : word.end]
        assert surface
        assert not any(c.isspace() for c in surface)


@LAW
@given(texts)
def test_a_word_alone_is_a_word(text):
    for word in find_words(text):
        assert find_words(text[word.start : word.end]) == [Range(0, word.end - word.start)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("\n \n", []),
        ("وصلوا. ثم عادوا؟ نعم! انتهى", ["وصلوا .", "ثم عادوا ؟", "نعم !", "انتهى"]),
        ("على بعد 3.5 كم.", ["على بعد 3.5 كم ."]),
        ("قال «وصلوا.» ثم صمت", ["قال « وصلوا . » ثم صمت"]),
        ("لماذا? لأنهم تعبوا؛ وخافوا", ["لماذا ? لأنهم تعبوا ؛ وخافوا"]),
        ("وصلوا.ثم عادوا", ["وصلوا . ثم عادوا"]),
        ("وصلوا.\u00a0ثم عادوا", ["وصلوا .", "ثم عادوا"]),
        ("انتظروا... ثم خرجوا", ["انتظروا . . .", "ثم خرجوا"]),
        ("عنوان\r\nخبر\n\nتعليق\u2028ذيل", ["عنوان", "خبر", "تعليق", "ذيل"]),
        ("\n\nعنوان\n", ["عنوان"]),
    ],
)
def test_sentences(text, sentences):
    words = find_words(text)
    found = [" ".join(text[w.start : w.end] for w in words[s.start : s.end]) for s in find_sentences(text, words)]
    assert found == sentences


@LAW
@given(texts)
def test_sentences_cut_the_words_without_rest(text):
    words = find_words(text)
    numbers = number_sentences(text, words)
    sentences = find_sentences(text, words)
    assert numbers == sorted(numbers)
    assert [w for s in sentences for w in range(s.start, s.end)] == list(range(len(words)))
    assert all(len(set(numbers[s.start : s.end])) == 1 for s in sentences)
    assert len(sentences) == len(set(numbers))


def test_a_very_long_sentence_is_one_sentence():
    text = "خرجوا " * 5_000
    words = find_words(text)
    assert find_sentences(text, words) == [Range(0, 5_000)]

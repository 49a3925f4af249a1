"""Raw text to windows of piece ids, with a WordPiece tokenizer of a few letters."""

import numpy as np
import pytest
from hypothesis import given
from laws import LAW, texts
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

from arie.config import Preparation, Windows
from arie.errors import ModelError
from arie.text import encode
from arie.text.encode import EncodedText, TextEncoder, pad_windows
from arie.text.words import find_words

LETTERS = "ابتدروسعفقكلمنهيأةحجخ012345"
PIECES = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    *LETTERS,
    *(f"##{letter}" for letter in LETTERS),
    ".",
    "،",
    "«",
    "»",
    "😀",
]
NUMBER = {piece: number for number, piece in enumerate(PIECES)}
UNKNOWN, FIRST, LAST = NUMBER["[UNK]"], NUMBER["[CLS]"], NUMBER["[SEP]"]


def tokenizer(names=()):
    """Return a tokenizer of single letters; `names` replace the four special pieces."""
    vocabulary = {dict(zip(PIECES, names, strict=False)).get(piece, piece): n for piece, n in NUMBER.items()}
    unknown = names[1] if names else "[UNK]"
    return Tokenizer(WordPiece(vocabulary, unk_token=unknown, max_input_chars_per_word=1000))


def encoder(size=16, overlap=4):
    return TextEncoder(tokenizer(), Preparation(), Windows(size, overlap))


def pieces(word):
    return [NUMBER[word[0]], *(NUMBER[f"##{letter}"] for letter in word[1:])]


def test_a_short_text_is_one_window():
    encoded = encoder().encode("نقلوا 40.")
    assert encoded.windows == ((FIRST, *pieces("نقلوا"), *pieces("40"), NUMBER["."], LAST),)
    assert encoded.homes.tolist() == [[0, 1], [0, 6], [0, 8]]
    assert [tuple(word) for word in encoded.words] == [(0, 5), (6, 8), (8, 9)]
    assert [tuple(sentence) for sentence in encoded.sentences] == [(0, 3)]


def test_offsets_are_those_of_the_raw_text():
    text = "\u200fنـُقل ٤٠"
    encoded = encoder().encode(text)
    assert [text[start:end] for start, end in encoded.words] == ["نـُقل", "٤٠"]
    assert encoded.windows == ((FIRST, *pieces("نقل"), *pieces("40"), LAST),)


@pytest.mark.parametrize("word", ["نقل", "نُقِل", "نـــقل", "نق\u200fل", "ﻧﻘﻞ"])
def test_spellings_of_a_word_have_the_same_pieces(word):
    assert encoder().pieces([word]) == [tuple(pieces("نقل"))]


@pytest.mark.parametrize("word", ["ـ", "\u064b", "ж", "نقلж"])
def test_what_the_tokenizer_does_not_know_is_one_unknown_piece(word):
    assert encoder().pieces([word]) == [(UNKNOWN,)]


@pytest.mark.parametrize("text", ["", " \n", "\u200f"])
def test_a_text_without_words_has_no_windows(text):
    encoded = encoder().encode(text)
    assert (encoded.windows, encoded.words, encoded.sentences) == ((), (), ())
    assert encoded.homes.shape == EncodedText.without_words(text).homes.shape == (0, 2)


@pytest.mark.parametrize("length", [14, 15, 16, 100])
def test_a_word_longer_than_a_window_keeps_its_first_pieces(length):
    word = "ه" * length
    encoded = encoder(size=16, overlap=4).encode(f"نقل {word} نقل")
    number, position = encoded.homes[1]
    assert encoded.windows[number] == (FIRST, *pieces(word)[:14], LAST)
    assert position == 1


def test_a_long_word_costs_one_window():
    before = " ".join("ب" * 12)
    encoded = encoder(size=16, overlap=8).encode(f"{before} {'ه' * 50} {before}")
    assert len(encoded.windows) == 3


@LAW
@given(texts)
def test_every_word_is_read_at_its_own_first_piece(text):
    with_windows = encoder(size=9, overlap=3)
    encoded = with_windows.encode(text)
    own = with_windows.pieces(text[start:end] for start, end in find_words(text))
    assert len(encoded.homes) == len(encoded.words) == len(own)
    for word, (window, position) in zip(own, encoded.homes.tolist(), strict=True):
        fits = min(len(word), 7)
        assert encoded.windows[window][position : position + fits] == word[:fits]
    for window in encoded.windows:
        assert len(window) <= 9
        assert (window[0], window[-1]) == (FIRST, LAST)


def test_a_full_cache_starts_anew(monkeypatch):
    monkeypatch.setattr(encode, "CACHED_WORDS", 3)
    small = encoder()
    for words in (["نقل", "قلب"], ["نقل", "باب", "دار"], ["بلد", "وادي", "نهر", "بيت"]):
        assert small.pieces(words) == encoder().pieces(words)


def test_roberta_names_of_special_pieces_are_known():
    special = tokenizer(["<pad>", "<unk>", "<s>", "</s>"])
    encoded = TextEncoder(special, Preparation(), Windows()).encode("نقل")
    assert encoded.windows == ((FIRST, *pieces("نقل"), LAST),)


def test_a_tokenizer_without_special_pieces_is_refused():
    with pytest.raises(ModelError, match=r"none of the special pieces \[CLS\], <s>"):
        TextEncoder(tokenizer(["[PAD]", "[UNK]", "[BOS]"]), Preparation(), Windows())


def test_a_saved_tokenizer_is_read_again(tmp_path):
    tokenizer().save(str(tmp_path / "tokenizer.json"))
    read = TextEncoder.from_file(tmp_path / "tokenizer.json", Preparation(), Windows())
    assert read.encode("نقل").windows == encoder().encode("نقل").windows


@pytest.mark.parametrize("content", [None, "", "{}"])
def test_a_broken_tokenizer_file_is_refused(tmp_path, content):
    path = tmp_path / "tokenizer.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"cannot read the tokenizer .*tokenizer\.json"):
        TextEncoder.from_file(path, Preparation(), Windows())


@pytest.mark.parametrize(
    ("lengths", "multiple", "shape"), [([3], 8, (1, 8)), ([8, 2], 8, (2, 8)), ([9], 8, (1, 16)), ([3, 5], 1, (2, 5))]
)
def test_padding(lengths, multiple, shape):
    windows = [tuple(range(1, length + 1)) for length in lengths]
    ids, mask = pad_windows(windows, 77, multiple)
    assert ids.shape == mask.shape == shape
    assert mask.sum(axis=1).tolist() == lengths
    for row, window in enumerate(windows):
        assert tuple(ids[row, : len(window)]) == window
    assert np.all(ids[mask == 0] == 77)

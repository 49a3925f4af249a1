"""A small grammar of Arabic numbers: digits of all scripts, number words up to billions, vague words.

Not here: ordinals, dates, money and measures in canonical units, compound amounts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from arie.quantities.lexicon import DUAL_SCALES, ELEVEN, FRACTIONS, HUNDREDS, SCALES, TEN, TENS, UNITS, VAGUE
from arie.text.names import PARTICLES

Value = int | float
DIGITS = regex.compile(r"\d+(?:[.,٫٬]\d+)*")
GROUPED = regex.compile(r"\d{1,3}(?:[,٬]\d{3})+|\d{1,3}(?:\.\d{3}){2,}")
GROUPED_DECIMAL = regex.compile(r"(\d{1,3}(?:[,٬]\d{3})+)[.٫](\d+)")
# «ألفا نازح» is two thousand: the accusative «ألفًا» only stands after a number or before «و».
DUALS_BEFORE_NOUN = frozenset({"الفا", "مليونا", "مليارا"})
# Longer runs of digits are no numbers that anybody counted.
LONGEST = 30
# What follows «بضع»; the scales do too.
SMALL_PLURALS = {"عشرات": 10, "مءات": 100, "ماءات": 100}


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from words start:end; a vague one has bounds and no value."""

    start: int
    end: int
    value: Value | None
    low: Value
    high: Value
    scale: int = 1


def read_digits(word: str) -> Value | None:
    """Return the value of a folded word of digits, or None.

    >>> read_digits("2,500"), read_digits("3.5"), read_digits("باص")
    (2500, 3.5, None)
    """
    if len(word) > LONGEST or not DIGITS.fullmatch(word):
        return None
    if GROUPED.fullmatch(word):
        return int(regex.sub(r"\D", "", word))
    if decimal := GROUPED_DECIMAL.fullmatch(word):
        return float(regex.sub(r"\D", "", decimal[1]) + "." + decimal[2])
    plain = word.replace(",", ".").replace("٫", ".").replace("٬", "")
    if plain.count(".") > 1:
        return int(plain.replace(".", ""))
    return float(plain) if "." in plain else int(plain)


def find_number(words: Sequence[str], start: int = 0) -> Number | None:
    """Return the first number in folded words at or after `start`, as long as it goes, or None."""
    for first in range(start, len(words)):
        number = _vague_at(words, first) or _number_at(words, first)
        if number is not None:
            return number
    return None


@dataclass(slots=True)
class _Sum:
    """A number under way: whole scales, and the group below a thousand that no scale has taken yet."""

    scales: Value = 0
    group: Value = 0
    digits: bool = False
    smallest_scale: float = float("inf")
    shared: int = 1

    def add(self, value: Value, kind: str) -> bool:
        """Take one more part if it can follow the parts before; Arabic says hundreds, units, tens."""
        below_hundred = self.group % 100
        fits = {
            "digits": self.group == 0 or (not self.digits and self.group % 100 == 0 and value < 100),
            "hundreds": self.group == 0,
            "tens": below_hundred < 10,
            "units": below_hundred == 0,
            "dual scale": self.group == 0 and value < self.smallest_scale,
        }[kind]
        self.shared = 1
        if not fits or (self.digits and kind != "digits"):
            return False
        if kind == "dual scale":
            self.scales += value
            self.smallest_scale = value / 2
        else:
            self.group += value
            self.digits = kind == "digits"
        return True

    def multiply(self, scale: int) -> bool:
        """Let a scale word take the group before it («خمسة آلاف»), or stand for one («ألف»)."""
        if scale >= self.smallest_scale:
            return False
        # Rounded, since 8.2 times a million is no whole number for a float.
        self.scales += round((self.group or 1) * scale, 3)
        self.shared = scale if self.group and self.scales == self.group * scale else 1
        self.group, self.digits, self.smallest_scale = 0, False, scale
        return True


def _number_at(words: Sequence[str], first: int) -> Number | None:
    total, at, end = _Sum(), first, first
    while at < len(words):
        started = end > first
        tied = words[at] == "و"
        if tied and not started:
            return None
        at += tied
        part = _part_at(words, at, needs_conjunction=started and not tied)
        if part is None:
            break
        value, kind, after = part
        following = words[after] if after < len(words) else ""
        if words[at] in DUALS_BEFORE_NOUN and not total.group and following.strip() and not following.startswith("و"):
            value, kind = 2 * value, "dual scale"
        taken = total.multiply(int(value)) if kind == "scale" else total.add(value, kind)
        if not taken:
            break
        at = end = after
    if end == first:
        return _fraction_at(words, first)
    result = total.scales + total.group
    if isinstance(result, float) and result.is_integer():
        result = int(result)
    return Number(first, end, result, result, result, total.shared)


def _fraction_at(words: Sequence[str], first: int) -> Number | None:
    """Return «ثلث», or «نصف مليون» with its scale."""
    fraction = next((FRACTIONS[form] for form in forms(words[first]) if form in FRACTIONS), None)
    if fraction is None:
        return None
    following = words[first + 1] if first + 1 < len(words) else ""
    scale = next((SCALES[form] for form in forms(following) if form in SCALES), None)
    if scale is None:
        return Number(first, first + 1, fraction, fraction, fraction)
    value = round(fraction * scale)
    return Number(first, first + 2, value, value, value)


def _part_at(words: Sequence[str], at: int, needs_conjunction: bool) -> tuple[Value, str, int] | None:
    """Return value, kind and end of the part of a number at `at`; scales need no «و» before them."""
    if at >= len(words):
        return None
    following = words[at + 1] if at + 1 < len(words) else ""
    for form in forms(words[at]):
        digits = read_digits(form)
        if digits is not None:
            return None if needs_conjunction else (digits, "digits", at + 1)
        if form in SCALES:
            return SCALES[form], "scale", at + 1
        # «واحد» has a و of its own, which is no conjunction.
        if needs_conjunction and (not words[at].startswith("و") or form == words[at]):
            continue
        if form in ELEVEN and following in TEN:
            return 11, "units", at + 2
        if form in UNITS and following in TEN:
            return UNITS[form] + 10, "units", at + 2
        if form in UNITS and 3 <= UNITS[form] <= 9 and HUNDREDS.get(following) == 100:
            return UNITS[form] * 100, "hundreds", at + 2
        for table, kind in ((UNITS, "units"), (TENS, "tens"), (HUNDREDS, "hundreds"), (DUAL_SCALES, "dual scale")):
            if form in table:
                return table[form], kind, at + 1
    return None


def _vague_at(words: Sequence[str], at: int) -> Number | None:
    for form in forms(words[at]):
        if form not in VAGUE:
            continue
        low, high = VAGUE[form]
        end = at + 1
        # «عشرات الآلاف»: the bounds in thousands, up to the last unit below the next ten thousand.
        for scale in forms(words[end]) if end < len(words) else ():
            size = SCALES.get(scale, SMALL_PLURALS.get(scale, 0) if high == 9 else 0)
            if size > high:
                return Number(at, end + 1, None, low * size, (high + 1) * size - 1)
        return Number(at, end, None, low, high)
    return None


def forms(word: str) -> Iterator[str]:
    """Yield a folded word, and what is left of it without attached particle and article.

    >>> list(forms("والالاف"))
    ['والالاف', 'الالاف', 'الاف']
    """
    yield word
    if word[:1] in PARTICLES and len(word) > 2:
        word = "ال" + word[2:] if word.startswith("لل") else word[1:]
        yield word
    if word.startswith("ال") and len(word) > 4:
        yield word[2:]

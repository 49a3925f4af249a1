"""A QTY span to its Quantity: hedges and ranges around the numbers of the grammar, and the counted noun."""

from collections.abc import Sequence

from arie.document import Entity, Quantity
from arie.quantities.grammar import Number, Value, find_number, forms
from arie.quantities.lexicon import HEDGES, PERCENT, fold
from arie.text.names import READABLE, strip_particles
from arie.text.normalize import normalize
from arie.text.words import find_words

RANGE_WORDS = frozenset(map(fold, ("بين", "ما", "من", "إلى", "الى", "حتى", "أو")))
CONNECTORS = frozenset({"و", "-", "–", "—", "ـ", *map(fold, ("إلى", "حتى", "أو"))})
SIGNS = frozenset("()[]{}«»\"'،,-–—:ـ")
ARTICLE = frozenset({"ال", "الـ"})
DUAL_ENDINGS = ("تين", "تان", "تي", "تا", "ين", "ان")


def resolve_quantities(entities: Sequence[Entity]) -> tuple[Quantity, ...]:
    """Return the quantity of every QTY entity, in order; one in which no number is found has only its text."""
    return tuple(resolve(entity) for entity in entities if entity.label == "QTY")


def resolve(entity: Entity) -> Quantity:
    """Return what the span of one entity says.

    An exact number is value, low and high at once; «حوالي» keeps the value, has no bounds and is `approx`;
    «أكثر من» keeps the value as lower bound; a range and a vague word («مئات») have bounds and no value.
    """
    raw = [normalize(entity.text[start:end], READABLE).text for start, end in find_words(entity.text)]
    # A tatweel alone stands for a dash; normalised it would be nothing.
    words = [fold(word) or "ـ" for word in raw]
    hedges, free = _hedges(words)
    number = find_number(_masked(words, free))
    if number is None:
        return _dual(entity, raw, words, free, hedges)
    second = _range_end(words, free, number)
    used = set(range(number.start, second.end if second else number.end))
    rest = [i for i in range(len(words)) if free[i] and i not in used and not _is_glue(words[i])]
    percents = [i for i in rest if not PERCENT.isdisjoint(forms(words[i]))]
    if find_number([words[i] for i in rest if i >= number.end and i not in percents]):
        # More than this grammar reads, such as a sum of two counts: no value is better than a wrong one.
        return _quantity(entity, None, None, None, bool(hedges), None)
    unit = "%" if percents else _unit(raw, rest, max(used) + 1)
    if second and number.value is not None and second.value is not None:
        low, high = sorted((_scaled(number, second), second.value))
        return _quantity(entity, None, low, high, "about" in hedges, unit)
    if number.value is None:
        return _quantity(entity, None, number.low, number.high, True, unit)
    return _hedged(entity, number.value, hedges, unit)


def _scaled(first: Number, second: Number) -> Value:
    """Return the first number of a range; the scale of «بين 20 و30 ألف» counts for both."""
    value, end = first.value or 0, second.value or 0
    return value * second.scale if first.scale == 1 and value < end / second.scale and value < 1000 else value


def _hedged(entity: Entity, value: Value, hedges: set[str], unit: str | None) -> Quantity:
    about = "about" in hedges
    low = None if about or "most" in hedges else value
    high = None if about or "least" in hedges else value
    if about and "least" in hedges:
        low = value
    return _quantity(entity, value, low, high, about, unit)


def _quantity(
    entity: Entity, value: Value | None, low: Value | None, high: Value | None, approx: bool, unit: str | None
) -> Quantity:
    return Quantity(entity.id, entity.start, entity.end, entity.text, value, low, high, approx, unit)


def _hedges(words: Sequence[str]) -> tuple[set[str], list[bool]]:
    """Return the kinds of hedges in the words, and for each word whether it is none."""
    kinds: set[str] = set()
    free = [True] * len(words)
    for phrase, kind in HEDGES:
        for start in range(len(words) - len(phrase) + 1):
            heads = set(forms(words[start]))
            matches = phrase[0] in heads and tuple(words[start + 1 : start + len(phrase)]) == phrase[1:]
            if matches and all(free[start : start + len(phrase)]):
                kinds.add(kind)
                free[start : start + len(phrase)] = [False] * len(phrase)
    return kinds, free


def _masked(words: Sequence[str], free: Sequence[bool]) -> list[str]:
    # Brackets in «(2000)» and hedges are no part of numbers; a blank stops the grammar without moving positions.
    return [word if kept and word not in SIGNS else " " for word, kept in zip(words, free, strict=True)]


def _range_end(words: Sequence[str], free: Sequence[bool], number: Number) -> Number | None:
    """Return the second number of «بين 20 و30», «من خمسة إلى ستة», «12-15», if there is one."""
    at = number.end
    if at >= len(words):
        return None
    tied = words[at] in CONNECTORS
    fused = words[at].startswith("و") and any("بين" in forms(word) for word in words[:at])
    if not tied and not fused:
        return None
    start = at + tied
    second = find_number(_masked(words, free), start)
    return second if second is not None and second.start == start else None


def _is_glue(word: str) -> bool:
    return word in SIGNS or word in ARTICLE or word in RANGE_WORDS or word == "و"


def _unit(raw: Sequence[str], rest: Sequence[int], after: int) -> str | None:
    """Return the counted noun: what follows the number, else what stands before it («الحافلات الـ 11»)."""
    following = [raw[i] for i in rest if i >= after]
    return " ".join(" ".join(following or [raw[i] for i in rest]).split()) or None


def _dual(entity: Entity, raw: Sequence[str], words: Sequence[str], free: Sequence[bool], hedges: set[str]) -> Quantity:
    """Return two of a noun in the dual («حافلتين»); without one, a quantity of unknown value."""
    for i, word in enumerate(words):
        ending = next((e for e in DUAL_ENDINGS if word.endswith(e) and len(word) > len(e) + 2), None)
        if free[i] and ending:
            noun = raw[i][: -len(ending)] + ("ة" if ending.startswith("ت") else "")
            unit = " ".join([strip_particles(noun, {}).removeprefix("ال"), *raw[i + 1 :]])
            return _hedged(entity, 2, hedges, unit)
    return _quantity(entity, None, None, None, bool(hedges), None)

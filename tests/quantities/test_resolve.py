"""QTY spans to quantities: numbers, hedges, ranges, duals and what is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import LAW, texts

from arie.document import Entity, Quantity
from arie.quantities.resolve import resolve, resolve_quantities


def said(text):
    """Return value, low, high, approx and unit of a QTY span."""
    quantity = resolve(Entity("T1", 3, 3 + len(text), text, "QTY", 0.9, text))
    assert (quantity.entity, quantity.start, quantity.end, quantity.text) == ("T1", 3, 3 + len(text), text)
    return quantity.value, quantity.low, quantity.high, quantity.approx, quantity.unit


def exactly(value, unit):
    return value, value, value, False, unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("11 سيارة إسعاف", 11, "سيارة إسعاف"),
        ("250 مسلحاً", 250, "مسلحا"),
        ("٢٬٥٠٠ نازح", 2500, "نازح"),
        ("۱۲ حافلة", 12, "حافلة"),
        ("40آلية", 40, "آلية"),
        ("ثلاثة آلاف و500 مدني", 3500, "مدني"),
        ("1,234.5 طن", 1234.5, "طن"),
        ("مئة و50 أسيرا", 150, "أسيرا"),
        ("150 امرأة وطفل", 150, "امرأة وطفل"),
        ("كيلومتر واحد", 1, "كيلومتر"),
        ("قافلة واحدة", 1, "قافلة"),
        ("الحافلات الـ 11", 11, "الحافلات"),
        ("الحافلات (11)", 11, "الحافلات"),
        ("(2000) مقاتل", 2000, "مقاتل"),
        ("700", 700, None),
        ("ثلث", 1 / 3, None),
        ("نصف السكان", 1 / 2, "السكان"),
        ("نصف مليون نازح", 500_000, "نازح"),
        ("ربع مليون", 250_000, None),
        ("50%", 50, "%"),
        ("٪٥٠", 50, "%"),
        ("50 بالمئة", 50, "%"),
        ("خمسون في المئة", 50, "%"),
        ("12.5 بالمائة", 12.5, "%"),
    ],
)
def test_exact_quantities(text, value, unit):
    assert said(text) == exactly(value, unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("حافلتين", "حافلة"),
        ("حافلتان", "حافلة"),
        ("الحافلتين", "حافلة"),
        ("وحافلتين", "حافلة"),
        ("سيارتي إسعاف", "سيارة إسعاف"),
        ("شاحنتا مساعدات", "شاحنة مساعدات"),
        ("مقاتلان", "مقاتل"),
        # nouns that begin with a letter that can also be a particle
        ("كيلومترين", "كيلومتر"),
        ("باصين", "باص"),
        ("بلدتين", "بلدة"),
        ("كتيبتين", "كتيبة"),
        ("فصيلين", "فصيل"),
        ("لواءين", "لواء"),
        ("ولدين", "ولد"),
    ],
)
def test_a_dual_is_two_of_its_noun(text, unit):
    assert said(text) == exactly(2, unit)


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "approx", "unit"),
    [
        ("حوالي 600 مقاتل", 600, None, None, True, "مقاتل"),
        ("نحو سبعين أسيرا", 70, None, None, True, "أسيرا"),
        ("لنحو 70 أسيرا", 70, None, None, True, "أسيرا"),
        ("20 شخصا تقريبا", 20, None, None, True, "شخصا"),
        ("20 شخصاً تقريباً", 20, None, None, True, "شخصا"),
        ("ما يقارب 3 آلاف مدني", 3000, None, None, True, "مدني"),
        ("حوالي حافلتين", 2, None, None, True, "حافلة"),
        ("أكثر من 20 جريحا", 20, 20, None, False, "جريحا"),
        ("أكثر من حافلتين", 2, 2, None, False, "حافلة"),
        ("ما لا يقل عن 11 سيارة إسعاف", 11, 11, None, False, "سيارة إسعاف"),
        ("ما يزيد على ألف و200 نازح", 1200, 1200, None, False, "نازح"),
        ("على الأقل 5 أسر", 5, 5, None, False, "أسر"),
        ("5 أسر على الأقل", 5, 5, None, False, "أسر"),
        ("أقل من خمسين عنصرا", 50, None, 50, False, "عنصرا"),
        ("لا يتجاوز 50 عنصرا", 50, None, 50, False, "عنصرا"),
        ("ما لا يزيد على 50 عنصرا", 50, None, 50, False, "عنصرا"),
        ("لا يزيد على 50 عنصرا", 50, None, 50, False, "عنصرا"),
        ("لا يزيد عن 50 عنصرا", 50, None, 50, False, "عنصرا"),
        ("50 عنصرا كحد أقصى", 50, None, 50, False, "عنصرا"),
    ],
)
def test_hedges(text, value, low, high, approx, unit):
    assert said(text) == (value, low, high, approx, unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("بين 20 و30 حافلة", 20, 30, "حافلة"),
        ("ما بين 20 و 30 حافلة", 20, 30, "حافلة"),
        ("بين مئة ومئتي مقاتل", 100, 200, "مقاتل"),
        ("بين مئة ومئة وخمسين مقاتلا", 100, 150, "مقاتلا"),
        ("بين خمسة وعشرة أشخاص", 5, 10, "أشخاص"),
        ("من خمسة إلى ستة جنود", 5, 6, "جنود"),
        ("من 10 الى 15 باصا", 10, 15, "باصا"),
        ("10-15 باصا", 10, 15, "باصا"),
        ("10 – 15 باصا", 10, 15, "باصا"),
        ("10 ـ 15 باصا", 10, 15, "باصا"),
        ("خمسة أو ستة جنود", 5, 6, "جنود"),
        # a scale after the second number counts for both
        ("بين 20 و30 ألف نازح", 20_000, 30_000, "نازح"),
        ("من 5 إلى 6 آلاف شخص", 5000, 6000, "شخص"),
        ("بين خمسة وستة ملايين دولار", 5_000_000, 6_000_000, "دولار"),
        # ... but not if the first has its own
        ("بين 900 ألف ومليون نازح", 900_000, 1_000_000, "نازح"),
    ],
)
def test_ranges_have_bounds_and_no_value(text, low, high, unit):
    assert said(text) == (None, low, high, False, unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("مئات الإرهابيين", 200, 999, "الإرهابيين"),
        ("عشرات العائلات", 20, 99, "العائلات"),
        ("مئات الآلاف من النازحين", 200_000, 999_999, "النازحين"),
        ("بضعة آلاف", 3000, 9999, None),
        ("بضع مئات من المدنيين", 300, 999, "المدنيين"),
    ],
)
def test_vague_quantities_have_bounds_and_no_value(text, low, high, unit):
    assert said(text) == (None, low, high, True, unit)


@pytest.mark.parametrize("text", ["رتل", "كثير", "«»", "ـ"])
def test_without_a_number_there_is_only_the_text(text):
    assert said(text) == (None, None, None, False, None)


def test_only_qty_spans_are_resolved_in_their_order():
    entities = [
        Entity("T1", 0, 1, "7", "QTY", 1.0, "7"),
        Entity("T2", 2, 6, "2014", "TIME", 1.0, "2014"),
        Entity("T3", 7, 9, "12", "QTY", 1.0, "12"),
    ]
    assert resolve_quantities(entities) == (
        Quantity("T1", 0, 1, "7", 7, 7, 7, False, None),
        Quantity("T3", 7, 9, "12", 12, 12, 12, False, None),
    )


PARTS = [
    "7",
    "٢٠",
    "30",
    "ألف",
    "مئة",
    "خمسة",
    "وستة",
    "و",
    "بين",
    "إلى",
    "-",
    "حوالي",
    "أكثر من",
    "حافلة",
    "مئات",
    "%",
]
phrases = st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map(" ".join)


@LAW
@given(phrases | texts.filter(bool))
def test_any_text_resolves_to_bounds_in_order(text):
    value, low, high, approx, unit = said(text)
    if low is not None and high is not None:
        assert low <= high
    if value is not None:
        assert low in (None, value)
        assert high in (None, value)
    assert isinstance(approx, bool)
    assert unit is None or unit.strip() == unit != ""


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("ألفا نازح", 2000, "نازح"),
        ("12 ألفا", 12_000, None),
        ("ألفا و250 نازحا", 1250, "نازحا"),
        ("خمسة عشر ألفا", 15_000, None),
        ("ثلاثماية مدني", 300, "مدني"),
        ("خمسمايه وعشرين", 520, None),
    ],
)
def test_two_thousand_and_spellings_of_hundred(text, value, unit):
    assert said(text) == exactly(value, unit)

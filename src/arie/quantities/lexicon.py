"""The words of Arabic numbers, in the folded spelling of `fold` (no hamza, ه for ة, ي for ى)."""

from arie.config import Preparation
from arie.text.normalize import normalize

FOLDED = str.maketrans("أإآٱىةؤئ", "اااايهءء")


def fold(word: str) -> str:
    """Return a word as the tables below spell it.

    >>> fold("ثلاثمئة"), fold("١٢")
    ('ثلاثمءه', '12')
    """
    return normalize(word, Preparation()).text.translate(FOLDED)


def _folded(table: dict[int, str]) -> dict[str, int]:
    return {fold(word): value for value, words in table.items() for word in words.split()}


UNITS = _folded(
    {
        0: "صفر",
        1: "واحد واحدة",
        2: "اثنان اثنين اثنتان اثنتين اثنا اثنتا اثني اثنتي",
        3: "ثلاثة ثلاث",
        4: "أربعة أربع",
        5: "خمسة خمس",
        6: "ستة ست",
        7: "سبعة سبع",
        8: "ثمانية ثماني ثمان",
        9: "تسعة تسع",
        10: "عشرة عشر",
    }
)
# «أحد» and «إحدى» are numbers only before «عشر»; alone they mean "one of".
ELEVEN = frozenset(map(fold, ("أحد", "إحدى", "احدى")))
TEN = frozenset(map(fold, ("عشر", "عشرة")))
TENS = _folded(
    {
        20: "عشرون عشرين",
        30: "ثلاثون ثلاثين",
        40: "أربعون أربعين",
        50: "خمسون خمسين",
        60: "ستون ستين",
        70: "سبعون سبعين",
        80: "ثمانون ثمانين",
        90: "تسعون تسعين",
    }
)
HUNDRED_SPELLINGS = ("مئة", "مائة", "مية", "ماية")
HUNDREDS = _folded(
    {
        100: " ".join(HUNDRED_SPELLINGS),
        200: "مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي",
    }
    | {
        hundreds: " ".join(f"{stem}{hundred}" for stem in stems.split() for hundred in HUNDRED_SPELLINGS)
        for hundreds, stems in {
            300: "ثلاث",
            400: "أربع",
            500: "خمس",
            600: "ست",
            700: "سبع",
            800: "ثمان ثماني",
            900: "تسع",
        }.items()
    }
)
SCALES = _folded(
    {
        1_000: "ألف آلاف ألفا",
        1_000_000: "مليون ملايين مليونا",
        1_000_000_000: "مليار مليارات مليارا بليون",
    }
)
DUAL_SCALES = _folded(
    {
        2_000: "ألفان ألفين ألفي",
        2_000_000: "مليونان مليونين مليوني",
        2_000_000_000: "ملياران مليارين ملياري",
    }
)
FRACTIONS = {fold(word): value for word, value in {"نصف": 1 / 2, "ثلث": 1 / 3, "ثلثي": 2 / 3, "ربع": 1 / 4}.items()}
# Words for a number that is left open, with the bounds that they are read as.
VAGUE = {
    fold(word): bounds
    for word, bounds in {
        "بضع": (3, 9),
        "بضعة": (3, 9),
        "عشرات": (20, 99),
        "مئات": (200, 999),
        "مائات": (200, 999),
        "آلاف": (2_000, 9_999),
        "ألوف": (2_000, 9_999),
        "ملايين": (2_000_000, 9_999_999),
    }.items()
}
# Hedges, longest first: what each says of the number beside it.
HEDGES = [
    (tuple(fold(word) for word in phrase.split()), kind)
    for kind, phrases in {
        "about": "ما يقارب|ما يقرب من|ما يناهز|يقارب|حوالي|حوالى|نحو|قرابة|زهاء|تقريبا|تقريبًا|قريب من|في حدود|بحدود",
        "least": "ما لا يقل عن|لا يقل عن|ما يزيد على|ما يزيد عن|ما يربو على|يزيد على|يزيد عن|على الأقل|كحد أدنى"
        "|أكثر من|أزيد من|فوق|يفوق|ما يفوق",
        "most": "ما لا يزيد على|ما لا يزيد عن|لا يزيد على|لا يزيد عن|لا يتجاوز|على الأكثر|كحد أقصى|أقل من|دون|ما دون",
    }.items()
    for phrase in phrases.split("|")
]
HEDGES.sort(key=lambda row: -len(row[0]))
PERCENT = frozenset({"%", "٪", *map(fold, ("بالمئة", "بالمائة", "المئة", "المائة"))})

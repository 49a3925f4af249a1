"""The listing for a terminal: everything is shown, and lines look as a bidi display would show them."""

import re

import arabic_reshaper
import pytest
from bidi.algorithm import get_display

from arie.document import Document, Entity, Quantity
from arie.listing import Terminal, detect_terminal, list_document, visual
from arie.readers.inline import parse_inline

PLAIN = Terminal(width=80, color=False, reorders=True)
COLOR = Terminal(width=80, color=True, reorders=True)
SIMPLE = Terminal(width=80, color=False, reorders=False)
NEWS = parse_inline(
    "{اتفق|AGR=a} {فيلق الصحراء|ARM party<a} {والإدارة الذاتية|ORG} على {إخلاء|EVA=e provides<a} "
    "{مخيم الركبان|LOC origin<e} ({الرقبان|LOC origin<e}).\n"
    "{جنود|GRP=g evacuee<f} {الفيلق|ARM member_of<g} {غادروا|EVA=f} في "
    "{12 حافلة|QTY transport<f} (بيضاء) {أمس|TIME time<f}.",
    "خبر-3",
)


def by_reference(line):
    """Return a line as the reference implementation of the bidi algorithm shows it, brackets mirrored."""
    return get_display(arabic_reshaper.reshape(line), base_dir="R")


def without_color(line):
    return re.sub(r"\x1b\[[0-9;]*m", "", line)


def text_lines(document, terminal):
    """Return the lines of the text: they stand after the legend, between two empty lines."""
    lines = [without_color(line) for line in list_document(document, terminal)]
    return lines[3 : lines.index("", 3)]


@pytest.mark.parametrize(
    ("environment", "width", "terminal"),
    [
        ({}, 80, Terminal(80, True, False)),
        ({"NO_COLOR": "1"}, 80, Terminal(80, False, False)),
        ({}, 300, Terminal(110, True, False)),
        ({"VTE_VERSION": "5800"}, 80, Terminal(80, True, True)),
        ({"VTE_VERSION": "5799"}, 80, Terminal(80, True, False)),
        ({"VTE_VERSION": ""}, 80, Terminal(80, True, False)),
        ({"TERM_PROGRAM": "Apple_Terminal"}, 80, Terminal(80, True, True)),
        ({"TERM_PROGRAM": "vscode"}, 80, Terminal(80, True, False)),
        ({"KONSOLE_VERSION": "230400"}, 80, Terminal(80, True, True)),
        ({"MLTERM": "3.9"}, 80, Terminal(80, True, True)),
        ({"ARIE_BIDI": "terminal"}, 80, Terminal(80, True, True)),
        ({"ARIE_BIDI": "arie", "VTE_VERSION": "7000"}, 80, Terminal(80, True, False)),
    ],
)
def test_terminals(environment, width, terminal):
    assert detect_terminal(environment, width, True) == terminal


def test_a_file_has_no_color():
    assert detect_terminal({"MLTERM": "3.9"}, 80, False) == Terminal(80, False, True)


def test_a_strange_terminal_version_is_no_reason_to_stop():
    assert detect_terminal({"VTE_VERSION": "git"}, 80, True) == Terminal(80, True, False)


def test_the_whole_listing_is_there():
    lines = [line.rstrip() for line in list_document(NEWS, PLAIN)]
    joined = "\n".join(lines)
    assert lines[0].startswith("── خبر-3: 11 spans, 8 links ")
    assert lines[1].split() == ["ARM", "ORG", "LOC", "TIME", "QTY", "GRP", "AGR", "EVA"]
    assert joined.index("── Agreements") < joined.index("── Evacuations and movements")
    for row in (
        "اتفق   1.00  at 0",
        "    party        فيلق الصحراء 1.00",
        "    provides     إخلاء 1.00",
        "    origin       مخيم الركبان 1.00 · الرقبان 1.00",
        "    evacuee      جنود of الفيلق 1.00",
        "    transport    12 حافلة 1.00",
        "    time         أمس 1.00",
    ):
        assert row in lines


@pytest.mark.parametrize("terminal", [PLAIN, SIMPLE])
def test_color_changes_nothing_but_color(terminal):
    colored = Terminal(terminal.width, True, terminal.reorders)
    assert [without_color(line) for line in list_document(NEWS, colored)] == list(list_document(NEWS, terminal))
    assert not any("\x1b" in line for line in list_document(NEWS, terminal))
    assert any("\x1b" in line for line in list_document(NEWS, colored))


def test_the_text_is_colored_by_label():
    (line,) = [line for line in list_document(parse_inline("عاد {سامر|PER} إلى {حلب|LOC}"), COLOR) if "إلى" in line]
    assert "\x1b[95mسامر\x1b[0m" in line
    assert "\x1b[92mحلب\x1b[0m" in line


@pytest.mark.parametrize("width", [10, 23, 60])
@pytest.mark.parametrize("reorders", [True, False])
def test_the_whole_text_is_shown_in_lines_that_fit(width, reorders):
    lines = text_lines(NEWS, Terminal(width, False, reorders))
    shown = [line.strip("\u200f ") for line in lines]
    assert all(len(line) <= width for line in (shown if reorders else lines))
    if reorders:
        assert " ".join(shown).split() == NEWS.text.split()


def test_lines_of_the_text_stay_lines():
    assert [line.strip("\u200f ") for line in text_lines(Document("عنوان\r\n\nخبر طويل\u2028ذيل"), PLAIN)] == [
        "عنوان",
        "خبر طويل",
        "ذيل",
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "غادروا المدينة أمس.",
        "{غادرت|EVA} {12 حافلة|QTY} مدينة {حلب|LOC}، ثم عادت.",
        "وقالت {رويترز|ORG} إن القافلة وصلت",
        "وصل 2,500 شخص في 3.5 ساعة",
        "وصلوا ٢٥ نازحا",
        "بين 10 - 20 حافلة",
        "نقلت شركة {Cham Wings|ORG} الجرحى",
        # brackets and quotation marks are mirrored
        "({رويترز|ORG})",
        "(رويترز) قالت",
        "سموه «{جيش الفتح|ARM}» سابقا",
        "سموه «الفتح» سابقا",
        "عادت الحافلات ({11|QTY}) كلها",
        "عادت الحافلات (11) كلها",
        "قالت القناة (CNN) أمس",
        # signs at the left of a number or of Latin letters
        "غادروا عام 2014، ثم عادوا",
        "عادوا في 2017.",
        "نقلت {Cham Wings|ORG}، الشركة، الجرحى",
        "نسبة 50% منهم",
        # two numbers are two words
        "في عام 2014 28 قتيلا",
    ],
)
def test_lines_look_as_the_bidi_algorithm_says(markup):
    document = parse_inline(markup)
    (line,) = text_lines(document, SIMPLE)
    assert line.strip() == by_reference(document.text)


def test_a_terminal_that_reorders_gets_the_text_as_it_is():
    (line,) = text_lines(parse_inline("عادت (11) حافلة، {CNN|ORG} قالت."), PLAIN)
    assert line.strip("\u200f ") == "عادت (11) حافلة، CNN قالت."


@pytest.mark.parametrize("text", ["حلب", "(حلب)", "«جيش»", "11 حافلة", "لا", "مُدَّة", "حافلات (11)", "حلب، حمص"])
def test_visual(text):
    assert visual(text) == by_reference(text)


@pytest.mark.parametrize(
    ("value", "low", "high", "approx", "said"),
    [
        (12, 12, 12, False, "12"),
        (3.5, 3.5, 3.5, False, "3.5"),
        (70, None, None, True, "about 70"),
        (600, 600, None, False, "600 or more"),
        (50, None, 50, False, "50 or fewer"),
        (None, 20, 30, False, "20 to 30"),
        (None, 200, 999, True, "about 200 to 999"),
        (None, None, None, False, "?"),
    ],
)
def test_quantities_are_said_in_words(value, low, high, approx, said):
    entity = Entity("T1", 0, 4, "عدد ", "QTY", 1.0, "عدد")
    quantity = Quantity("T1", 0, 4, "عدد ", value, low, high, approx, "باص")
    lines = list(list_document(Document("عدد منهم", (entity,), (quantity,)), PLAIN))
    assert re.split(r"  +", lines[-1].strip()) == [said, "باص", "عدد"]


def test_an_empty_document_has_a_title_and_no_sections():
    lines = list(list_document(Document(""), PLAIN))
    assert lines[0].startswith("── text: 0 spans, 0 links")
    assert not any("──" in line for line in lines[1:])


def test_an_unknown_label_is_shown_too():
    lines = list(list_document(parse_inline("في {حلب|CITY}"), COLOR))
    assert any("\x1b[1mحلب\x1b[0m" in line for line in lines)

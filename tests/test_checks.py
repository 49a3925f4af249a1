"""Every rule of the guidelines that a program can see is seen, and nothing else is complained about."""

import pytest

from arie.checks import find_problems
from arie.document import Document, Entity, Relation
from arie.labels import read_labels
from arie.readers.inline import parse_inline
from arie.resources import find_file

LABELS = read_labels(find_file("configs/labels.toml"))


def spans(text, *ranges, label="LOC"):
    entities = [
        Entity(f"T{n}", start, end, text[start:end], label, 1.0, "") for n, (start, end) in enumerate(ranges, start=1)
    ]
    return Document(text, tuple(entities))


def surfaces(label, surface):
    return parse_inline(f"قال {{{surface}|{label}}} ثم")


@pytest.mark.parametrize(
    "markup",
    [
        "لا شيء هنا",
        "{غادرت|EVA=e} {11 حافلة|QTY transport<e} {دوما|LOC origin<e}، {والوعر|LOC origin<e}.",
        'قصف {تنظيم "فجر الشام"|ARM} {تل رفعت|LOC}.',
        "{الاتفاق|AGR=a} ينص على {الخروج|EVA=e provides<a} خلال {10 أيام|TIME time<e time<a}",
        "بلغت {50%|QTY}، {والحافلات (11)|QTY}",
        "نعته «{شبكة الفرات|ORG}» في {الهيئة (هتش)|ORG}",
        "{ودمر|LOC}{40|QTY}",
        "على بعد {3.5 كم|QTY} منها",
    ],
)
def test_good_documents_have_no_problem(markup):
    assert list(find_problems(parse_inline(markup), LABELS)) == []


@pytest.mark.parametrize("surface", ["15 رمضان 1438 هـ", "1438هـ", "عام 1441 هـ"])
def test_a_word_that_ends_in_tatweel_is_no_sign(surface):
    assert list(find_problems(surfaces("TIME", surface), LABELS)) == []


@pytest.mark.parametrize(
    ("document", "messages"),
    [
        (parse_inline("في {حلب|CITY}"), ["CITY 'حلب' at 3: unknown label; known are PER, ARM"]),
        (spans("وحلب هنا", (1, 4)), ["LOC 'حلب' at 1: does not start and end at word boundaries"]),
        (spans("حلب هنا", (0, 2)), ["LOC 'حل' at 0: does not start and end at word boundaries"]),
        (spans("حلب هنا", (0, 4)), ["LOC 'حلب ' at 0: does not start and end at word boundaries"]),
        (spans("تل أبيض. وحلب", (3, 13)), ["runs over the end of a sentence"]),
        (spans("تل\nأبيض", (0, 7)), ["runs over the end of a sentence"]),
        (spans("ريف حلب الغربي", (0, 7), (4, 14)), ["LOC 'حلب الغربي' at 4: overlaps 'ريف حلب'"]),
        (
            spans("ريف حلب الغربي هنا", (0, 14), (4, 7), (8, 18)),
            ["'حلب' at 4: overlaps", "'الغربي هنا' at 8: overlaps"],
        ),
    ],
)
def test_spans_that_break_a_rule(document, messages):
    found = list(find_problems(document, LABELS))
    assert len(found) == len(messages)
    for line, message in zip(found, messages, strict=True):
        assert message in line


@pytest.mark.parametrize(
    ("label", "surface"),
    [
        ("LOC", "حلب،"),
        ("LOC", "حلب."),
        ("LOC", "(حلب"),
        ("LOC", "حلب)"),
        ("ARM", "«داعش"),
        ("ARM", "داعش»"),
        ("ARM", 'داعش"'),
        ("LOC", "- حلب"),
        ("LOC", "حلب –"),
        ("LOC", "حلب ـ"),
        # In quotes alone the span is the bare name, although each mark has its partner inside.
        ("ARM", '"داعش"'),
        ("ARM", "«داعش»"),
        ("ORG", "(رويترز)"),
    ],
)
def test_signs_at_the_edge_belong_outside(label, surface):
    (problem,) = find_problems(surfaces(label, surface), LABELS)
    assert problem == f"{label} {surface!r} at 4: a sign at its edge belongs outside"


@pytest.mark.parametrize(
    ("markup", "messages"),
    [
        ("{حلب|LOC=x} {غادرت|EVA origin<x}", ["LOC 'حلب' -origin-> EVA 'غادرت' at 0: the label does not join"]),
        ("{غادرت|EVA=e} {حلب|LOC transport<e}", ["the label does not join these spans"]),
        ("{غادرت|EVA=e} {حلب|LOC leaving<e}", ["the label does not join these spans"]),
        ("{غادرت|EVA=e} أمس. ومن {حلب|LOC origin<e} عادوا", ["head and tail are not in one sentence"]),
        ("{غادرت|EVA=e}\r\n{حلب|LOC origin<e}", ["head and tail are not in one sentence"]),
        ("{غادرت|EVA=e} {حلب|LOC origin<e destination<e}", ["a second link between the same spans"]),
        ("{غادرت|EVA=e}\n{حلب|LOC time<e}", ["the label does not join", "not in one sentence"]),
    ],
)
def test_links_that_break_a_rule(markup, messages):
    found = list(find_problems(parse_inline(markup), LABELS))
    assert len(found) == len(messages)
    for line, message in zip(found, messages, strict=True):
        assert message in line


def test_a_link_may_run_backwards():
    document = parse_inline("{حلب|LOC} {غادرت|EVA}")
    linked = Document(document.text, document.entities, (), (Relation("T2", "T1", "origin", 1.0),))
    assert list(find_problems(linked, LABELS)) == []

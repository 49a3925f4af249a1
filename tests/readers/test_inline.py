"""The inline markup of the training corpus: what it says, and what is said of markup that is broken."""

import pytest

from arie.errors import InputError
from arie.readers.inline import Report, parse_inline, read_inline, read_reports


@pytest.mark.parametrize(
    ("markup", "text", "spans", "links"),
    [
        ("", "", [], []),
        ("لا شيء", "لا شيء", [], []),
        ("في {حلب|LOC}.", "في حلب.", [("حلب", 3, "LOC")], []),
        (
            "{غادرت|EVA=e} {حافلتان|QTY transport<e} {عفرين|LOC origin<e}",
            "غادرت حافلتان عفرين",
            [("غادرت", 0, "EVA"), ("حافلتان", 6, "QTY"), ("عفرين", 14, "LOC")],
            [("T1", "T2", "transport"), ("T1", "T3", "origin")],
        ),
        # a head may follow its tail, and a tail may have several heads or links
        (
            "{جنود|GRP evacuee<a evacuee<b}: {نقل|EVA=a} و{خروج|EVA=b}",
            "جنود: نقل وخروج",
            [("جنود", 0, "GRP"), ("نقل", 6, "EVA"), ("خروج", 11, "EVA")],
            [("T2", "T1", "evacuee"), ("T3", "T1", "evacuee")],
        ),
        # a span may be head and tail
        (
            "{مقاتلي|GRP=g evacuee<e} {اللواء|ARM member_of<g} {انسحب|EVA=e}",
            "مقاتلي اللواء انسحب",
            [("مقاتلي", 0, "GRP"), ("اللواء", 7, "ARM"), ("انسحب", 14, "EVA")],
            [("T3", "T1", "evacuee"), ("T1", "T2", "member_of")],
        ),
        # a backslash takes the signs of the markup literally, outside and inside spans
        (r"a \{b\} c \| d \\ e", r"a {b} c | d \ e", [], []),
        (r"{حزب \{ أ\|ب|ORG}", "حزب { أ|ب", [("حزب { أ|ب", 0, "ORG")], []),
        # offsets are code points
        ("😀 {حلب|LOC}", "😀 حلب", [("حلب", 2, "LOC")], []),
        ("{❤\ufe0f|ORG}{ا\u0654مل|PER}", "❤\ufe0fا\u0654مل", [("❤\ufe0f", 0, "ORG"), ("ا\u0654مل", 2, "PER")], []),
        # a span over a line end is the checks' business; blanks around the links are free
        ("{تل\nأبيض|LOC=l  }", "تل\nأبيض", [("تل\nأبيض", 0, "LOC")], []),
    ],
)
def test_markup(markup, text, spans, links):
    document = parse_inline(markup, "d")
    assert (document.id, document.text) == ("d", text)
    assert [(e.text, e.start, e.label) for e in document.entities] == spans
    assert [e.id for e in document.entities] == [f"T{n}" for n in range(1, len(spans) + 1)]
    assert [(r.head, r.tail, r.label) for r in document.relations] == links


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("في {حلب {القديمة|LOC}|LOC}", "a span opens inside another at .*القديمة"),
        ("في حلب|LOC}", "without an open span or label at .*حلب"),
        ("في حلب}", "'}' without an open span"),
        ("في {حلب}", "'}' without an open span or label"),
        ("في {حلب", "a span is never closed; its text starts 'حلب'"),
        ("في {حلب|LOC", "never closed; its text starts 'حلب'"),
        ("في {حلب|}", "span 'حلب' has the tag ''; expected LABEL, =name, label<name"),
        ("في {حلب|LOC origin}", "has the tag 'LOC origin'"),
        ("في {حلب|LOC origin<}", "expected LABEL, =name, label<name"),
        ("في {حلب|LOC = a}", "expected LABEL, =name, label<name"),
        ("{غادر|EVA=e} {عاد|EVA=e}", "two spans have the name 'e'.*'عاد'"),
        ("{غادر|EVA=e} {حلب|LOC origin<f}", r"names \['f'\], which no span has"),
        ("في {|LOC} هنا", "3:3"),
    ],
)
def test_broken_markup_is_refused(markup, message):
    with pytest.raises(InputError, match=message):
        parse_inline(markup)


def write(tmp_path, text):
    path = tmp_path / "reports.arie"
    path.write_bytes(text.encode())
    return path


def test_a_file_holds_documents_with_facts(tmp_path):
    path = write(
        tmp_path,
        "\n=== one event=siege region=yemen\n\nخرج {سامر|PER}\n\nوعاد\n\n\n=== two\nبقوا\n===\n=== three style=news\n",
    )
    reports = list(read_reports(path))
    assert [(r.document.id, r.document.text, r.facts, r.line) for r in reports] == [
        ("one", "خرج سامر\n\nوعاد", {"event": "siege", "region": "yemen"}, 2),
        ("two", "بقوا\n===", {}, 9),
        ("three", "", {"style": "news"}, 12),
    ]
    assert all(isinstance(report, Report) for report in reports)
    assert list(read_inline(path)) == [report.document for report in reports]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"reports\.arie: an inline file starts with a line '=== ID"),
        ("خرجوا\n=== one\nعادوا\n", "an inline file starts with a line"),
        ("=== \nخرجوا\n", r"reports\.arie:1: expected '=== ID key=value"),
        (
            "=== one\nخرجوا\n=== two region\n",
            r"reports\.arie:3: expected '=== ID key=value \.\.\.', got '=== two region'",
        ),
        ("=== one a=b=c\n", r"reports\.arie:1: expected"),
        ("=== one\nخرجوا\n=== two\n{خرجوا|EVA\n", r"reports\.arie:3: a span is never closed"),
    ],
)
def test_broken_files_are_refused_with_their_line(tmp_path, text, message):
    with pytest.raises(InputError, match=message):
        list(read_reports(write(tmp_path, text)))

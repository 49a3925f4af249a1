"""Gold and predicted documents to one evaluation and its reports."""

import json

import pytest

from arie.document import Document, Entity
from arie.errors import InputError
from arie.evaluation.counts import total
from arie.evaluation.evaluate import METRICS, count_missed_pairs, evaluate
from arie.evaluation.report import FORMATS, as_json, as_markdown
from arie.labels import LabelSet, RelationLabel
from arie.readers.inline import parse_inline

pytest.importorskip("seqeval", reason="scores need the extra 'evaluate'")

LABELS = LabelSet(
    {"LOC": "place", "EVA": "movement"},
    {name: RelationLabel(name, "", frozenset({"EVA"}), frozenset({"LOC"})) for name in ("origin", "destination")},
)
GOLD = [
    parse_inline("{غادرت|EVA=e} {حلب|LOC origin<e} إلى {إدلب|LOC destination<e}", "1"),
    parse_inline("{عادوا|EVA=e} من {تل أبيض|LOC origin<e}", "2"),
]
GUESS = [
    # one label of a link wrong, one span missed and with it a link
    parse_inline("{غادرت|EVA=e} {حلب|LOC destination<e} إلى إدلب", "1"),
    # a span too short, and with it its link
    parse_inline("{عادوا|EVA=e} من {تل|LOC origin<e} أبيض", "2"),
]


def counts(evaluation):
    sums = {metric.name: total(metric.tallies).micro for metric in evaluation.metrics}
    return {name: (micro.gold, micro.predicted, micro.right) for name, micro in sums.items()}


def test_counts_of_a_prediction():
    evaluation = evaluate(GOLD, GUESS, LABELS, 20)
    # right spans: غادرت, حلب and عادوا; no link has both spans and its label right
    assert counts(evaluation) == {"spans_strict": (5, 4, 3), "relations_strict": (3, 2, 0)}
    assert evaluation.documents == 2
    assert evaluation.missed_pairs == {"links": 3, "span_not_found": 2, "not_in_one_sentence_or_too_far": 0}


@pytest.mark.parametrize("related", [None, GOLD])
def test_a_perfect_prediction(related):
    evaluation = evaluate(GOLD, GOLD, LABELS, 20, related)
    names = [*METRICS] + (["relations_gold_spans"] if related else [])
    raw = evaluation.to_dict()
    assert [metric.name for metric in evaluation.metrics] == names
    for name in names:
        assert (raw[name]["f1"], raw[name]["f1_low"], raw[name]["f1_high"]) == (1.0, 1.0, 1.0)
    assert evaluation.missed_pairs == {"links": 3, "span_not_found": 0, "not_in_one_sentence_or_too_far": 0}
    assert evaluation.seqeval["micro avg"]["f1-score"] == 1.0


def test_relations_with_gold_spans_are_scored_apart():
    related = [GOLD[0], parse_inline("{عادوا|EVA=e} من {تل أبيض|LOC destination<e}", "2")]
    raw = evaluate(GOLD, GUESS, LABELS, 20, related).to_dict()
    assert raw["relations_strict"]["f1"] == 0.0
    assert raw["relations_gold_spans"]["f1"] == pytest.approx(2 / 3, abs=1e-4)
    assert raw["relations_gold_spans"]["by_label"]["destination"] == {
        "precision": 0.5,
        "recall": 1.0,
        "f1": 0.6667,
        "gold": 1,
        "predicted": 2,
        "right": 1,
    }


def test_a_link_in_the_other_direction_is_wrong():
    gold, turned = parse_inline("{عاد|EVA=e} {حلب|LOC origin<e}"), parse_inline("{عاد|EVA origin<e} {حلب|LOC=e}")
    assert counts(evaluate([gold], [turned], LABELS, 20))["relations_strict"] == (1, 1, 0)


def test_recall_counts_gold_links_that_were_never_proposed():
    gold = [parse_inline("{عادوا|EVA=e}.\nمن {حلب|LOC origin<e}")]
    predicted = [Document(gold[0].text, gold[0].entities)]
    evaluation = evaluate(gold, predicted, LABELS, 20)
    assert counts(evaluation)["relations_strict"] == (1, 0, 0)
    assert evaluation.missed_pairs == {"links": 1, "span_not_found": 0, "not_in_one_sentence_or_too_far": 1}


@pytest.mark.parametrize(
    ("reach", "missed"),
    [
        (4, {"links": 3, "span_not_found": 2, "not_in_one_sentence_or_too_far": 0}),
        (2, {"links": 3, "span_not_found": 2, "not_in_one_sentence_or_too_far": 0}),
        (1, {"links": 3, "span_not_found": 2, "not_in_one_sentence_or_too_far": 1}),
    ],
)
def test_missed_pairs_by_the_first_reason(reach, missed):
    assert count_missed_pairs(GOLD, GUESS, LABELS, reach) == missed


@pytest.mark.parametrize(
    ("gold", "predicted", "message"),
    [
        ([], [], "there is no gold document to evaluate on"),
        (GOLD, GUESS[:1], "do not have the same texts in the same order"),
        (GOLD, GUESS[::-1], "do not have the same texts in the same order"),
        (GOLD[:1], [Document(GOLD[0].text + " ")], "do not have the same texts"),
    ],
)
def test_what_cannot_be_compared_is_refused(gold, predicted, message):
    with pytest.raises(InputError, match=message):
        evaluate(gold, predicted, LABELS, 20)


def test_without_relation_labels_only_spans_are_scored():
    bare = LabelSet(LABELS.spans, {})
    assert counts(evaluate(GOLD, GUESS, bare, 20, GOLD)) == {"spans_strict": (5, 4, 3)}


def test_gold_spans_off_word_borders_are_counted():
    off = Document("وحلب", (Entity("T1", 1, 4, "حلب", "LOC", 1.0, "حلب"),))
    assert evaluate([off], [off], LABELS, 20).misaligned_gold_spans == 1


@pytest.mark.parametrize("ending", FORMATS)
def test_reports_show_every_metric_and_the_setting(ending):
    page = FORMATS[ending](evaluate(GOLD, GUESS, LABELS, 20, GOLD, {"model": "نموذج"}))
    assert "نموذج" in page
    assert page.count("LOC") >= 1
    assert page.count("destination") >= 2


def test_the_json_report_is_the_evaluation():
    evaluation = evaluate(GOLD, GUESS, LABELS, 20, GOLD, {"model": "m"})
    raw = json.loads(as_json(evaluation))
    assert raw == evaluation.to_dict()
    assert raw["setting"] == {"model": "m"}
    assert (raw["spans_strict"]["precision"], raw["spans_strict"]["recall"]) == (0.75, 0.6)


def test_the_json_report_of_documents_without_labels_is_json():
    empty = [Document("لا شيء")]
    raw = json.loads(as_json(evaluate(empty, empty, LABELS, 20)), parse_constant=pytest.fail)
    assert raw["spans_strict"]["f1"] == 0.0


def test_the_markdown_report():
    lines = as_markdown(evaluate(GOLD, GUESS, LABELS, 20, GOLD, {"model": "m"})).split("\n")
    assert lines[0] == "# Evaluation"
    assert "- model: m" in lines
    assert "- documents: 2" in lines
    # LOC: 3 gold, 2 predicted, 1 right
    assert "| LOC | 0.500 | 0.333 | 0.400 | 3 | 2 |" in lines
    assert [line for line in lines if line.startswith("## ")] == [
        "## Spans, strict (start, end and label right)",
        "## Relations, end to end (both spans, label and direction right)",
        "## Relations, with gold spans given",
    ]
    assert any(line.startswith("Of 3 gold links, 2 could not be found end to end") for line in lines)

"""An evaluation as JSON and as Markdown."""

import json
from collections.abc import Callable
from typing import Any

from arie.evaluation.evaluate import TITLES, Evaluation


def as_json(evaluation: Evaluation) -> str:
    """Return the evaluation as indented JSON."""
    return json.dumps(evaluation.to_dict(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def as_markdown(evaluation: Evaluation) -> str:
    """Return the evaluation as a Markdown page: a summary, then a table by label for each metric."""
    raw = evaluation.to_dict()
    lines = ["# Evaluation", ""]
    lines += [f"- {name}: {value}" for name, value in evaluation.setting.items()]
    lines += [
        f"- documents: {evaluation.documents}",
        f"- gold spans off word borders: {evaluation.misaligned_gold_spans}",
        "- intervals: 95%, bootstrap over documents",
        "",
    ]
    for metric in evaluation.metrics:
        lines += _table(TITLES[metric.name], raw[metric.name])
    missed = evaluation.missed_pairs
    if missed["links"]:
        lines += [
            f"Of {missed['links']} gold links, {missed['span_not_found']} could not be found end to end because a span "
            f"was missed, and {missed['not_in_one_sentence_or_too_far']} because their pair was never proposed.",
            "",
        ]
    return "\n".join(lines)


def _table(title: str, metric: dict[str, Any]) -> list[str]:
    head = (
        f"**F1 {metric['f1']:.3f}** ({metric['f1_low']:.3f} to {metric['f1_high']:.3f}), "
        f"precision {metric['precision']:.3f}, recall {metric['recall']:.3f}"
    )
    lines = [f"## {title}", "", head, "", "| label | precision | recall | F1 | gold | predicted |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: |")
    for label, row in metric["by_label"].items():
        figures = f"{row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} | {row['gold']} | {row['predicted']}"
        lines.append(f"| {label} | {figures} |")
    return [*lines, ""]


# To add a report format, write a function and add a row: the file's ending and the function.
FORMATS: dict[str, Callable[[Evaluation], str]] = {".json": as_json, ".md": as_markdown}

"""The command line: output in each form, and one-line errors."""

import io
import json

import pytest

from arie.cli import main
from arie.document import Document

TEXT = "غادرت 12 حافلة مدينة داريا باتجاه إدلب."


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_bytes(TEXT.replace(" باتجاه", "\r\nباتجاه").encode())
    return path


def run(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_extract_writes_json_lines_and_keeps_the_text(capsys, article):
    code, out, err = run(capsys, "extract", article)
    document = Document.from_dict(json.loads(out))
    assert (code, err) == (0, "")
    assert document.id == "article"
    assert document.text == article.read_bytes().decode()
    assert document.entities


def test_extract_reads_standard_input(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    code, out, _ = run(capsys, "extract", "-")
    assert code == 0
    assert json.loads(out)["text"] == TEXT


def test_json_lines_on_standard_input_are_seen_as_such(capsys, monkeypatch):
    data = "\ufeff" + json.dumps({"id": "n1", "text": TEXT}) + "\r\n"
    for text in (data, data.lstrip("\ufeff")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        code, out, _ = run(capsys, "extract", "-", *(["--format", "jsonl"] if text is data else []))
        assert code == 0
        assert json.loads(out)["id"] == "n1"


def test_extract_reads_json_lines_and_keeps_ids(capsys, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [{"id": f"n{i}", "text": TEXT} for i in range(3)]
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    code, out, _ = run(capsys, "extract", source, "-o", target)
    assert (code, out) == (0, "")
    assert [json.loads(line)["id"] for line in target.read_text(encoding="utf-8").splitlines()] == ["n0", "n1", "n2"]


def test_what_was_written_before_an_error_is_kept(capsys, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n{broken\n", encoding="utf-8")
    code, _, err = run(capsys, "extract", source, "-o", target)
    assert code == 1
    assert "in.jsonl:2: not a line of JSON" in err
    assert json.loads(target.read_text(encoding="utf-8"))["id"] == "a"


def test_the_listing_shows_text_triggers_and_quantities(capsys, article, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("ARIE_BIDI", "terminal")
    code, out, _ = run(capsys, "extract", article, "--listing")
    assert code == 0
    assert "غادرت 12 حافلة" in out
    assert "transport    12 حافلة" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract", "/nowhere/a.txt"], "cannot read /nowhere/a.txt"),
        (["extract", "{latin}"], "is not UTF-8"),
        (["extract", "{article}", "--model", "nothing"], "there is no model 'nothing'"),
        (["extract", "{article}", "--device", "abacus"], "unknown device 'abacus'"),
        (["extract", "{article}", "-o", "/nowhere/out.jsonl"], "cannot write /nowhere/out.jsonl"),
        (["train", "/nowhere/config.toml"], "cannot read the config"),
        (["train", "{typo}"], "unknown key 'epoch'; known keys are"),
        (["evaluate", "--gold", "/nowhere/gold.jsonl"], "cannot read /nowhere/gold.jsonl"),
        (["convert", "{article}", "--to", "pdf"], "unknown format 'pdf'; known are jsonl"),
        (["convert", "{article}", "--from", "pdf"], "unknown format 'pdf'; known are plain"),
    ],
)
def test_errors_are_one_line(capsys, tmp_path, article, arguments, message):
    latin, typo = tmp_path / "latin.txt", tmp_path / "typo.toml"
    latin.write_bytes("حلب".encode("windows-1256"))
    typo.write_text("epoch = 3", encoding="utf-8")
    names = {"article": article, "latin": latin, "typo": typo}
    code, _, err = run(capsys, *(argument.format(**names) for argument in arguments))
    assert code == 1
    assert err.startswith("arie: ")
    assert message in err
    assert "Traceback" not in err


def test_convert_goes_there_and_back(capsys, tmp_path):
    markup = "=== a\n{غادر|EVA=T1} {الجنود|GRP evacuee<T1} {حلب|LOC origin<T1}\n"
    inline, lines = tmp_path / "a.arie", tmp_path / "a.jsonl"
    inline.write_text(markup, encoding="utf-8")
    assert run(capsys, "convert", inline, lines)[0] == 0
    code, out, _ = run(capsys, "convert", lines, "--to", "inline")
    assert (code, out) == (0, markup)
    assert run(capsys, "convert", lines, "--to", "columns")[1] == "غادر\tB-EVA\nالجنود\tB-GRP\nحلب\tB-LOC\n\n"


def test_check_lists_problems(capsys, tmp_path):
    path = tmp_path / "a.arie"
    path.write_text("=== a\n{«حلب|LOC} {غادر|EVA=e}. {حمص|LOC origin<e}\n", encoding="utf-8")
    code, out, _ = run(capsys, "check", path)
    assert code == 1
    assert "a sign at its edge" in out
    assert "not in one sentence" in out
    assert out.endswith("2 problems\n")


def test_evaluate_compares_two_files(capsys, tmp_path):
    gold, guess = tmp_path / "gold.arie", tmp_path / "guess.arie"
    gold.write_text("=== a\n{غادر|EVA=e} {حلب|LOC origin<e} {أمس|TIME time<e}\n", encoding="utf-8")
    guess.write_text("=== a\n{غادر|EVA=e} {حلب|LOC destination<e} {أمس|TIME time<e}\n", encoding="utf-8")
    code, out, _ = run(capsys, "evaluate", "--gold", gold, "--predicted", guess, "-o", tmp_path / "report")
    report = json.loads((tmp_path / "report/report.json").read_text(encoding="utf-8"))
    assert code == 0
    assert report["spans_strict"]["f1"] == 1.0
    assert report["relations_strict"]["f1"] == 0.5
    assert report["relations_strict"]["by_label"]["origin"]["recall"] == 0.0
    assert (tmp_path / "report/report.md").read_text(encoding="utf-8").strip() == out.strip()


def test_evaluate_refuses_other_texts(capsys, tmp_path):
    gold, guess = tmp_path / "gold.arie", tmp_path / "guess.arie"
    gold.write_text("=== a\n{غادر|EVA} حلب\n", encoding="utf-8")
    guess.write_text("=== a\n{غادر|EVA} حمص\n", encoding="utf-8")
    code, _, err = run(capsys, "evaluate", "--gold", gold, "--predicted", guess)
    assert code == 1
    assert "same texts" in err

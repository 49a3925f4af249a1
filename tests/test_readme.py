"""The code of the README runs, and prints what the README says."""

import contextlib
import io
import re

from samples import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_of_the_readme_runs_as_it_says(tmp_path, monkeypatch):
    (tmp_path / "news.txt").write_text("غادر الجنود حلب.\nوصلوا إلى حمص.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    printed = []
    for code in re.findall(r"```python\n(.*?)```", README, re.S):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(code, names)
        printed.append(out.getvalue())
    shown = re.search(r"```python\n.*?```\n\n```\n(.*?)```", README, re.S)
    assert shown is not None
    assert printed[0] == shown.group(1)


def test_the_files_that_the_readme_names_are_there():
    for name in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / name).exists(), name

"""What the README shows of Python is what Python says."""

import doctest
import re
from pathlib import Path

import lstm_core

README = Path(__file__).resolve().parents[1] / "README.md"


def example(section: str) -> str:
    """The one example of a section, as typed and answered."""
    text = re.search(rf"^## {section}\n(.*?)^## ", README.read_text(encoding="utf-8"), re.M | re.S)
    assert text, f"the README has no section {section}"
    (found,) = re.findall(r"^```pycon\n(.*?)^```$", text[1], re.M | re.S)
    return found


def test_the_notebook_example_runs_and_answers_what_it_says(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    test = doctest.DocTestParser().get_doctest(example("From a notebook"), {}, "README.md", str(README), 0)
    called = set(re.findall(r"lstm_core\.(\w+)\(", test.docstring or ""))
    assert called == set(lstm_core.__all__) - {"load_series", "Hyperparameters"}
    result = doctest.DocTestRunner().run(test)
    assert result.attempted > 8
    assert result.failed == 0, capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["runs"]

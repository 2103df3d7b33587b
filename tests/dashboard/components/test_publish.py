"""What the browser loads lies where Streamlit serves it, whole, under an address of its own version."""

import os
import subprocess
import sys
import time
from pathlib import Path

import plotly
import pytest

from dashboard.components import publish as module
from dashboard.components.publish import PLOTLY, STATIC, bundled, content_hash, publish


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "stage"
    folder.mkdir()
    (folder / "stage.js").write_text('import { one } from "./numbers.js";\n\nexport const mount = () => one;\n')
    (folder / "numbers.js").write_text("export const one = 1;\n")
    (folder / "stage.css").write_text('@import "./base.css";\n.gs {}\n')
    (folder / "base.css").write_text(".base {}\n")
    return folder


@pytest.fixture
def plotly_js(tmp_path: Path) -> Path:
    script = tmp_path / "plotly.min.js"
    script.write_text("window.Plotly = {};")
    return script


def names(static: Path) -> list[str]:
    return sorted(path.name for path in (static / "vendor").iterdir())


def test_a_script_and_a_sheet_an_entry_and_plotly_lie_under_versioned_addresses(tmp_path, sources, plotly_js):
    published = publish(tmp_path, sources, plotly_js)
    served = {name: tmp_path / path.removeprefix("app/static/") for name, path in vars(published).items()}
    assert sorted(path.name for path in served["stage"].iterdir()) == ["stage.css", "stage.js"]
    assert "const one = 1;" in (served["stage"] / "stage.js").read_text()
    assert (served["stage"] / "stage.css").read_text() == ".base {}\n.gs {}\n"
    assert served["plotly"].read_text() == "window.Plotly = {};"
    assert plotly.__version__ in served["plotly"].name
    assert published.stage.endswith("/")


def test_another_content_is_another_address_and_the_old_one_stays_for_servers_that_still_run(
    tmp_path, sources, plotly_js
):
    before = publish(tmp_path, sources, plotly_js)
    (sources / "base.css").write_text(".base { color: red }")
    after = publish(tmp_path, sources, plotly_js)
    assert before.stage != after.stage
    assert {Path(before.stage).name, Path(after.stage).name} <= set(names(tmp_path))


def test_versions_that_no_server_started_with_for_a_week_go(tmp_path, sources, plotly_js):
    vendor = tmp_path / "vendor"
    old = [vendor / "stage-0123456789ab", vendor / "plotly-1.0.0.min.js", vendor / "fonts"]
    (old[0] / "inner").mkdir(parents=True)
    old[1].write_text("old")
    old[2].mkdir()  # not ours
    eight_days_ago = time.time() - 8 * 86_400
    current = publish(tmp_path, sources, plotly_js)
    for path in vendor.iterdir():
        os.utime(path, (eight_days_ago, eight_days_ago))
    publish(tmp_path, sources, plotly_js)
    assert names(tmp_path) == ["fonts", Path(current.plotly).name, Path(current.stage).name]
    used = [vendor / Path(path).name for path in (current.plotly, current.stage)]
    assert all(path.stat().st_mtime > time.time() - 60 for path in used)  # another server started with them


def test_a_renamed_entry_is_another_address(sources):
    before = content_hash(bundled(sources))
    for kind in ("js", "css"):
        (sources / f"stage.{kind}").rename(sources / f"scene.{kind}")
    assert content_hash(bundled(sources)) != before


def test_what_is_there_is_not_touched_again(tmp_path, sources, plotly_js):
    publish(tmp_path, sources, plotly_js)
    before = {path: path.stat().st_ino for path in (tmp_path / "vendor").rglob("*")}
    publish(tmp_path, sources, plotly_js)
    assert {path: path.stat().st_ino for path in (tmp_path / "vendor").rglob("*")} == before


def test_half_a_plotly_is_replaced(tmp_path, sources, plotly_js):
    published = publish(tmp_path, sources, plotly_js)
    script = tmp_path / published.plotly.removeprefix("app/static/")
    script.write_text("win")
    publish(tmp_path, sources, plotly_js)
    assert script.read_text() == "window.Plotly = {};"


def test_a_copy_that_fails_leaves_nothing_behind(tmp_path, sources, plotly_js, monkeypatch):
    def half(target, files):
        target.mkdir()
        (target / "stage.js").write_text("exp")
        raise OSError("disk full")

    monkeypatch.setattr(module, "_write", half)
    with pytest.raises(OSError, match="disk full"):
        publish(tmp_path, sources, plotly_js)
    assert names(tmp_path) == []


def test_nothing_is_ever_copied_to_an_address_that_browsers_know(tmp_path, sources, plotly_js, monkeypatch):
    """Copying takes time, renaming none: what has an address is whole."""
    targets = []

    def watched(copy, place):
        def copying(*arguments):
            targets.append(str(arguments[place]))
            return copy(*arguments)

        return copying

    monkeypatch.setattr(module, "_write", watched(module._write, 0))
    monkeypatch.setattr(module.shutil, "copyfile", watched(module.shutil.copyfile, 1))
    publish(tmp_path, sources, plotly_js)
    assert len(targets) == 2
    assert all(".new-" in target for target in targets)


def test_processes_that_publish_at_once_all_find_everything(tmp_path):
    code = "import sys; from pathlib import Path; from dashboard.components.publish import publish"
    code += "; print(publish(Path(sys.argv[1])))"
    command = [sys.executable, "-c", code, str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    answers = {process.communicate()[0] for process in running}
    assert [process.returncode for process in running] == [0] * 4
    assert len(answers) == 1
    assert len(names(tmp_path)) == 2
    folder = next(path for path in (tmp_path / "vendor").iterdir() if path.is_dir())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == bundled(STATIC)
    script = next(path for path in (tmp_path / "vendor").iterdir() if path.is_file())
    assert script.stat().st_size == PLOTLY.stat().st_size

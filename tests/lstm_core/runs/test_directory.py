"""Where a run may be written: no crash and no mistake loses what was there before."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from lstm_core.errors import InvalidArgument
from lstm_core.runs.run import load, require_free, save
from tests.helpers.places import ROOT
from tests.helpers.small_runs import assert_same, snapshot


def test_an_earlier_run_and_an_empty_folder_may_be_replaced(place, run):
    newer = replace(run, epoch=1)
    save(newer, place)
    assert_same(load(place), newer)
    (place.parent / "empty").mkdir()
    save(run, place.parent / "empty")
    save(run, place.parent / "deep" / "below" / "run")
    assert {path.name for path in place.parent.iterdir()} == {"run", "empty", "deep"}


@pytest.mark.parametrize("content", ["thesis.tex", "run.json", "weights.safetensors", ".hidden", "folder/run.json"])
def test_a_folder_of_others_is_refused_and_stays(tmp_path, run, content):
    out = tmp_path / "out"
    (out / content).parent.mkdir(parents=True)
    (out / content).write_text("precious")
    before = snapshot(tmp_path)
    with pytest.raises(InvalidArgument, match="out must be a new or empty directory, or an earlier run; got 'out'"):
        save(run, out)
    assert snapshot(tmp_path) == before


def test_an_earlier_run_with_something_beside_is_refused(place, run):
    (place / "notes.txt").write_text("precious")
    with pytest.raises(InvalidArgument, match="or an earlier run"):
        save(run, place)
    assert (place / "notes.txt").read_text() == "precious"


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("file", "out must be a directory; got 'file'"),
        ("file/below", "out must be in a directory that can be written to"),
        ("file/far/below", "out must be in a directory that can be written to"),
        ("/", "out must be a new or empty directory, or an earlier run; got '/'"),
    ],
)
def test_places_where_no_run_can_be(tmp_path, run, out, said):
    (tmp_path / "file").write_text("precious")
    (tmp_path / "file").chmod(0o777)
    for refuse in (require_free, lambda place: save(run, place)):
        with pytest.raises(InvalidArgument, match=said):
            refuse(tmp_path / out)
    assert snapshot(tmp_path) == {"file": b"precious"}


AS_NOBODY = """
import os, sys
from lstm_core.runs.run import require_free
if os.geteuid() == 0:
    os.setuid(65534)  # nobody: root may write everywhere
require_free(sys.argv[1])
"""


def test_a_folder_that_cannot_be_written_to_is_refused_beforehand(tmp_path):
    (tmp_path / "locked").mkdir(mode=0o555)
    for path in (tmp_path, *list(tmp_path.parents)[:-2]):
        path.chmod(path.stat().st_mode | 0o111)
    command = [sys.executable, "-c", AS_NOBODY, str(tmp_path / "locked" / "run")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "InvalidArgument: out must be in a directory that can be written to" in done.stderr


def test_a_link_stays_a_link(place, run):
    link = place.parent / "link"
    link.symlink_to(place)
    save(replace(run, epoch=1), link)
    assert link.is_symlink()
    assert load(place).epoch == load(link).epoch == 1


def test_a_folder_of_the_user_with_a_similar_name_stays(place, run):
    for name in ("run.previous", "run.tmp", ".run"):
        (place.parent / name).mkdir()
        (place.parent / name / "precious").write_text("x")
    before = snapshot(place.parent)
    save(run, place)
    assert snapshot(place.parent) == before


@pytest.mark.parametrize(("call", "nth"), [("replace", 1), ("replace", 2), ("fsync", 1), ("fsync", 4), ("mkdir", 2)])
def test_an_error_while_saving_leaves_everything_as_it_was(place, run, monkeypatch, call, nth):
    """A full disk, or a rename that the system refuses. (The first mkdir asks for the folder above, which is there.)"""
    real, calls = getattr(os, call), []

    def failing(*arguments, **options):
        calls.append(arguments)
        if len(calls) == nth:
            raise OSError(28, "No space left on device")
        return real(*arguments, **options)

    before = snapshot(place.parent)
    monkeypatch.setattr(os, call, failing)
    with pytest.raises(OSError, match="No space left"):
        save(replace(run, epoch=1), place)
    monkeypatch.undo()
    assert snapshot(place.parent) == before


@pytest.mark.parametrize("over", ["an earlier run", "nothing"])
def test_a_crash_leaves_the_old_run_or_the_new_one(saved, run, tmp_path, over):
    """The process dies at each of its touches of the disk in turn; see crash.py."""
    new = tmp_path / "new"
    save(replace(run, epoch=1), new)
    old = saved if over == "an earlier run" else tmp_path / "missing"
    command = [sys.executable, "-m", "tests.helpers.crash", str(old), str(new), str(tmp_path / "space" / "run")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    deaths = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(deaths) > 8
    assert deaths[-1]["died"] is False
    assert not any(death["torch"] for death in deaths)
    left = [death.get("epoch") for death in deaths]
    before = run.epoch if over == "an earlier run" else None
    assert set(left) == {before, 1}
    assert left == sorted(left, key=lambda epoch: epoch == 1)  # first the old one, from some touch on the new one
    assert {death["next"] for death in deaths} == {1}

"""Every test of a ``*.test.mjs`` file is a test of pytest: Node runs the file once and tells how each of them went."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TEST = re.compile(r'^ *test\(\s*(?P<name>"(?:[^"\\]|\\.)*"|`[^`]*`)', re.MULTILINE)
PLACEHOLDER = re.compile(r"\$\{[^}]*\}")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "NodeFile | None":
    return NodeFile.from_parent(parent, path=file_path) if file_path.name.endswith(".test.mjs") else None


class NodeFailure(Exception):
    """What Node says of a file or a test."""


class NodeFile(pytest.File):
    """Found by reading it. A name in backticks stands in a loop: one test here, several of Node's."""

    def collect(self) -> "Iterator[NodeTest]":
        source = self.path.read_text()
        self.patterns: list[re.Pattern] = []
        self.results: list[dict] | None = None
        for each in TEST.finditer(source):
            name = json.loads(each["name"]) if each["name"][0] == '"' else each["name"][1:-1]
            pattern = re.compile(".+".join(map(re.escape, PLACEHOLDER.split(name))))
            self.patterns.append(pattern)
            line = source.count("\n", 0, each.start("name"))
            yield NodeTest.from_parent(self, name=name, pattern=pattern, line=line)
        if not self.patterns:
            raise self.CollectError(f"{self.path.name} has no test that can be found by reading it")

    def results_of(self, pattern: re.Pattern) -> list[dict]:
        """How the tests of this name went. Raises: NodeFailure where Node stops before, or runs unknown ones."""
        if self.results is None:
            self.results = run(self.path)
        names = [each["name"] for each in self.results]
        unknown = [name for name in names if not any(one.fullmatch(name) for one in self.patterns)]
        if unknown:
            raise NodeFailure(f"Node ran tests that pytest does not find in {self.path.name}: {unknown}")
        return [each for each in self.results if pattern.fullmatch(each["name"])]


class NodeTest(pytest.Item):
    def __init__(self, *, pattern: re.Pattern, line: int, **rest) -> None:
        super().__init__(**rest)
        self.pattern, self.line = pattern, line

    def runtest(self) -> None:
        parent = self.getparent(NodeFile)
        assert parent is not None
        results = parent.results_of(self.pattern)
        if not results:
            raise NodeFailure(f"Node reports no test of this name from {parent.path.name}")
        problems = [
            f"{each['name']}\n{each['failure'] or 'skipped'}" for each in results if each["failure"] or each["skipped"]
        ]
        if problems:
            raise NodeFailure("\n\n".join(problems))

    def repr_failure(self, excinfo: pytest.ExceptionInfo, style=None):
        return str(excinfo.value) if excinfo.errisinstance(NodeFailure) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.line, self.name


def run(path: Path) -> list[dict]:
    """One line of the reporter a test. Raises: NodeFailure with Node's own words where the file does not load."""
    command = [
        node(),
        "--test-reporter",
        str(HERE / "reporter.mjs"),
        "--test-reporter-destination",
        "stdout",
        str(path),
    ]
    environment = os.environ | {"STAGE_FIXTURE": samples().name}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    results = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"name":')]
    if done.returncode and not any(each["failure"] for each in results):
        raise NodeFailure(done.stderr or done.stdout)
    return results


@cache
def samples() -> tempfile.TemporaryDirectory:
    """A folder with what Python makes for the tests to read; it goes when the session ends."""
    from tests.helpers.samples.writing import write_samples  # torch: only where such a test runs

    folder = tempfile.TemporaryDirectory(prefix="javascript-samples-")
    write_samples(Path(folder.name))
    return folder


def node() -> str:
    found = shutil.which("node")
    if found is None:
        if os.environ.get("CI") == "true":
            raise NodeFailure("Node is missing, and with it all tests of the stage's JavaScript")
        pytest.skip("needs Node")
    return found

"""What `pip install .` installs: every file that the app and the core need, and libraries that were tested together."""

import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.helpers.imports import PACKAGES, arrows
from tests.helpers.places import ROOT
from tests.helpers.wheel import build_wheel

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
ASSETS = ("assets/first_run", "assets/icon.png")  # what the app reads of them; the others are for people


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> ZipFile:
    return ZipFile(build_wheel(tmp_path_factory.mktemp("wheel")))


def files_of(*places: str) -> list[str]:
    """What git tracks there, or would track: a file that is new belongs into the wheel as well."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *places]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return sorted({name for name in listed if name and (ROOT / name).is_file()})


def test_the_wheel_holds_both_packages_whole_and_what_the_app_reads_of_assets_and_nothing_else(wheel):
    wanted = {name: name for name in files_of(*PACKAGES)} | {f"dashboard/{name}": name for name in files_of(*ASSETS)}
    kinds = {Path(name).suffix for name in wanted}
    assert kinds >= {".py", ".js", ".css", ".json", ".toml", ".safetensors", ".png"}
    assert "dashboard/texts/en/stage.json" in wanted
    held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == set(wanted)
    for name, source in wanted.items():
        assert wheel.read(name) == (ROOT / source).read_bytes(), name


def test_what_a_server_wrote_stays_out(tmp_path):
    """Bundles that an earlier server left beside the sources would be served by nobody, and go stale."""
    vendor = ROOT / "dashboard" / "static" / "vendor"
    vendor.mkdir(exist_ok=True)
    left = vendor / "left-by-a-test.js"
    left.touch()
    try:
        assert not [name for name in ZipFile(build_wheel(tmp_path)).namelist() if "/vendor/" in name]
    finally:
        left.unlink()


def by_name(lines: list[str]) -> dict[str, Requirement]:
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def pinned(file: str) -> dict[str, str]:
    """Name -> version, of lines such as numpy==2.4.6; all others of the file are comments or other files."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    pins = by_name([line for line in lines if line and not line.startswith(("#", "-"))])
    assert all(str(pin.specifier).startswith("==") for pin in pins.values())
    return {name: str(pin.specifier).removeprefix("==") for name, pin in pins.items()}


def assert_fits(pins: dict[str, str], bounds: dict[str, Requirement]) -> None:
    assert pins.keys() == bounds.keys()
    for name, version in pins.items():
        assert bounds[name].specifier.contains(version), f"{bounds[name]} does not admit the tested {version}"


def test_what_was_tested_together_is_what_the_package_asks_for():
    assert_fits(pinned("requirements.txt"), by_name(DEPENDENCIES))


def test_the_same_of_what_development_needs():
    tools = [line for line in EXTRAS["dev"] if line != "gatescope[cluster]"]
    assert tools != EXTRAS["dev"]
    assert_fits(pinned("requirements-dev.txt"), by_name([*tools, *EXTRAS["cluster"]]))
    backend = by_name(PROJECT["build-system"]["requires"])
    assert backend["hatchling"].specifier.contains(pinned("requirements-dev.txt")["hatchling"])


@pytest.mark.parametrize("line", DEPENDENCIES)
def test_no_library_is_taken_from_before_it_was_tested(line):
    """A bound that says less than was tried would promise what nobody knows."""
    requirement = Requirement(line)
    (lowest,) = [each.version for each in requirement.specifier if each.operator == ">="]
    tested = pinned("requirements.txt")[canonicalize_name(requirement.name)]
    assert f"{tested}.".startswith(f"{lowest}.")


def test_what_is_imported_is_asked_for():
    """Also where another library happens to bring it along."""
    imported = {arrow.target.split(".")[0] for arrow in arrows()} - sys.stdlib_module_names - set(PACKAGES)
    carriers = packages_distributions()
    carried = {canonicalize_name(carriers[name][0]) for name in imported}
    assert "numpy" in carried
    assert carried <= by_name([*DEPENDENCIES, *EXTRAS["cluster"]]).keys()

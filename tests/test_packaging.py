"""What others get: the pins, the files in the root, and the wheel in an environment of its own."""

import os
import re
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from PIL import Image

from scenes.assets import asset_path

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path, **variables: str) -> str:
    """Run a command as a stranger would: nothing of this checkout on its paths, nothing asked."""
    hidden = {"PYTHONPATH", "VIRTUAL_ENV", "PYTEST_ADDOPTS"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    output = done.stdout + done.stderr
    assert done.returncode == 0, f"{command}\n{output[-3000:]}"
    return output


# --- the pins -------------------------------------------------------------------------------


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    # A pin and nothing else: no address, no hash, no editable line, no range.
    assert not [line for line in wanted if not re.fullmatch(r"[\w.-]+==[\w.]+", line)]
    return {canonicalize_name(name): version for name, version in (w.split("==") for w in wanted)}


def needed() -> set[str]:
    """Give the names of all that `make setup` installs here, by following the requirements."""
    found: set[tuple[str, frozenset[str]]] = set()
    queue = [("slopewise", frozenset({"dev"}))]
    while queue:
        name, extras = queue.pop()
        for text in metadata.requires(name) or []:
            requirement = Requirement(text)
            marker = requirement.marker
            if marker and not any(marker.evaluate({"extra": extra}) for extra in extras | {""}):
                continue
            key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
            if key not in found:
                found.add(key)
                queue.append(key)
    return {name for name, _ in found}


def test_all_that_is_installed_is_pinned() -> None:
    assert needed() - pins().keys() == set()
    assert "torch" not in pins()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="a newer Python needs other packages")
def test_the_pins_run_on_the_oldest_python() -> None:
    # Debian 12 has 3.11.2, and some packages have asked for a later 3.11.
    too_new = {}
    for name in needed():
        required = str(metadata.metadata(name).json.get("requires_python", ""))
        if metadata.version(name) == pins()[name] and "3.11.2" not in SpecifierSet(required):
            too_new[name] = required
    assert too_new == {}


# --- the wheel ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    # Without isolation: the build tool is one of the pinned packages, so this needs no network.
    python = sys.executable
    run(python, "-m", "build", "--wheel", "--no-isolation", "-o", folder, cwd=ROOT)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_all_that_it_should(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"gdcore", "scenes"}
    assert [name for name in names if name.endswith("licenses/LICENSE")]
    sources = {
        path.relative_to(ROOT).as_posix()
        for package in ("gdcore", "scenes")
        for path in (ROOT / package).rglob("*.py")
    }
    assets = {
        f"scenes/_assets/{path.relative_to(ROOT / 'assets').as_posix()}"
        for path in (ROOT / "assets").rglob("*")
        if path.is_file() and path.name != ".DS_Store"
    }
    assert (sources | assets) - names == set()


LESSON = '''
from scenes.overshoot import Overshoot


class Mine(Overshoot):
    """A lecturer's own version."""

    learning_rate = 0.7
'''

REPORT = """
import gdcore, scenes
from scenes.assets import asset_path
print(gdcore.__file__, scenes.__file__, asset_path(), sep="\\n")
"""


@pytest.mark.slow
def test_a_lesson_renders_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "fresh", cwd=tmp_path)
    bin_folder = tmp_path / "fresh" / ("Scripts" if os.name == "nt" else "bin")
    python = bin_folder / "python"
    # Only what the wheel itself asks for: a dependency that is in `dev` alone shows up here.
    run(
        *(python, "-m", "pip", "install", "--no-input", "--quiet"),
        *("-c", ROOT / "constraints.txt", wheel),
        cwd=tmp_path,
        PIP_USER="no",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
    )

    elsewhere = tmp_path / "my lectures"
    elsewhere.mkdir()
    places = run(python, "-c", REPORT, cwd=elsewhere).splitlines()
    assert all(Path(place).is_relative_to(tmp_path / "fresh") for place in places), places
    assert Path(places[-1]).name == "_assets"

    (elsewhere / "mine.py").write_text(LESSON)
    run(bin_folder / "manim", "-s", "-ql", "mine.py", "Mine", cwd=elsewhere)
    (still,) = elsewhere.rglob("Mine*.png")
    with Image.open(still) as image:
        colours = image.getcolors(image.width * image.height)
    assert colours
    assert len(colours) > 20, "the still is empty"

    run(bin_folder / "gd", "--help", cwd=elsewhere)


def test_assets_are_found_in_a_checkout() -> None:
    assert asset_path() in (ROOT / "assets", ROOT / "scenes" / "_assets")
    with pytest.raises(FileNotFoundError, match=r"no asset no/such\.json"):
        asset_path("no", "such.json")


def test_the_licence_says_what_lecturers_ask() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert "MIT License" in text
    assert "CC BY 4.0" in text

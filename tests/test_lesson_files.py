"""Lesson files as their users meet them: written, checked, shown, drawn, and handed to manim."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scenes.assets import asset_path
from scenes.cli import main
from scenes.course.example import write_example
from scenes.course.load import Lesson, load

REAL = sorted(asset_path("lessons").glob("*.toml"))


def gd(*words: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def write(folder: Path, text: str, name: str = "lesson.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# -- real files ----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_files_load_and_play(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Showing a file rehearses every scene of it: each caption finds its beat and its fields."""
    code, out, err = gd("show", path, capsys=capsys)
    assert code == 0, err
    lesson = load(path)
    assert lesson.title in out
    for part in (*lesson.scenes, *lesson.figures):
        assert part.label in out


def test_there_are_three_lessons_and_an_example() -> None:
    names = {path.stem for path in REAL}
    assert names == {"example", "school-lesson", "university-lecture", "own-function"}


# -- gd new --------------------------------------------------------------------------------------


def test_new_writes_a_file_that_loads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    code, out, _ = gd("new", path, capsys=capsys)
    assert (code, out.strip()) == (0, str(path))
    assert list(tmp_path.iterdir()) == [path]
    lesson = load(path)
    assert [part.name for part in lesson.scenes] == ["gentle", "bold", ""]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("there.toml", "is there already"),
        ("mine.txt", "ends in .toml"),
        ("no/such/mine.toml", "cannot be written"),
    ],
)
def test_new_refuses(
    name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "# mine", "there.toml")
    code, out, err = gd("new", tmp_path / name, capsys=capsys)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["there.toml"]
    assert (tmp_path / "there.toml").read_text() == "# mine"


ENTRY = '[[scenes]]\nscene = "OneStep"\n'


# -- what an entry means -------------------------------------------------------------------------


def lesson(folder: Path, text: str) -> Lesson:
    return load(write(folder, text))


def test_the_file_s_settings_hold_for_every_scene(tmp_path: Path) -> None:
    write(tmp_path, 'curve = "#abc"', "mine.toml")
    found = lesson(
        tmp_path,
        'theme = "mine.toml"\naspect = "1:1"\n[notation]\nrate = "α"\nderivative = "f\'"\n'
        + ENTRY
        + '[[scenes]]\nscene = "overshoot"\naspect = "9:16"\ntheme = "light"\n'
        + 'notation = {rate = "λ"}\n[[figures]]\nfigure = "RateZones"\n',
    )
    first, second = found.scenes
    assert str(first.parameters["theme"]) == "mine"
    assert first.parameters["aspect"] == "1:1"
    assert first.parameters["notation"] == "rate=α derivative=f′"
    assert second.parameters["theme"] == "light"
    assert second.parameters["aspect"] == "9:16"
    assert second.parameters["notation"] == "rate=λ derivative=f′"
    assert "aspect" not in found.figures[0].parameters


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENTRY * 2, "the same as scenes[1] in line 1; give one of them a name"),
        ((ENTRY + 'name = "a"\n') * 2, "scenes[2].name = a: allowed: names that differ"),
        (ENTRY + '[[scenes]]\nscene = "Overshoot"\nname = "one-step"', "names that differ"),
    ],
)
def test_no_entry_overwrites_another(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = gd("show", write(tmp_path, text), capsys=capsys)
    assert code == 2
    assert err.count("\n") == 1
    assert said in err


def test_two_entries_that_differ_have_names_of_their_own(tmp_path: Path) -> None:
    found = lesson(tmp_path, ENTRY + ENTRY + "learning_rate = 0.3\n" + ENTRY + "start = 2\n")
    stems = [part.stem for part in found.scenes]
    assert stems == ["one-step", "one-step-learning-rate-0.3", "one-step-start-2"]


# -- drawing -------------------------------------------------------------------------------------

TWO = """\
theme = "light"

[[scenes]]
scene = "OneStep"
name = "gentle"
learning_rate = 0.2

[scenes.wording]
slope = '#read("/etc/passwd") \\ $x$ slope {slope}'

[[scenes]]
scene = "Overshoot"
"""


def test_stills_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, output = write(tmp_path, TWO), tmp_path / "out"
    words = ("stills", path, "--format", "svg", "-o", output)
    code, out, err = gd(*words, capsys=capsys)
    assert code == 0, err
    names = {Path(line).name for line in out.split()}
    assert {"gentle-slope.svg", "gentle-landed.svg", "overshoot-light-jump-1.svg"} <= names
    assert {item.name for item in output.iterdir()} == names | {"index.json"}
    assert sorted(item.name for item in tmp_path.iterdir()) == ["lesson.toml", "out"]
    index = json.loads((output / "index.json").read_text(encoding="utf-8"))["files"]
    # Text is text, whatever it looks like to Typst.
    assert index["gentle-slope.svg"]["alt"] == '#read("/etc/passwd") \\ $x$ slope 8'


def test_one_entry_with_a_parameter_over_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, TWO)
    words = ("--format", "svg", "--only", "landed", "-o", tmp_path / "out")
    code, out, err = gd(
        "stills", f"{path}#gentle", "--set", "learning_rate=0.3", *words, capsys=capsys
    )
    assert code == 0, err
    assert Path(out.strip()).name == "gentle-learning-rate-0.3-landed.svg"
    code, _, err = gd("stills", path, "--set", "learning_rate=0.3", *words, capsys=capsys)
    assert code == 2
    assert "--set learning_rate: allowed: with one entry of the file, as in lesson.toml#" in err


def test_figures_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, TWO + '[[figures]]\nfigure = "RateZones"\nname = "zones"\n')
    words = ("--width", "85mm", "-o", tmp_path / "out")
    code, out, err = gd("figure", path, *words, capsys=capsys)
    assert code == 0, err
    assert Path(out.strip()).name == "zones-85mm.svg"
    code, out, _ = gd("show", f"{path}#zones", capsys=capsys)
    assert code == 0
    assert "RateZones" in out
    code, _, err = gd("figure", write(tmp_path, TWO), capsys=capsys)
    assert code == 2
    assert "there is no [[figures]] in it" in err


def test_show_one_entry(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, TWO)
    code, out, _ = gd("show", f"{path}#gentle", capsys=capsys)
    assert code == 0
    assert "the step is −0.2 · 8 = −1.6" in out
    code, _, err = gd("show", f"{path}#gentel", capsys=capsys)
    assert code == 2
    assert "did you mean gentle?" in err


def test_captions_that_do_not_fit_are_all_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        ENTRY
        + '[scenes.wording]\nslpoe = "a"\nslope = "{slop}"\nscaled = "{nothing}"\n'
        + f'landed = "{"very long " * 29}"\n'
    )
    path, output = write(tmp_path, text), tmp_path / "out"
    code, out, err = gd("render", path, "-o", output, capsys=capsys)
    assert (code, out) == (2, "")
    lines = err.removeprefix("gd: ").replace(str(path), "lesson.toml").splitlines()
    assert lines[0] == (
        "lesson.toml:4: scenes[1].wording.slpoe: there is no such beat; did you mean slope?"
    )
    assert lines[1].startswith(
        "lesson.toml:5: scenes[1].wording.slope: the field {slop} is not known here; fields are: "
    )
    assert "scaled: the field {nothing}" in lines[2]
    assert "landed: too long for its place" in lines[3]
    assert len(lines) == 4
    assert not output.exists()


@pytest.mark.slow
def test_render_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, 'captions = "none"\n' + ENTRY + 'name = "small"\naspect = "1:1"\n')
    code, out, err = gd("render", path, "-q", "l", "-o", tmp_path / "out", capsys=capsys)
    assert code == 0, err
    assert Path(out.strip()) == tmp_path / "out" / "small-480p.mp4"
    assert (tmp_path / "out" / "small-480p.mp4").stat().st_size > 10_000


def test_the_readme_names_what_the_new_file_has(tmp_path: Path) -> None:
    """What is printed for the plain manim command is in the file that `gd new` writes."""
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"GD_LESSON=lesson\.toml#(\S+) manim -qh (\S+) (\w+)", readme)
    assert told
    parts = {part.name: part.scene for part in load(write_example(tmp_path / "a.toml")).scenes}
    for name, file, scene in told:
        assert parts[name].__name__ == scene
        assert parts[name].__module__.replace(".", "/") + ".py" == file


# -- GD_LESSON -----------------------------------------------------------------------------------


def manim(folder: Path, word: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "manim", "-s", "-ql", "--media_dir", str(folder), *words],
        cwd=folder,
        env=os.environ | {"GD_LESSON": word},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


MINE = """\
from scenes.one_step import OneStep


class Mine(OneStep):
    max_steps = 1

    def construct(self):
        print("rate", self.optimizer.learning_rate, "steps", self.max_steps, self.aspect)
        with self.beat("{x}", self.trace.steps[0], still="slope", seconds=0):
            print("says", self.beats[-1].caption.text)
"""

THREE = """\
aspect = "1:1"
[[scenes]]
scene = "OneStep"
name = "a"
learning_rate = 0.2
wording.slope = "x is {x}"
[[scenes]]
scene = "OneStep"
name = "b"
learning_rate = 0.3
[[scenes]]
scene = "FourRates"
"""


def test_manim_takes_the_entry_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(MINE)
    write(tmp_path, THREE)
    done = manim(tmp_path, "lesson.toml#a", "mine.py", "Mine")
    assert done.returncode == 0, done.stderr
    assert "rate 0.2 steps 1 1:1" in done.stdout
    assert "says x is 4" in done.stdout


def test_manim_takes_a_class_of_one_s_own(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(MINE)
    write(tmp_path, THREE + '[[scenes]]\nscene = "Mine"\nlearning_rate = 0.5\n')
    done = manim(tmp_path, "lesson.toml", "mine.py", "Mine")
    assert done.returncode == 0, done.stderr
    assert "rate 0.5 steps 1 1:1" in done.stdout


@pytest.mark.parametrize(
    ("word", "text", "said"),
    [
        ("lesson.toml", THREE, "stands there 2 times, in lines 2 and 7; allowed: lesson.toml#a"),
        ("lesson.toml", '[[scenes]]\nscene = "FourRates"', "Mine is not in it; there are: Four"),
        ("lesson.toml#four-rates", THREE, "four-rates is FourRates, not Mine"),
        ("lesson.toml#c", THREE, "c: there is no such entry"),
        ("lesson", THREE, "GD_LESSON = lesson: allowed: a lesson file"),
        ("no.toml", THREE, "no.toml: there is no such file"),
        ("lesson.toml#a", THREE.replace("{x}", "{y}"), "wording.slope: the field {y}"),
        ("lesson.toml", "aspect = 5", ":1: aspect = 5: allowed: 16:9"),
    ],
)
@pytest.mark.slow
def test_manim_says_in_one_line_what_is_wrong(
    word: str, text: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "mine.py").write_text(MINE)
    write(tmp_path, text)
    done = manim(tmp_path, word, "mine.py", "Mine")
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr
    told = [line for line in done.stderr.splitlines() if re.match(r"Mine: ", line)]
    assert len(told) == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert not list(tmp_path.rglob("*.png"))

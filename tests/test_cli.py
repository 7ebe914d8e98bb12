"""The gd command and the plain manim command: what they print, and how they refuse."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import av
import pytest
from PIL import Image

from gdcore import Trace
from scenes.cli import main


def gd(*words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(words)
    said = capsys.readouterr()
    return code, said.out, said.err


def refused(*words: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that must fail; return its one line."""
    code, out, err = gd(*words, capsys=capsys)
    assert code == 2
    assert out == ""
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    return err


def test_list_shows_every_scene(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = gd("list", capsys=capsys)
    assert code == 0
    for name in ("OneStep", "Overshoot", "BounceAndDiverge", "TwoMinima", "OptimiserRace"):
        assert name in out


def test_show_tells_parameters_and_beats(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = gd("show", "overshoot", "--set", "learning_rate=0.8", capsys=capsys)
    assert code == 0
    assert "learning_rate" in out
    assert "Learning rate η = 0.8: at x = 4 the step is −0.8 · 8 = −6.4." in out


def test_trace_is_readable_and_exact_in_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, data = tmp_path / "run.csv", tmp_path / "run.json"
    words = ("trace", "x**2", "--start", "4", "--learning-rate", "0.1", "--steps", "10")
    code, out, _ = gd(*words, "--csv", str(table), "--json", str(data), capsys=capsys)
    assert code == 0
    assert "0.429497" in out
    trace = Trace.from_json(data)
    x = 4.0
    for point in trace.points:
        assert point == (x,)
        x = x - 0.1 * (2 * x)
    with table.open() as lines:
        assert sum(1 for _ in csv.reader(lines)) >= 11
    assert json.loads(data.read_text())


def test_trace_of_two_variables(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = gd(
        "trace", "(x**2 + 100*y**2)/2", "--start", "10,2", "--optimizer", "adam",
        "--learning-rate", "0.3", "--steps", "1", capsys=capsys,
    )  # fmt: skip
    assert code == 0
    assert "9.7" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "Overshot"), "did you mean Overshoot?"),
        (("render", "Nothing"), "there is no such scene"),
        (("show", "Overshoot", "--set", "learning_rat=1"), "did you mean learning_rate?"),
        (("show", "Overshoot", "--set", "learning_rate=fast"), "a positive number"),
        (("show", "Overshoot", "--set", "learning_rate=-1"), "a positive number"),
        (("show", "Overshoot", "--set", "max_steps=1e9"), "from 1 to 100000"),
        (("show", "Overshoot", "--set", "start=1,2"), "one number for each variable"),
        (("show", "Overshoot", "--set", "start=nan"), "a number"),
        (("show", "Overshoot", "--set", "objective=x^2"), "**"),
        (("show", "Overshoot", "--set", "objective=__import__('os').system('x')"), "objective"),
        (("show", "Overshoot", "--set", "objective=x**2 +"), "objective"),
        (("show", "Overshoot", "--set", "optimizer=adma"), "adam"),
        (("show", "Overshoot", "--set", "beta1=0.5"), "has no beta1"),
        (("show", "Overshoot", "--theme", "drak"), "no such file"),
        (("show", "Overshoot", "--aspect", "16:10"), "16:9, 4:3, 1:1, 9:16"),
        (("show", "Overshoot", "--captions", "loud"), "drawn, track, none"),
        (("show", "Overshoot", "--set", "novalue"), "NAME=VALUE"),
        (("trace", "x**2", "--steps", "0"), "steps = 0"),
        (("trace", "x**2", "--optimizer", "sgdd"), "optimizer"),
        (("trace", "x**2", "--start", "a"), "start = a"),
        (("trace", "2x"), "objective"),
    ],
)
def test_one_line_for_a_mistake(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused(*words, capsys=capsys)


def test_wrong_colour_in_a_theme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theme = tmp_path / "mine.toml"
    theme.write_text('curve = "blueish"\n')
    line = refused("show", "Overshoot", "--theme", str(theme), capsys=capsys)
    assert "curve" in line
    assert "blueish" in line


@pytest.mark.parametrize(
    "words",
    [
        ("sheet", "OneStep"),
        ("stills", "OneStep", "--only", "scaled", "--width", "320"),
        ("figure", "RateZones", "--width", "85mm"),
        ("handout", "OneStep"),
        ("render", "OneStep", "-q", "l", "--set", "start=0"),
    ],
    ids=lambda words: words[0],
)
def test_a_theme_that_is_hard_to_read_is_used_with_a_warning(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theme = tmp_path / "mine.toml"
    theme.write_text('curve = "#1c2430"\n')
    code, out, err = gd(
        *words, "--theme", str(theme), "-o", str(tmp_path / "output"), capsys=capsys
    )
    assert code == 0
    assert Path(out.splitlines()[-1]).is_file()
    assert "warning: theme mine: curve: 1.2:1 on the background, less than 4.5:1" in err


@pytest.mark.skipif(os.name == "nt", reason="needs a file where a folder should be")
def test_folder_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    in_the_way = tmp_path / "output"
    in_the_way.write_text("a file")
    line = refused("render", "OneStep", "-q", "l", "-o", str(in_the_way), capsys=capsys)
    assert "cannot be written" in line
    assert in_the_way.read_text() == "a file"


def test_wrong_option_is_exit_2() -> None:
    with pytest.raises(SystemExit) as stop:
        main(["render", "OneStep", "-q", "x"])
    assert stop.value.code == 2


def test_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = gd("sheet", "OneStep", "--theme", "light", "-o", str(tmp_path), capsys=capsys)
    assert code == 0
    path = Path(out.strip().splitlines()[-1])
    assert path == tmp_path / "one-step-light-sheet.png"
    with Image.open(path) as sheet:
        assert sheet.width == 1920
    assert {item.name for item in tmp_path.iterdir()} == {path.name, "index.json"}
    told = json.loads((tmp_path / "index.json").read_text())["files"][path.name]
    assert told["scene"] == "OneStep"
    assert "slope 8" in told["alt"]


def manim(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "manim", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


MINE = """\
from scenes.one_step import OneStep


class Mine(OneStep):
    learning_rate = {rate}
    objective = "{objective}"
    max_steps = 1
"""


@pytest.mark.slow
def test_a_subclass_in_a_folder_of_its_own(tmp_path: Path) -> None:
    """A lecturer's own file, rendered twice: a real video, then all of it from the cache."""
    (tmp_path / "mine.py").write_text(MINE.format(rate=0.7, objective="x**2/2"))
    done = manim("-ql", "-r", "320,180", "--fps", "5", "mine.py", "Mine", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (film,) = tmp_path.rglob("Mine.mp4")
    with av.open(film) as video:
        stream = video.streams.video[0]
        frames = sum(1 for _ in video.decode(stream))
        assert stream.codec_context.color_primaries == 1  # bt709
    assert frames == pytest.approx(33.5 * 5, abs=5)
    segments = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("partial*/**/*.mp4")}
    assert segments
    done = manim("-ql", "-r", "320,180", "--fps", "5", "mine.py", "Mine", cwd=tmp_path)
    assert done.returncode == 0
    again = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("partial*/**/*.mp4")}
    assert again == segments


@pytest.mark.parametrize(
    ("rate", "objective", "said"),
    [("-1", "x**2", "learning_rate = -1"), ("0.1", "x**", "objective")],
)
def test_a_mistake_under_manim_is_one_line(
    tmp_path: Path, rate: str, objective: str, said: str
) -> None:
    (tmp_path / "mine.py").write_text(MINE.format(rate=rate, objective=objective))
    done = manim("-ql", "mine.py", "Mine", cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not list(tmp_path.rglob("*.mp4"))

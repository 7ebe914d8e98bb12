"""A video for each row of a table: mistakes stay in their rows, and nothing is rendered twice."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.cli import main
from scenes.export.batch import Outcome, Report, Row, render_rows, rows
from scenes.export.crew import Crew
from scenes.parameters import UsageError

TABLE = """\
scene,name,objective,start,learning-rate
OneStep,Ada,x**2,4,0.3
OneStep,Bob,(x-1)**2,3,0.2
OneStep,Eve,x**2,4,zero
Nope,Zoe,,,
OneStep,Ada,x**2,4,0.3
OneStep,ada!,x**2,5,0.3
OneStep,=cmd(),x**,,
OneStep,a,b,c,d,e
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "class.csv"
    path.write_text(TABLE)
    return path


def report(folder: Path) -> dict[int, dict[str, str]]:
    with (folder / "class-report.csv").open(encoding="utf-8", newline="") as opened:
        return {int(row["line"]): row for row in csv.DictReader(opened)}


def test_each_row_is_a_video_or_a_reason(table, tmp_path, capsys):
    out = tmp_path / "out"
    words = ["batch", str(table), "-q", "l", "-o", str(out), "--workers", "2"]
    assert main(words) == 1
    told = capsys.readouterr()
    assert told.out.strip() == str(out / "class-report.csv")
    assert "gd: 5 of 8 rows failed" in told.err
    lines = report(out)
    assert {line: row["status"] for line, row in lines.items()} == {
        **{2: "done", 3: "done", 4: "failed", 5: "failed"},
        **{6: "same", 7: "failed", 8: "failed", 9: "failed"},
    }
    assert lines[4]["message"].startswith("learning_rate = zero: allowed")
    assert lines[5]["message"].startswith("Nope: there is no such scene")
    assert lines[6]["file"] == lines[2]["file"] == "ada-480p.mp4"
    assert "is the file of line 2 already" in lines[7]["message"]
    assert lines[8]["name"] == "'=cmd()"
    assert "6 cells: allowed: 5" in lines[9]["message"]
    assert {path.name for path in out.glob("*.mp4")} == {"ada-480p.mp4", "bob-480p.mp4"}

    before = {path: path.stat().st_mtime_ns for path in out.glob("*.mp4")}
    assert main(words) == 1
    assert [report(out)[line]["status"] for line in (2, 3, 6)] == ["unchanged", "unchanged", "same"]
    assert {path: path.stat().st_mtime_ns for path in out.glob("*.mp4")} == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "columns none: allowed: scene"),
        (b"name,start\na,1\n", "columns name, start: allowed: scene"),
        (b"scene,start,start\nOneStep,1,2\n", "each of them once"),
        (b"scene\n", "0 rows: allowed"),
        (b"scene\n\xff\xfe", "cannot be read as a table"),
        (b'scene\n"One', "cannot be read as a table"),
    ],
)
def test_a_table_that_is_none_is_one_line(content, said, tmp_path, capsys):
    path = tmp_path / "wrong.csv"
    path.write_bytes(content)
    assert main(["batch", str(path), "-o", str(tmp_path)]) == 2
    error = capsys.readouterr().err.strip()
    assert said in error
    assert "\n" not in error


def test_a_table_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="No such file"):
        rows(tmp_path / "none.csv")


@given(st.text(max_size=200))
def test_any_text_is_a_table_or_an_error(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "t.csv"
    path.write_bytes(f"scene\n{text}".encode("utf-8", "replace"))
    with contextlib.suppress(UsageError):
        assert all(isinstance(row, Row) for row in rows(path))


def test_a_report_holds_no_formula_of_a_spreadsheet(tmp_path):
    told = Report(tmp_path / "r.csv")
    told.add(Outcome(Row(2, "=1+1", "@x"), "failed", message="+1"))
    cells = told.write().read_text().splitlines()[1].split(",")
    assert cells[1:3] == ["'=1+1", "'@x"]
    assert cells[-1] == "'+1"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_it_goes_on_where_it_was_stopped(tmp_path):
    table, out = tmp_path / "class.csv", tmp_path / "out"
    lines = [f"OneStep,s{number},{4 + number / 10}" for number in range(12)]
    table.write_text("scene,name,start\n" + "\n".join(lines))
    command = [sys.executable, "-m", "scenes.cli", "batch", str(table), "-q", "l", "-o", str(out)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        # Who runs the tests in the background may have it ignored, which is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL) and None,
    )
    end = time.monotonic() + 60
    while len(list(out.glob("*.mp4.json"))) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(20) == 130
    made = {path.name: path.read_bytes() for path in out.glob("*.mp4")}
    assert 2 <= len(made) < 12
    with Crew() as crew:
        outcomes = list(render_rows(rows(table), out, crew, quality="l"))
    unchanged = {one.file for one in outcomes if one.status == "unchanged"}
    complete = {name for name in made if name in unchanged}
    assert len(complete) >= 2
    assert all((out / name).read_bytes() == made[name] for name in complete)
    assert sum(one.status in ("done", "unchanged") for one in outcomes) == 12
    assert not list(out.rglob("*.part*"))


def test_events_are_json_and_mistakes_are_among_them(tmp_path, capsys):
    assert main(["render", "Nope", "-o", str(tmp_path), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert (told["event"], told["code"]) == ("error", 2)
    assert told["message"].startswith("Nope: there is no such scene")
    words = ["stills", "OneStep", "--width", "320", "-o", str(tmp_path), "--json"]
    assert main(words) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    files = [event["path"] for event in events if event["event"] == "file"]
    assert len(files) == 4
    assert all(Path(path).is_file() for path in files)

"""The program on screen is executed, and prints what the lesson shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gdcore import GradientDescent, Objective, descend
from scenes.assets import asset_path
from scenes.export.stills import rehearse
from scenes.from_scratch import FromScratch
from scenes.program import original, output, program


def execute(path: Path) -> list[str]:
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_the_file_that_is_drawn_runs() -> None:
    trace = descend(Objective.parse("x**2"), 4.0, GradientDescent(learning_rate=0.1), max_steps=10)
    printed = execute(asset_path("code", "descent.py"))
    assert printed == output(trace)
    assert printed[0] == "3.2 10.24"
    assert printed[-1] == "0.4295 0.1845"


def test_the_panel_draws_that_file() -> None:
    scene = rehearse(FromScratch)
    assert scene.panel.code == original()
    assert program(Objective.parse("x**2"), 4.0, 0.1, 10) == original()


@pytest.mark.parametrize(
    ("text", "start", "rate", "steps"),
    [
        ("x**2", 4.0, 0.1, 100),
        ("x**4/4 - 2*x**2 + x/2", 3.0, 0.05, 60),
        ("sin(x) + x**2/10", -2.5, 0.3, 20),
        ("abs(x)", 2.0, 0.3, 12),
        ("exp(t) - 2*t", 1.0, 0.1, 15),
        ("sqrt(x**2 + 1)*pi", 3.0, 0.2, 8),
        ("x**2", 4.0, 1.05, 40),
        ("e**x + e**(-x)", 1e-3, 1e-3, 5),
    ],
)
def test_the_program_for_another_function_prints_its_trace(
    tmp_path: Path, text: str, start: float, rate: float, steps: int
) -> None:
    objective = Objective.parse(text)
    trace = descend(objective, start, GradientDescent(learning_rate=rate), max_steps=steps)
    file = tmp_path / "program.py"
    file.write_text("\n".join(program(objective, start, rate, steps)))
    assert execute(file) == output(trace)


def test_every_line_of_output_is_in_the_table() -> None:
    scene = rehearse(FromScratch, {"max_steps": 4})
    rows = [[cell.source.split('"')[1] for cell in row.submobjects] for row in scene.table.rows]
    lines = [f"{x} {value}" for _, x, value in rows]
    assert lines == output(scene.trace)

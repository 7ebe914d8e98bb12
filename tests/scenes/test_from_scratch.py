"""The program on screen is executed, and prints what the lesson shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gdcore import GradientDescent, Objective, descend
from scenes.assets import asset_path
from scenes.backstage.program import original, output, program
from scenes.color import contrast
from scenes.export.stills import rehearse
from scenes.from_scratch import FromScratch
from scenes.parameters import UsageError
from scenes.parts.lit import ON_IT, lit_color
from scenes.theme import DARK, LIGHT, TEXT_CONTRAST, Theme


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
        ("sin(x) + cos(x) + sqrt(x**2 + 1) + exp(-x)", 1.0, 0.1, 5),
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


def test_both_runs_print_in_the_same_places() -> None:
    bench = rehearse(FromScratch).bench
    first, longer = bench.listing(0), bench.listing(1)
    assert first.lefts == longer.lefts
    assert first.right == longer.right
    assert len(first.rows) == len(longer.rows)
    assert [cell.origin for cell in first.rows[0]] == [cell.origin for cell in longer.rows[0]]
    for one, other in zip(first.rows, longer.rows, strict=True):
        assert {cell.origin[1] for cell in one} == {cell.origin[1] for cell in other}


def test_the_longer_run_keeps_the_end_of_the_shorter_in_sight() -> None:
    bench = rehearse(FromScratch).bench
    first, longer = bench.listing(0), bench.listing(1)
    end = [cell.source for cell in first.rows[-1]]
    assert end in [[cell.source for cell in row] for row in longer.rows[:-1]]


def test_decimal_points_are_in_line() -> None:
    listing = rehearse(FromScratch).bench.listing(1)
    rows = [row for row in listing.rows if "raw" in row[0].source]
    for column in (1, 2):
        points = []
        for row in rows:
            text = row[column].source.split('"')[1]
            points.append(row[column].origin[0] + text.index(".") * listing.character)
        assert points == pytest.approx([points[0]] * len(points))


def test_numbers_stand_below_their_words() -> None:
    scene = rehearse(FromScratch)
    row, words = scene.put_in(scene.trace.steps[0]), scene.panel.lines[scene.rule_line]
    assert " ".join(cell.source.split('"')[1] for cell in row) == "# = 4 − 0.1 · 8 = 3.2"
    for number, word in zip(row[:7], words[:7], strict=True):
        assert number.origin[0] == pytest.approx(word.origin[0])


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_type_on_a_lit_line_keeps_its_contrast(theme: Theme) -> None:
    shade = lit_color(theme)
    assert all(contrast(theme.color(role), shade) >= TEXT_CONTRAST for role in ON_IT)


def test_a_program_that_is_too_long_is_refused() -> None:
    with pytest.raises(UsageError, match="allowed: a function for which it has 13 lines"):
        FromScratch.resolve({"objective": "sin(x)**2 + cos(3*x)*exp(-x**2/20)/2 + sqrt(x**2 + 1)"})

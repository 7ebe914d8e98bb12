"""What is said of the slopes of secants holds for the function at hand."""

from __future__ import annotations

import pytest

from gdcore import Objective
from scenes.backstage.slopes import Slopes, round_places
from scenes.look import Look
from scenes.parts.secant_table import on_the_point
from scenes.parts.window import Window

WIDTHS = (2.0, 1.0, 0.5, 0.1, 0.01)


def slopes(text: str, at: float) -> Slopes:
    return Slopes(Look(), Objective.parse(text, ("x",)), at, WIDTHS, 4.5)


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("x**2", 3.0, "6 + h"),
        ("x**3/3", 2.0, "a rest"),
        ("2*x + 1", 1.0, "straight line"),
        ("cos(x)", 1.0, "As h shrinks"),
    ],
)
def test_the_caption_fits_the_function(text: str, at: float, words: str) -> None:
    said = slopes(text, at)
    assert said.are_defined
    assert words in said.words.format(slope=6)


@pytest.mark.parametrize("text", ["abs(x)", "sqrt(x)", "1/x"])
def test_a_kink_or_a_gap_has_no_slope(text: str) -> None:
    assert not slopes(text, 0.0).are_defined


def test_a_function_whose_second_derivative_is_missing_may_have_a_slope() -> None:
    assert slopes("x*abs(x)", 0.0).are_defined


def test_columns_stand_on_their_points() -> None:
    look = Look()
    _, cells = on_the_point(look, "h", ["2", "0.5", "0.01"])
    ends = [look.math(cell).advance - look.math(cell.split(" ")[0]).advance for cell in cells]
    assert ends == sorted(ends, reverse=True)
    assert ends[-1] == pytest.approx(0)


def test_places_are_round_and_near() -> None:
    window, square = Window(0, 5.6, 0, 30), Objective.parse("x**2")
    assert round_places(range(6), 3.0, window, square) == [1, 2, 3, 4]

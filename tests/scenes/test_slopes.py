"""What is said of the slopes of secants holds for the function at hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from gdcore import Objective
from scenes.backstage.quotient import at_a_point, everywhere
from scenes.backstage.slope_tables import SlopeTables
from scenes.backstage.slopes import Slopes, round_places
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.fan import Fan
from scenes.parts.plot import Plot
from scenes.parts.secant import Secant, obstacles
from scenes.parts.secant_lens import SecantLens
from scenes.parts.secant_table import on_the_point
from scenes.parts.sliding import Tangents, reaches
from scenes.parts.source import ink, math
from scenes.parts.window import Window

WIDTHS = (2.0, 1.0, 0.5, 0.1, 0.01)


def slopes(text: str, at: float) -> Slopes:
    return Slopes(Objective.parse(text, ("x",)), at, WIDTHS)


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
    assert words in said.words.format(at=at, about="", slope=6)


@pytest.mark.parametrize("text", ["abs(x)", "sqrt(x)", "1/x"])
def test_a_kink_or_a_gap_has_no_slope(text: str) -> None:
    assert not slopes(text, 0.0).are_defined


def test_a_function_whose_second_derivative_is_missing_may_have_a_slope() -> None:
    assert slopes("x*abs(x)", 0.0).are_defined


def test_columns_stand_on_their_points_and_begin_under_their_heads() -> None:
    look = Look()
    head, cells = on_the_point(look, "h", ["12", "0.5", "0.01"], ["-> 0"])
    # All of one width, but for what the whole part of a number lacks on the left.
    wide = [look.math(text).advance for text in (head, *cells)]
    digit = look.math("2").advance
    lacking = [0, 0, digit, digit, 0]
    assert wide == pytest.approx([wide[0] - less for less in lacking], abs=1e-4)
    ends = [look.math(cell).advance - look.math(cell.split(" #h")[0]).advance for cell in cells]
    assert ends[:3] == sorted(ends[:3], reverse=True)
    assert ends[2] == pytest.approx(0)


def test_places_are_round_and_near() -> None:
    window, square = Window(0, 5.6, 0, 30), Objective.parse("x**2")
    assert round_places(range(6), 3.0, window, square) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "at", "quotient", "result"),
    [
        ("x**2", 3.0, "(3 + h)^2 - 9", "6 + h"),
        ("x**2", -2.0, "(−2 + h)^2 - 4", "-4 + h"),
        ("x**3", -1.0, "(−1 + h)^3 + 1", "3 - 3 h + h^2"),
        ("x**3 - x", 3.0, "f(3 + h) - 24", "26 + 9 h + h^2"),
        ("2*x**2 + 1", 1.0, "f(1 + h) - 3", "4 + 2 h"),
    ],
)
def test_the_quotient_of_a_polynomial_is_worked_out(
    text: str, at: float, quotient: str, result: str
) -> None:
    first, last = at_a_point(Objective.parse(text, ("x",)), at, "text")
    assert first == f"display(({quotient})/h)"
    slope = result.lstrip("-").split()[0]
    assert last.replace(ink("text", math(slope)), slope) == f"= {result}"


@pytest.mark.parametrize(
    ("text", "at"),
    [("sin(x)", 1.0), ("x**4", 1.0), ("2*x + 1", 1.0), ("x**2", 0.0), ("x**2", 1 / 3)],
)
def test_nothing_is_worked_out_that_would_be_rounded_or_long(text: str, at: float) -> None:
    assert at_a_point(Objective.parse(text, ("x",)), at, "text") == []


@pytest.mark.parametrize(
    ("text", "quotient", "python"),
    [
        ("x**2", "2 x + h", "2*x + h"),
        ("x**3", "3 x^2 + 3 x h + h^2", "3*x**2 + 3*x*h + h**2"),
        ("-x**2 + x", "1 - 2 x - h", "1 - 2*x - h"),
        (
            "x**3 + x**2",
            "3 x^2 + 2 x + (3 x + 1) h + h^2",
            "3*x**2 + 2*x + (3*x + 1)*h + h**2",
        ),
    ],
)
def test_the_quotient_at_any_x(text: str, quotient: str, python: str) -> None:
    objective = Objective.parse(text, ("x",))
    _, worked_out = everywhere(objective)
    assert worked_out.replace(ink("point", math("x")), "x") == f"= {quotient}"
    x, h = 1.5, 0.25
    value = (objective.value((x + h,)) - objective.value((x,))) / h
    assert Objective.parse(python, ("x", "h")).value((x, h)) == pytest.approx(value)


def picture() -> tuple[Look, Plot, Objective]:
    look, square = Look(), Objective.parse("x**2")
    plot = Plot(look, Region(-6.5, -2.5, 2.0, 2.5), Window(0, 5.6, 0, 30))
    return look, plot, square


def test_a_line_left_behind_has_its_width_at_its_end_or_goes() -> None:
    look, plot, square = picture()
    secant = Secant(look, plot, square, 3.0)
    fan = Fan(look, plot, square, 3.0, WIDTHS)
    secant.show(0.5)
    clear = obstacles(plot, secant)
    clear.within = Region(-6.5, -2.5, 4.0, 2.5)
    names = fan.named(clear, 0.5)
    # The line that is told is named elsewhere.
    assert len(fan.widths) == len(names) == 2


@pytest.mark.parametrize("width", WIDTHS[-2:])
def test_the_lens_magnifies_by_a_round_number(width: float) -> None:
    look, plot, square = picture()
    secant = Secant(look, plot, square, 3.0)
    lens = SecantLens(look, secant, Region(-6.0, 0.0, -2.5, 2.4), WIDTHS[-2:])
    zoom = lens.zoom(width)
    assert zoom == pytest.approx(float(f"{zoom:.2g}"))
    lens.show(width)
    # The mark is true to size.
    spans = np.ptp(lens.mark.points[:, :2], axis=0)
    true = np.array([lens.region.width, lens.region.height]) / zoom
    assert spans == pytest.approx(true)
    # What leads there ends at the corners of the mark, or upright on it.
    starts, ends = lens.ties.points[:, :2].reshape(-1, 4, 2)[:, [0, 3]].transpose(1, 0, 2)
    assert all(np.hypot(*(lens.rim.points[::4, :2] - spot).T).min() < 1e-9 for spot in starts)
    corners = lens.mark.points[::4, :2]
    assert all(np.hypot(*(corners - spot).T).min() < 1e-9 for spot in ends)


def test_tangents_side_by_side_go_equally_far_ahead_and_do_not_meet() -> None:
    look, plot, square = picture()
    xs = [1.0, 3.0, 5.0]
    reach = reaches(xs, plot.window.right - plot.window.left)
    tangents = Tangents(look, plot, square, xs, reach)
    ends = [line.points[[0, -1], 0] for line in tangents.lines]
    (first, last), middle = ends[1], plot.x(3.0)
    # Far to one side, where it leaves the curve.
    assert last - middle > 1.5 * (middle - first)
    # The lowest one ends over the axis.
    assert middle - first > plot.x(1.0) - ends[0][0]
    assert ends[0][1] - plot.x(1.0) == pytest.approx(last - middle)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(ends))


def tables(region: Region) -> SlopeTables:
    return SlopeTables(Look(), slopes("x**2", 3.0), region)


@pytest.mark.parametrize("width", [2.6, 3.6, 4.5])
def test_table_and_equations_share_an_edge(width: float) -> None:
    region = Region(0.0, -2.5, width, 2.5)
    table, lines, rows = tables(region).limit()
    assert list(rows) == [0, None, 4, 5]
    assert min(line.box.left for line in lines) == pytest.approx(table.left + 0.1, abs=0.06)
    assert all(region.contains(line.box) for line in lines)
    assert table.right <= width + 1e-6


def test_the_signs_of_equations_stand_one_under_the_other() -> None:
    _, quotient, law = tables(Region(0.0, -2.5, 4.5, 2.5)).derivation([1.0, 3.0, 5.0])
    signs = [quotient[1], quotient[2], law[1]]
    assert len({round(line.origin[0], 9) for line in signs}) == 1

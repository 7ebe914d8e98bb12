"""Labels find their places, names keep to their paths, and dots never fill a line."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from manim import VMobject

from gdcore import Objective
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.contour import Contours
from scenes.parts.legend import Item, Legend
from scenes.parts.lettering import box_of
from scenes.parts.path import Path
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plane import PlaneView
from scenes.parts.plot import Plot
from scenes.parts.strokes import line
from scenes.parts.window import Window
from scenes.theme import STROKE, units

LOOK = Look()
STAGE = Region(-5.0, -3.0, 5.0, 3.0)


def quiet(height: float) -> np.ndarray:
    return np.column_stack([np.linspace(-5, 5, 400), np.full(400, height)])


def test_a_label_keeps_off_quiet_lines_where_it_can() -> None:
    label, clear = LOOK.text("start"), Obstacles(STAGE)
    place_near(label, (0.0, 0.0), clear.copy(), ("right",))
    first = label.box
    clear.add_faint(quiet(first.center[1]))
    place_near(label, (0.0, 0.0), clear, ("right",))
    assert label.is_free
    assert clear.unrest(label.box) == 0
    assert abs(label.box.center[1] - first.center[1]) > label.box.height / 2


def test_a_label_stands_on_a_quiet_line_rather_than_on_a_stroke() -> None:
    label, clear = LOOK.text("start"), Obstacles(STAGE)
    for height in np.linspace(-3, 3, 40):
        clear.add_faint(quiet(height))
    # Strokes everywhere, but in one corridor.
    for height in (*np.linspace(-3, -0.5, 30), *np.linspace(0.5, 3, 30)):
        clear.add(line(LOOK, [(-5, height), (5, height)]))
    place_near(label, (0.0, 0.0), clear, ("above", "below"))
    assert label.is_free
    assert 0 < clear.unrest(label.box) < 1
    assert abs(label.box.center[1]) < 0.5


def test_a_label_without_a_place_says_so() -> None:
    label, clear = LOOK.text("start"), Obstacles(STAGE)
    for height in np.linspace(-3, 3, 60):
        clear.add(line(LOOK, [(-5, height), (5, height)]))
    assert not place_near(label, (0.0, 0.0), clear).is_free


def plot_of(left: float, right: float) -> Plot:
    return Plot(LOOK, STAGE, Window(left, right, -2.0, 2.0), x_name="", y_name="")


def circles(dots: VMobject) -> list[Region]:
    out = []
    for start in range(0, len(dots.points), 16):
        one = VMobject()
        one.points = dots.points[start : start + 16]
        out.append(box_of(one))
    return out


@pytest.mark.parametrize("factor", [0.2, 0.5, 0.9, 0.98, -0.7])
def test_dots_never_touch_unless_they_are_as_small_as_the_line(factor: float) -> None:
    points = [(factor**n, 0.0) for n in range(120)]
    path = Path(LOOK, plot_of(-1.2, 1.2), points)
    path.show(119)
    dots = circles(path.marks)
    # What is shrunk is never less than the line; and a dot in the open is as large as can be.
    width = units(STROKE.curve * 0.6)
    assert all(dot.width > width - 1e-9 for dot in dots)
    largest = max(dot.width for dot in dots)
    assert largest <= units(path.diameter) + 1e-9
    assert largest == pytest.approx(units(path.diameter)) or factor == 0.98
    for one, other in itertools.pairwise(dots):
        gap = abs(one.center[0] - other.center[0]) - (one.width + other.width) / 2
        assert gap > 0 or max(one.width, other.width) < width + 1e-9


def test_names_stand_nearer_to_their_own_paths() -> None:
    objective = Objective.parse("x**2 + y**2")
    plot = plot_of(-4.0, 4.0)
    view = PlaneView(LOOK, plot, ("x", "y"), (3.0, 1.0), (0.0, 0.0))
    contours = Contours(LOOK, objective, [plot], (0.5, 1.0, 2.0, 5.0, 10.0))
    times = np.linspace(0, 1, 40)
    paths = [
        Path(LOOK, plot, np.column_stack([3 - 6 * times, 1 - times + side * times * (1 - times)]))
        for side in (4.0, -4.0)
    ]
    for path in paths:
        path.show(39)
    labels = view.names([("Upper", paths[0]), ("Lower", paths[1])], contours)
    for label, own, other in zip(labels, paths, paths[::-1], strict=True):
        middle = np.array(label[1].box.center)
        near = [np.hypot(*(path.drawn() - middle).T).min() for path in (own, other)]
        assert near[0] < 0.6 * near[1]


def test_a_legend_rests_in_grey_and_wakes_in_its_colours() -> None:
    items = [Item("Adam", "rate 0.3", "86", "series_3", (0.1, 0.1))]
    legend = Legend(LOOK, Region(-3, -2, 3, 2), "steps", items)
    sample, name, result, settings = legend.entries[0]
    shown = legend.rest(0)
    assert result not in shown
    muted = LOOK.color("muted").upper()
    assert {name.get_fill_color().to_hex(), settings.get_fill_color().to_hex()} == {muted}
    assert sample.get_stroke_color().to_hex() == muted
    for change in legend.wake(0):
        animation = change.build()
        animation.begin()
        animation.finish()
    assert name.get_fill_color().to_hex() == LOOK.color("series_3").upper()
    assert settings.get_fill_color().to_hex() == LOOK.color("text").upper()
    assert sample.get_stroke_color().to_hex() == LOOK.color("series_3").upper()

"""Labels find their places, names keep to their paths, and dots never fill a line."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from manim import VMobject

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.cloud import Cloud
from scenes.parts.legend import Item, Legend
from scenes.parts.lettering import box_of
from scenes.parts.loss import LossPlot
from scenes.parts.loss_curve import LossCurve
from scenes.parts.markers import KINDS, marker_points
from scenes.parts.path import Path
from scenes.parts.placing import Obstacles, place_near
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


def rows() -> list[Item]:
    return [
        Item("Adam", "0.3", "86", "series_3"),
        Item("AdaGrad", "12.55", "433", "series_4", kind=3),
        Item("Momentum", "0.019", "47", "series_2", "β = 0.8", kind=1),
    ]


def test_a_legend_tells_settings_beside_or_below_the_name_or_leaves_them_out() -> None:
    wide, narrow, low = (
        Legend(LOOK, Region(-half, -high, half, high), rows(), [("steps",)])
        for half, high in ((3.5, 2), (1.9, 2), (1.7, 0.75))
    )
    assert [len(legend.entries[2]) for legend in (wide, narrow, low)] == [4, 4, 3]
    assert all(len(entry) == 3 for entry in (*wide.entries[:2], *narrow.entries[:2]))
    for legend, lower in ((wide, False), (narrow, True)):
        _, name, rate, told = legend.entries[2]
        assert (told.box.top < name.box.center[1]) == lower
        assert name.origin[1] == pytest.approx(rate.origin[1])
        assert told.size_percent >= 3.8


def test_the_head_of_a_narrow_table_is_short() -> None:
    heads = [("steps to stay", "below f = 0.01"), ("steps",)]
    wide, narrow = (
        Legend(LOOK, Region(-half, -2, half, 2), rows(), heads, is_table=True) for half in (3.5, 2)
    )
    assert (len(wide.over), len(narrow.over)) == (2, 1)
    assert narrow.right <= 2.0


@pytest.mark.parametrize("is_table", [False, True])
def test_the_columns_of_a_legend_stand_in_line(is_table: bool) -> None:
    legend = Legend(LOOK, Region(-4, -2, 4, 2), rows(), [("steps",)], is_table=is_table)
    first, second, third = legend.entries
    assert first[0][1].get_center()[0] == pytest.approx(second[0][1].get_center()[0])
    assert legend.results[0].box.right == pytest.approx(legend.results[1].box.right, abs=0.03)
    # Points of rates do: 12.55 begins one digit before 0.3 and 0.019.
    starts = [entry[2].origin[0] for entry in (first, second, third)]
    digit = LOOK.text("1", size=first[2].size_percent).advance
    assert starts[0] == pytest.approx(starts[2])
    assert starts[0] - starts[1] == pytest.approx(digit, rel=0.05)


def test_all_values_of_a_restless_loss_are_drawn_finely_and_below_the_finish_till_it_arrives() -> (
    None
):
    loss = LossPlot(LOOK, Region(-3, -2, 3, 2), 100.0, 0.01, 500)
    values = [100 * 0.93**step * (1.0 if step % 2 else 0.5) for step in range(500)]
    curve, calm = LossCurve(LOOK, loss, values), LossCurve(LOOK, loss, values[::2])
    curve.show(499)
    arrived = next(n for n, value in enumerate(values) if max(values[n:]) < 0.01)
    low = [n for n, value in enumerate(values[:arrived]) if value < 0.01]
    assert low
    for n, value in enumerate(values[:arrived]):
        place = [loss.plot.x(n), loss.plot.y(value)]
        assert np.hypot(*(curve.points[:, :2] - place).T).min() < 0.01
    assert curve.points[:, 0].max() <= loss.plot.x(arrived) + 1e-9
    assert curve.points[-1, 1] == pytest.approx(loss.plot.y(values[arrived]))
    label = loss.number(arrived, values[arrived], "series_1", [curve])
    assert label.box.left > loss.plot.x(low[-1])
    assert curve.get_stroke_width() < calm.get_stroke_width()
    # What is slow enough to be followed is as wide as any other.
    slow = LossCurve(LOOK, LossPlot(LOOK, Region(-3, -2, 3, 2), 100.0, 0.01, 20), values)
    assert slow.get_stroke_width() == calm.get_stroke_width()


def test_a_number_of_steps_does_not_flee_from_dips_to_another_place() -> None:
    loss = LossPlot(LOOK, Region(-3, -2, 3, 2), 100.0, 0.01, 500)
    values = [100 * 0.96**step * (1.0 if step % 2 else 1e-3) for step in range(500)]
    curve = LossCurve(LOOK, loss, values)
    curve.show(499)
    label = loss.number(200, 0.01, "series_1", [curve])
    assert label.box.left < loss.plot.x(200) < label.box.right


def test_the_number_of_steps_stands_straight_below_its_mark() -> None:
    loss = LossPlot(LOOK, Region(-3, -2, 3, 2), 100.0, 0.01, 500)
    label = loss.number(121, 0.0099, "series_1")
    assert label.box.center[0] == pytest.approx(loss.plot.x(121), abs=0.03)
    assert loss.inner.bottom < label.box.bottom < label.box.top < loss.level


@pytest.mark.parametrize("value", [0.0099, 0.008, 0.006, 0.004, 0.002, 1e-9, 0.0])
def test_the_number_of_steps_keeps_clear_of_its_mark_and_of_the_axis(value: float) -> None:
    loss = LossPlot(LOOK, Region(-3, -2, 3, 2), 100.0, 0.01, 500)
    box, height = loss.number(121, value, "series_1").box, loss.landing(value)
    mark = VMobject()
    mark.points = marker_points((loss.plot.x(121), height), 1)
    assert not box.inset(*[-0.03] * 4).meets(box_of(mark))
    assert loss.inner.bottom + 0.03 < box.bottom < box.top < loss.level
    assert box.left < loss.plot.x(121) + 0.3


def test_a_run_ends_where_it_is_or_if_that_is_too_low_on_the_line() -> None:
    loss = LossPlot(LOOK, Region(-3, -2, 3, 2), 100.0, 0.01, 10)
    for last, height in ((0.004, loss.plot.y(0.004)), (1e-9, loss.level)):
        curve = LossCurve(LOOK, loss, [100.0, 10.0, 1.0, last, last])
        curve.show(9)
        assert curve.points[-1, 1] == pytest.approx(height) == pytest.approx(loss.landing(last))
        assert loss.plot.x(2) < curve.points[-1, 0] <= loss.plot.x(3)
    assert loss.landing(0.0) == loss.level


@pytest.mark.parametrize("hollow", [False, True])
def test_markers_differ_in_shape_and_hardly_in_size(hollow: bool) -> None:
    areas = []
    for kind in range(KINDS):
        one = VMobject()
        one.points = marker_points((1.0, 2.0), kind, 2.0)
        assert abs(box_of(one).center[0] - 1.0) < 0.05
        # The corners, and of the disc the ends of its quarters, which leave out some of it.
        x, y = one.points[::4, 0] - 1.0, one.points[::4, 1] - 2.0
        areas.append(abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2)
    assert max(areas) < 2 * min(areas)
    outlines = [marker_points((1.0, 2.0), kind, 2.0, hollow=hollow) for kind in range(KINDS)]
    assert len({outline.tobytes() for outline in outlines}) == KINDS


@pytest.mark.parametrize("pieces", [0, 1, 8, 9, 40])
def test_points_are_counted_as_one_by_one(pieces: int) -> None:
    random = np.random.default_rng(pieces)
    every = [np.round(random.uniform(-1, 1, (random.integers(0, 30), 2)), 1) for _ in range(pieces)]
    cloud, copies = Cloud(), []
    for points in every:
        cloud.add(points)
        copies.append(cloud.copy())
    points = np.concatenate([np.zeros((0, 2)), *every])
    for _ in range(50):
        # On the same grid as the points, which often lie on an edge.
        left, right = sorted(np.round(random.uniform(-1, 1, 2), 1))
        bottom, top = sorted(np.round(random.uniform(-1, 1, 2), 1))
        box = Region(left, bottom, right, top)
        inside = (points > (left, bottom)) & (points < (right, top))
        assert cloud.inside(box) == inside.all(axis=1).sum()
    # What is added to the original is not in its copies.
    everywhere = Region(-9, -9, 9, 9)
    sums = np.cumsum([len(piece) for piece in every])
    assert [copy.inside(everywhere) for copy in copies] == sums.tolist()

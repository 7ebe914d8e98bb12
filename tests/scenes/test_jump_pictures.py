"""What the pictures of the lessons on jumps keep clear of each other, in every aspect."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from manim import VMobject

from scenes.base import DescentScene
from scenes.overshoot import BounceAndDiverge, Overshoot
from scenes.parts.abreast import Abreast
from scenes.parts.funnel import Goal
from scenes.parts.lettering import Lettering
from scenes.parts.levels import Fall, Level
from scenes.parts.measure import Distance
from scenes.parts.strokes import dot_places
from scenes.parts.table import Table
from scenes.theme import TYPE
from tests.scenes.checks import visible_lettering
from tests.scenes.stills import EVERY_ASPECT, at_still, at_stills

EVERY = pytest.mark.parametrize("aspect", EVERY_ASPECT)


def gap(one: VMobject, other: VMobject) -> float:
    """Return how far the ends of one stroke at least are from another stroke."""
    ends = one.points[[0, -1], :2]
    return max(np.hypot(*(other.points[:, :2] - end).T).min() for end in ends)


def distances(scene: Any) -> list[Distance]:
    """Return the bars under the plot."""
    parts = scene.get_mobject_family_members()
    return [part for part in parts if isinstance(part, Distance)]


def the(kind: type[Any], parts: Any) -> Any:
    """Return the one part of a kind."""
    (found,) = (part for part in parts if isinstance(part, kind))
    return found


@pytest.mark.parametrize(("lesson", "still"), [(Overshoot, "jumps"), (BounceAndDiverge, "last")])
@EVERY
def test_the_curve_ends_clear_of_the_name_of_the_upright_axis(
    lesson: type[DescentScene], still: str, aspect: str
) -> None:
    stage = at_still(lesson, still, aspect=aspect).stage
    (ends, tops), name = stage.curve.points[:, :2].T, stage.plot.y_title.box
    assert max(ends.min() - name.right, name.bottom - tops.max()) > 0.1


@pytest.mark.parametrize("lesson", [Overshoot, BounceAndDiverge])
@EVERY
def test_a_tangent_is_seen_beside_its_curve(lesson: type[DescentScene], aspect: str) -> None:
    scene = at_still(lesson, "step", aspect=aspect)
    # Some strokes' widths.
    assert gap(scene.jumps.view.tangent, scene.stage.curve) > 0.17


@EVERY
def test_the_name_of_the_rows_keeps_clear_of_the_first_number(aspect: str) -> None:
    first, *_, name = at_still(Overshoot, "jumps", aspect=aspect).history.strip.frame[1:]
    assert name.box.bottom - first.box.top > 0.1


@EVERY
def test_the_recurrences_of_two_runs_have_their_rates_before_or_over_them(aspect: str) -> None:
    seen = visible_lettering(at_still(Overshoot, "other-rate", aspect=aspect))
    for rate, factor in (("0.9", "−0.8"), ("0.1", "0.8")):
        (name,) = (part.box for part in seen if f'"rate {rate}:"' in part.source)
        (law,) = (part.box for part in seen if f"] = {factor} #" in part.source)
        before = 0 < law.left - name.right < 0.4 and law.bottom < name.center[1] < law.top
        over = abs(law.left - name.left) < 0.02 and 0 < name.bottom - law.top < 0.25
        assert over if aspect == "1:1" else before


@EVERY
def test_a_ring_that_does_not_cross_stands_clear_of_the_minimum(aspect: str) -> None:
    scene = at_still(Overshoot, "other-rate", aspect=aspect)
    (strip,) = (part for part in scene.mobjects if getattr(part, "dash", False))
    assert strip.head.points[:, 0].min() - scene.history.goal.line.points[0, 0] > 0


@EVERY
def test_the_rim_says_what_it_is(aspect: str) -> None:
    seen = visible_lettering(at_still(Overshoot, "last", aspect=aspect))
    assert any("distance" in part.source for part in seen if "0.8" in part.source)


@EVERY
def test_two_values_that_are_close_stand_at_their_levels(aspect: str) -> None:
    scene = at_still(BounceAndDiverge, "first-step", aspect=aspect)
    levels = sorted(map(scene.stage.plot.y, scene.jumps.trace.values[:2]))
    middles = sorted(name.box.center[1] for name in the(Fall, scene.leaving).names.names)
    assert max(abs(one - other) for one, other in zip(levels, middles, strict=True)) < 0.03


@EVERY
def test_the_words_of_rates_abreast_do_not_run_together(aspect: str) -> None:
    abreast = the(Abreast, at_still(BounceAndDiverge, "three-rates", aspect=aspect).mobjects)
    boxes = [part.box for part in abreast if isinstance(part, Lettering)]
    rooms = [
        other.left - one.right
        for one in boxes
        for other in boxes
        if other.left > one.right and abs(other.bottom - one.bottom) < 0.1
    ]
    assert min(rooms) > 0.45


@EVERY
def test_the_last_point_stands_clear_of_the_minimum(aspect: str) -> None:
    jumps = at_still(Overshoot, "last", aspect=aspect).jumps
    (((x, _), radius),) = dot_places(jumps.view.point)
    # More than half of what the mark is wide.
    assert abs(x - jumps.mark.line.points[0, 0]) - radius > 0.03


@EVERY
def test_the_mark_of_the_minimum_does_not_come_up_to_a_level(aspect: str) -> None:
    jumps = at_still(BounceAndDiverge, "last", aspect=aspect).jumps
    level = jumps.plot.y(jumps.trace.values[0])
    assert level - jumps.mark.line.points[:, 1].max() > 0.085


def test_the_mark_of_the_minimum_is_not_drawn_over_the_point() -> None:
    jumps = at_still(Overshoot, "jump-1").jumps
    # It slides along the axis, over the mark.
    for position in np.linspace(0.6, 0.9, 31):
        jumps.show(position)
        ((middle, radius),) = dot_places(jumps.view.point)
        away = np.hypot(*(jumps.mark.line.points[:, :2] - middle).T).min()
        assert away - radius > -0.01


@pytest.mark.parametrize(
    ("lesson", "still", "near"),
    # The level line of a bounce goes through that place.
    [(Overshoot, "jump-2", 0.3), (BounceAndDiverge, "and-back", 0.6)],
)
def test_the_name_of_a_slope_stands_where_its_tangent_touches_the_curve(
    lesson: type[DescentScene], still: str, near: float
) -> None:
    scene = at_still(lesson, still, aspect="9:16")
    words = the(Lettering, scene.leaving)
    assert abs(words.box.center[1] - scene.jumps.view.place(1)[1]) < near


@pytest.mark.parametrize(("steps", "told"), [("8", 1), ("7", 0)])
def test_a_bounce_comes_back_on_a_level_where_it_keeps_to_it(steps: str, told: int) -> None:
    leaving = at_still(BounceAndDiverge, "and-back", max_steps=steps).leaving
    assert sum(isinstance(part, Level) for part in leaving) == told


@EVERY
def test_a_formula_of_a_step_is_as_large_as_other_labels(aspect: str) -> None:
    length = the(Distance, at_still(Overshoot, "jump-2", aspect=aspect).leaving)
    assert length.label.size_percent == TYPE.label


@pytest.mark.parametrize(
    ("lesson", "still"), [(Overshoot, "lower"), (BounceAndDiverge, "first-step")]
)
@EVERY
def test_level_lines_have_no_wider_holes_than_the_dots_that_they_pass(
    lesson: type[DescentScene], still: str, aspect: str
) -> None:
    fall = the(Fall, at_still(lesson, still, aspect=aspect).leaving)
    ends = fall.lines[0].points[:, :2].reshape(-1, 4, 2)[:, [0, 3]]
    holes = []
    for y in {round(float(pair[0, 1]), 3) for pair in ends}:
        level = sorted(sorted(pair[:, 0]) for pair in ends if abs(pair[0, 1] - y) < 0.01)
        holes += [two[0] - one[1] for one, two in itertools.pairwise(level)]
    # A dot with its air, and a gap of the dashes on each side.
    assert max(holes) < 0.4


@EVERY
def test_the_arrow_of_a_rise_leads_from_level_to_level(aspect: str) -> None:
    fall = the(Fall, at_still(BounceAndDiverge, "first-step", aspect=aspect).leaving)
    levels, corners = fall.lines[0].points[:, :2], fall.lines[1].points[:, :2]
    for end in (corners[:, 1].min(), corners[:, 1].max()):
        level = levels[np.abs(levels[:, 1] - end) < 0.01, 0]
        assert level.min() < corners[:, 0].min() < corners[:, 0].max() < level.max()
    # More shaft than head.
    base = corners[corners[:, 0] == corners[:, 0].min(), 1].mean()
    assert corners[:, 1].max() - base < 0.45 * np.ptp(corners[:, 1])


def test_plot_and_strip_of_a_square_frame_reach_the_formula_beside_them() -> None:
    scene = at_still(BounceAndDiverge, "growing", aspect="1:1")
    left = min(part.box.left for part in scene.laws)
    assert 0.15 < left - scene.stage.plot.x_title.box.right < 0.4


@EVERY
def test_a_table_of_two_runs_is_set_no_smaller_than_the_numbers_of_the_axes(aspect: str) -> None:
    scene = at_still(Overshoot, "other-rate", aspect=aspect)
    assert the(Table, scene.get_mobject_family_members()).size_percent >= TYPE.tick


@EVERY
def test_rates_abreast_are_told_in_two_lines(aspect: str) -> None:
    abreast = the(Abreast, at_still(BounceAndDiverge, "three-rates", aspect=aspect).mobjects)
    # And the name of each x-axis.
    axes = 1 if aspect == "9:16" else 3
    assert sum(isinstance(part, Lettering) for part in abreast) == 2 * 3 + axes


@pytest.mark.parametrize(("lesson", "still"), [(Overshoot, "last"), (BounceAndDiverge, "bounce")])
def test_in_a_tall_frame_the_table_stands_in_the_middle(
    lesson: type[DescentScene], still: str
) -> None:
    table = at_still(lesson, still, aspect="9:16").history.table
    assert abs(table.left + table.right) / 2 < 0.02


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_the_header_of_a_square_frame_keeps_the_function_and_the_method(optimizer: str) -> None:
    scene = at_still(Overshoot, "step", aspect="1:1", optimizer=optimizer)
    sources = [part.source for part in scene.head]
    assert any(source.startswith("$f(x)") for source in sources)
    assert len(sources) == 3


@pytest.mark.parametrize("lesson", [Overshoot, BounceAndDiverge])
@EVERY
def test_the_name_of_a_slope_is_not_level_with_the_point_beside_it(
    lesson: type[DescentScene], aspect: str
) -> None:
    scene = at_still(lesson, "step", aspect=aspect)
    (name,) = (part.box for part in visible_lettering(scene) if "slope" in part.source)
    (((x, y), radius),) = dot_places(scene.jumps.view.point)
    near = name.left - x < radius + 0.2 and x - name.right < radius + 0.2
    assert name.bottom > y + 0.1 or not near


@EVERY
def test_bars_of_distances_are_seen_on_both_sides_of_their_words(aspect: str) -> None:
    bars = distances(at_still(BounceAndDiverge, "step", aspect=aspect))
    assert len(bars) == 3
    assert all(bar.bar.width - bar.label.advance > 0.55 for bar in bars)


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1"])
def test_a_formula_of_a_step_is_hardly_wider_than_its_bar(aspect: str) -> None:
    (length,) = distances(at_still(Overshoot, "jump-2", aspect=aspect))
    assert length.label.advance < 1.1 * length.bar.width


@pytest.mark.parametrize(("still", "aspect"), [("bounce", "16:9"), ("step", "1:1")])
def test_a_bounce_fills_its_plot(still: str, aspect: str) -> None:
    plot = at_still(BounceAndDiverge, still, aspect=aspect).stage.plot
    assert (plot.x(4) - plot.x(-4)) / plot.inner.width > 0.65


def test_a_high_frame_has_no_gap_over_its_plot_nor_under_it() -> None:
    scene = at_still(Overshoot, "jump-1", aspect="9:16")
    body, plot = scene.layout.body, scene.stage.plot
    lowest = min(bar.label.box.bottom for bar in distances(scene))
    assert max(body.top - plot.y_title.box.top, lowest - body.bottom) < 0.7


def test_a_law_is_set_no_smaller_than_the_rows_that_are_there() -> None:
    scene = at_still(BounceAndDiverge, "growing", aspect="1:1")
    least = min(part.size_percent for part in scene.laws)
    assert least >= min(scene.history.table.size_percent, 0.9 * TYPE.label)


@EVERY
def test_what_the_rim_is_does_not_read_as_one_line_with_a_law(aspect: str) -> None:
    scene = at_still(Overshoot, "last", aspect=aspect)
    (name,) = (part.box for part in visible_lettering(scene) if "dot 0.8^n" in part.source)
    # Where there is little room between them, the run is there.
    run = scene.history.goal.line.points[0, 0]
    for law in (part.box for part in scene.laws):
        abreast = min(law.top, name.top) > max(law.bottom, name.bottom)
        assert not abreast or name.right < run or law.left - name.right > 1.5
    assert name.left - scene.history.strip.inner.left > 0.18


@EVERY
def test_a_table_has_values_as_far_as_they_fit_at_its_size(aspect: str) -> None:
    stills = at_stills(BounceAndDiverge, aspect=aspect)
    values = {}
    for still in ("bounce", "last"):
        table = stills[still].history.table
        values[still] = len(table.header) == 3
        assert table.size_percent > 4
    assert values == {"bounce": True, "last": aspect != "1:1"}


def test_a_table_in_a_square_frame_fills_its_side_and_the_law_begins_in_line_with_it() -> None:
    stills = at_stills(BounceAndDiverge, aspect="1:1")
    for still in ("bounce", "growing", "last"):
        history, laws = stills[still].history, stills[still].laws
        table, side = history.table, history.rooms.side
        assert max(table.left - side.left, side.right - table.right) < 0.02
        assert abs(min(part.box.left for part in laws) - table.left) < 0.05


@pytest.mark.parametrize("rates", ["1, 1.05", "1, 1.3", "1, 0.9", "1, 0.3"])
@EVERY
def test_the_arrow_between_two_values_does_not_seem_to_miss_the_minimum(
    aspect: str, rates: str
) -> None:
    stills = at_stills(BounceAndDiverge, aspect=aspect, rates=rates)
    for scene in (stills["first-step"], stills["last"]):
        for fall in (part for part in scene.leaving if isinstance(part, Fall)):
            at = fall.lines[1].get_center()[0]
            assert abs(at - scene.jumps.mark.line.points[0, 0]) > 0.2


def test_a_strip_that_becomes_narrower_shows_less_behind_its_start() -> None:
    strip = at_still(Overshoot, "other-rate", aspect="1:1").history.strip
    assert strip.inner.right - strip.centers[:, 0].max() < 0.15 * strip.inner.width


@EVERY
@pytest.mark.parametrize("max_steps", [10, 12, 15, 16, 100])
def test_the_first_rows_of_a_strip_have_numbers_up_to_the_last_of_them(
    max_steps: int, aspect: str
) -> None:
    scene = at_still(Overshoot, "jumps", aspect=aspect, max_steps=max_steps)
    strip, seen = scene.history.strip, visible_lettering(scene)
    numbers = [*strip.numbers.items(), *strip.few.items()]
    assert sorted(n for n, written in numbers if written in seen) == [0, 2, 4, 6]


@EVERY
def test_no_mark_under_two_runs_stands_beside_the_axis_of_the_rows(aspect: str) -> None:
    ruler = at_still(Overshoot, "other-rate", aspect=aspect).history.strip.across
    assert all(ruler.x(x) - ruler.inner.left > 0.2 for x in ruler.x_ticks)
    assert len(ruler.x_ticks) > 2


@pytest.mark.parametrize("objective", ["x**2", "x**4/4 - 2*x**2 + x/2"])
@EVERY
def test_the_function_stands_in_the_header_or_at_its_axis(aspect: str, objective: str) -> None:
    stills = at_stills(BounceAndDiverge, aspect=aspect, objective=objective, rates="0.05, 0.1")
    for name, scene in stills.items():
        told = [part.source for part in visible_lettering(scene) if "f(x) =" in part.source]
        assert len(told) == 1 or name == "three-rates"


@pytest.mark.parametrize("lesson", [Overshoot, BounceAndDiverge])
@EVERY
def test_no_mark_of_the_x_axis_stands_in_the_corner(
    lesson: type[DescentScene], aspect: str
) -> None:
    for scene in at_stills(lesson, aspect=aspect).values():
        plot, seen = scene.stage.plot, visible_lettering(scene)
        marked = [x for x, label in zip(plot.x_ticks, plot.x_labels, strict=True) if label in seen]
        assert all(plot.x(x) - plot.inner.left > 0.25 for x in marked)


@EVERY
def test_a_scale_from_0_begins_with_0(aspect: str) -> None:
    scene = at_still(BounceAndDiverge, "last", aspect=aspect)
    assert scene.stage.plot.y_labels[0] in visible_lettering(scene)


@EVERY
def test_both_runs_in_one_strip_have_their_names_there(aspect: str) -> None:
    seen = visible_lettering(at_still(Overshoot, "other-rate", aspect=aspect))
    for rate in ("0.9", "0.1"):
        # And in the table.
        assert sum(f'"rate {rate}"' in part.source for part in seen) == 2


@pytest.mark.parametrize(
    ("lesson", "still"), [(Overshoot, "other-rate"), (BounceAndDiverge, "three-rates")]
)
@EVERY
def test_the_name_of_the_rows_does_not_read_on_into_that_of_the_minimum(
    lesson: type[DescentScene], still: str, aspect: str
) -> None:
    parts = at_still(lesson, still, aspect=aspect).get_mobject_family_members()
    for goal in (part for part in parts if isinstance(part, Goal)):
        assert goal.name.box.left - goal.strip.beside > 0.24

"""What the pictures of the lessons on jumps keep clear of each other, in every aspect."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import Mobject, VMobject

from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.export.stills import rehearse
from scenes.layout import ASPECTS
from scenes.overshoot import BounceAndDiverge, Overshoot
from scenes.parts.abreast import Abreast
from scenes.parts.laws import Factor
from scenes.parts.lettering import Lettering
from scenes.parts.levels import Fall
from scenes.parts.measure import Distance
from scenes.parts.strokes import dot_places
from scenes.parts.table import Table
from scenes.theme import TYPE

EVERY = pytest.mark.parametrize("aspect", ASPECTS)


def at(lesson: type[DescentScene], still: str, aspect: str, find: Callable[[Any], Any]) -> Any:
    """Return what is found in a lesson where a still of it stands."""
    found: list[Any] = []

    def look(scene: Any, beat: Beat) -> None:
        if beat.still == still:
            found.append(find(scene))

    rehearse(lesson, {"aspect": aspect}, at_beat_end=look)
    return found[0]


def letterings(scene: Any) -> list[Lettering]:
    """Return all type on the screen."""
    parts: list[Mobject] = scene.get_mobject_family_members()
    return [part for part in parts if isinstance(part, Lettering)]


def gap(one: VMobject, other: VMobject) -> float:
    """Return how far the ends of one stroke at least are from another stroke."""
    ends = one.points[[0, -1], :2]
    return max(np.hypot(*(other.points[:, :2] - end).T).min() for end in ends)


@EVERY
def test_the_curve_ends_clear_of_the_name_of_the_upright_axis(aspect: str) -> None:
    def room(scene: Any) -> float:
        return scene.stage.curve.points[:, 0].min() - scene.stage.plot.y_title.box.right

    assert at(Overshoot, "jumps", aspect, room) > 0.1
    assert at(BounceAndDiverge, "last", aspect, room) > 0.1


@pytest.mark.parametrize("lesson", [Overshoot, BounceAndDiverge])
@EVERY
def test_a_tangent_is_seen_beside_its_curve(lesson: type[DescentScene], aspect: str) -> None:
    def apart(scene: Any) -> float:
        return gap(scene.jumps.view.tangent, scene.stage.curve)

    # Some strokes' widths.
    assert at(lesson, "step", aspect, apart) > 0.17


@pytest.mark.parametrize("aspect", ["16:9", "4:3"])
def test_what_a_step_does_to_x_does_not_stand_over_the_name_of_the_axis(aspect: str) -> None:
    def room(scene: Any) -> float:
        (factor,) = (part for part in scene.leaving if isinstance(part, Factor))
        words = [part for part in factor if isinstance(part, Lettering)]
        assert len(words) == 2
        return min(part.box.left for part in words) - scene.stage.plot.x_title.box.right

    assert at(Overshoot, "jumps", aspect, room) > 0.25


@EVERY
def test_the_name_of_the_rows_keeps_clear_of_the_first_number(aspect: str) -> None:
    def room(scene: Any) -> float:
        first, *_, name = scene.history.strip.frame[1:]
        return name.box.bottom - first.box.top

    assert at(Overshoot, "jumps", aspect, room) > 0.1


@EVERY
def test_the_recurrences_of_two_runs_begin_with_their_rates(aspect: str) -> None:
    def names(scene: Any) -> list[str]:
        written = [part.source for part in letterings(scene)]
        return [rate for rate in ("rate 0.9:", "rate 0.1:") if any(rate in it for it in written)]

    assert len(at(Overshoot, "other-rate", aspect, names)) == 2


@EVERY
def test_a_ring_that_does_not_cross_stands_clear_of_the_minimum(aspect: str) -> None:
    def room(scene: Any) -> float:
        (strip,) = (part for part in scene.mobjects if getattr(part, "dash", False))
        return strip.head.points[:, 0].min() - scene.history.goal.line.points[0, 0]

    assert at(Overshoot, "other-rate", aspect, room) > 0


@EVERY
def test_the_rim_says_what_it_is(aspect: str) -> None:
    def said(scene: Any) -> bool:
        return any("distance" in part.source for part in letterings(scene) if "0.8" in part.source)

    assert at(Overshoot, "last", aspect, said)


@EVERY
def test_two_values_that_are_close_stand_at_their_levels(aspect: str) -> None:
    def moved(scene: Any) -> float:
        (fall,) = (part for part in scene.leaving if isinstance(part, Fall))
        levels = sorted(map(scene.stage.plot.y, scene.jumps.trace.values[:2]))
        middles = sorted(name.box.center[1] for name in fall.names.names)
        return max(abs(one - other) for one, other in zip(levels, middles, strict=True))

    assert at(BounceAndDiverge, "first-step", aspect, moved) < 0.03


@EVERY
def test_the_words_of_rates_abreast_do_not_run_together(aspect: str) -> None:
    def rooms(scene: Any) -> list[float]:
        (abreast,) = (part for part in scene.mobjects if isinstance(part, Abreast))
        boxes = [part.box for part in abreast if isinstance(part, Lettering)]
        return [
            other.left - one.right
            for one in boxes
            for other in boxes
            if other.left > one.right and abs(other.bottom - one.bottom) < 0.1
        ]

    assert min(at(BounceAndDiverge, "three-rates", aspect, rooms)) > 0.45


@EVERY
def test_the_last_point_stands_clear_of_the_minimum(aspect: str) -> None:
    def room(scene: Any) -> float:
        (((x, _), radius),) = dot_places(scene.jumps.view.point)
        return abs(x - scene.jumps.mark.line.points[0, 0]) - radius

    # More than half of what the mark is wide.
    assert at(Overshoot, "last", aspect, room) > 0.03


def test_the_mark_of_the_minimum_is_not_drawn_over_the_point() -> None:
    def drawn(scene: Any) -> list[float]:
        walk = scene.stage.walk
        before = walk.position
        # It slides along the axis, over the mark.
        out = []
        for position in np.linspace(0.6, 0.9, 31):
            scene.jumps.show(position)
            ((middle, radius),) = dot_places(scene.jumps.view.point)
            out.append(np.hypot(*(scene.jumps.mark.line.points[:, :2] - middle).T).min() - radius)
        scene.jumps.show(before)
        return out

    assert min(at(Overshoot, "jump-1", "16:9", drawn)) > -0.01


@pytest.mark.parametrize(
    ("lesson", "still"), [(Overshoot, "jump-2"), (BounceAndDiverge, "and-back")]
)
def test_the_name_of_a_slope_stands_where_its_tangent_touches_the_curve(
    lesson: type[DescentScene], still: str
) -> None:
    def apart(scene: Any) -> float:
        (words,) = (part for part in scene.leaving if isinstance(part, Lettering))
        return abs(words.box.center[1] - scene.jumps.view.place(1)[1])

    assert at(lesson, still, "9:16", apart) < 0.3


def test_a_formula_under_a_bar_is_as_large_as_other_labels_where_there_is_room() -> None:
    def size(scene: Any) -> float:
        (length,) = (part for part in scene.leaving if isinstance(part, Distance))
        return length.label.size_percent

    assert at(Overshoot, "jump-2", "9:16", size) == TYPE.label


@pytest.mark.parametrize(
    ("lesson", "still"), [(Overshoot, "lower"), (BounceAndDiverge, "first-step")]
)
@EVERY
def test_level_lines_have_no_wider_holes_than_the_dots_that_they_pass(
    lesson: type[DescentScene], still: str, aspect: str
) -> None:
    def holes(scene: Any) -> list[float]:
        (fall,) = (part for part in scene.leaving if isinstance(part, Fall))
        ends = fall.lines[0].points[:, :2].reshape(-1, 4, 2)[:, [0, 3]]
        out = []
        for y in {round(float(pair[0, 1]), 3) for pair in ends}:
            level = sorted(sorted(pair[:, 0]) for pair in ends if abs(pair[0, 1] - y) < 0.01)
            out += [two[0] - one[1] for one, two in itertools.pairwise(level)]
        return out

    # A dot with its air, and a gap of the dashes on each side.
    assert max(at(lesson, still, aspect, holes)) < 0.4


def test_plot_and_strip_of_a_square_frame_reach_the_formula_beside_them() -> None:
    def room(scene: Any) -> float:
        return min(part.box.left for part in scene.laws) - scene.stage.plot.x_title.box.right

    assert 0.15 < at(BounceAndDiverge, "bounce", "1:1", room) < 0.4


@EVERY
def test_a_table_of_two_runs_is_set_no_smaller_than_the_numbers_of_the_axes(aspect: str) -> None:
    def size(scene: Any) -> float:
        (table,) = (part for part in scene.get_mobject_family_members() if isinstance(part, Table))
        return table.size_percent

    assert at(Overshoot, "other-rate", aspect, size) >= TYPE.tick


@EVERY
def test_rates_abreast_are_told_in_two_lines(aspect: str) -> None:
    def lines(scene: Any) -> int:
        (abreast,) = (part for part in scene.mobjects if isinstance(part, Abreast))
        return sum(isinstance(part, Lettering) for part in abreast)

    # And the name of the x-axis.
    assert at(BounceAndDiverge, "three-rates", aspect, lines) == 2 * 3 + 1


@pytest.mark.parametrize(("lesson", "still"), [(Overshoot, "last"), (BounceAndDiverge, "bounce")])
def test_in_a_tall_frame_the_table_stands_in_the_middle(
    lesson: type[DescentScene], still: str
) -> None:
    def aside(scene: Any) -> float:
        table = scene.history.table
        return abs(table.left + table.right) / 2

    assert at(lesson, still, "9:16", aside) < 0.02


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_the_header_of_a_square_frame_keeps_the_function_and_the_method(optimizer: str) -> None:
    scene = rehearse(Overshoot, {"aspect": "1:1", "optimizer": optimizer}, height=180)
    sources = [part.source for part in scene.head]
    assert any(source.startswith("$f(x)") for source in sources)
    assert len(sources) == 3

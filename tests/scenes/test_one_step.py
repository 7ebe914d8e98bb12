"""The step of OneStep: its length at its arrow, its tangents, and what is no longer told."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.one_step import OneStep
from scenes.parts.lettering import Lettering
from scenes.parts.over_arrow import CLOSE
from scenes.parts.placing import Obstacles
from scenes.parts.spread import MOVED
from scenes.parts.strokes import arrow_outline
from tests.scenes.checks import visible_lettering
from tests.scenes.stills import EVERY_ASPECT, at_end


def lengths(aspect: str, **changes: object) -> tuple[OneStep, list[Lettering]]:
    scene = at_end(OneStep, aspect=aspect, **changes)
    return scene, [one.words for one in scene.stage.lengths if one]


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_first_length_stands_over_its_arrow_between_the_guides(aspect: str) -> None:
    scene, (words, _) = lengths(aspect)
    start, tip = scene.view.arrow_ends(0)
    assert words.source == "$−0.8$"
    assert start[1] < words.box.bottom
    assert tip[0] + CLOSE <= words.box.left + 1e-6
    assert words.box.right <= start[0] - CLOSE + 1e-6


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_beside_the_second_length_stands_the_first_one_fainter(aspect: str) -> None:
    """Without it nobody could see what the second step is shorter than."""
    scene, _ = lengths(aspect)
    words, before = scene.stage.lengths[1].words, scene.stage.lengths[1].before
    assert [one.source for one in (words, before)] == ["$−0.64$", "$−0.8$"]
    assert words.size_percent == before.size_percent
    assert words.origin[1] == before.origin[1]
    assert words.box.right + CLOSE < before.box.left
    for index, one in enumerate((before, words)):
        start, tip = scene.view.arrow_ends(index)
        assert tip[0] < one.box.center[0] < start[0]
    seen = [id(one) for one in visible_lettering(scene)]
    assert [id(one) in seen for one in (words, before)] == [True, True]
    colors = [one[0].get_fill_color() for one in (words, before)]
    assert colors[0] != colors[1]


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_no_length_is_crossed_by_a_guide(aspect: str) -> None:
    scene, _ = lengths(aspect)
    both = Obstacles(scene.plot.inner)
    both.add(*scene.stage.lengths[1])
    pieces = [piece for index in (1, 2) for piece in scene.view.guide(index)]
    assert not any(both.crossed(piece, 0.9 * CLOSE) for piece in pieces)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_a_step_back_over_the_first_one_is_told_alone(aspect: str) -> None:
    scene, words = lengths(aspect, learning_rate=1.05)
    assert [one.source for one in words] == ["$−8.4$", "$9.24$"]
    assert scene.stage.lengths[1].before is None


def test_places_of_a_square_frame_stand_under_their_marks() -> None:
    """Its plot is as wide as the frame: neither place has to make room for the other."""
    scene, _ = lengths("1:1")
    for foot in scene.stage.feet:
        assert foot.number.box.center[0] == pytest.approx(foot.mark.points[0, 0], abs=MOVED)
    assert scene.plot.inner.width > 5.0
    assert scene.stage.side.top < scene.plot.inner.bottom


def test_lengths_without_room_stand_in_one_row_below_the_axis() -> None:
    scene, words = lengths("1:1", learning_rate=0.012)
    assert len({(one.size_percent, one.origin[1]) for one in words}) == 1
    assert all(one.box.top < scene.plot.inner.bottom for one in words)


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_slopes_stand_beside_their_own_tangents(aspect: str) -> None:
    scene, _ = lengths(aspect)
    (name,) = scene.next_slope[0]
    (tangent,) = scene.view.tangent_line(1)
    level = float(np.interp(name.box.center[1], tangent[:, 1], tangent[:, 0]))
    assert level < name.box.left
    # A flat one is near to it over its upper edge.
    box, ends = name.box, np.linspace(tangent[0], tangent[-1], 101)
    nearest = np.clip(ends, (box.left, box.bottom), (box.right, box.top))
    assert np.hypot(*(ends - nearest).T).min() < 0.35


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_step_is_read_out_as_a_product(aspect: str) -> None:
    scene, _ = lengths(aspect)
    assert "dot" in scene.entries[2][1].source


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_the_head_of_the_first_arrow_is_no_larger_than_that_of_the_second(aspect: str) -> None:
    scene, _ = lengths(aspect)
    first, second = (
        outline[:, 1].max() - outline[:, 1].min()
        for outline in (
            scene.first_arrow(scene.trace.steps[1]),
            arrow_outline(*scene.view.arrow_ends(1)),
        )
    )
    assert first == pytest.approx(second)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_both_slopes_are_set_in_one_size(aspect: str) -> None:
    scene, _ = lengths(aspect)
    both = [scene.slope, *scene.next_slope]
    assert len(both) == 2
    assert len({name[0].size_percent for name in both}) == 1


def test_a_step_of_nothing_has_no_length() -> None:
    _, words = lengths("16:9", learning_rate=0.5)
    assert [one.source for one in words] == ["$−4$"]


def test_the_second_tangent_is_no_line_through_both_points() -> None:
    scene, _ = lengths("16:9")
    points = scene.view.tangent.points
    start, landed = (scene.view.place(place)[0] for place in (1.0, 2.0))
    assert points[:, 0].min() == pytest.approx((start + landed) / 2)
    assert points[:, 0].max() > start
    # Uphill it parts from the curve.
    x = data_x(scene, points[:, 0].max())
    apart = abs(scene.objective.value((x,)) - (10.24 + 6.4 * (x - 3.2)))
    assert apart > 0.05 * (scene.plot.window.top - scene.plot.window.bottom)


def data_x(scene: OneStep, x: float) -> float:
    window, inner = scene.plot.window, scene.plot.inner
    return float(np.interp(x, (inner.left, inner.right), (window.left, window.right)))


def test_the_start_is_not_shown_when_the_second_step_is_told() -> None:
    scene, _ = lengths("16:9")
    shown = {id(part) for part in scene.get_mobject_family_members()}
    assert [id(ghost) in shown for ghost in scene.stage.ghosts[:2]] == [False, True]

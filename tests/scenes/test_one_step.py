"""The step of OneStep: its length at its arrow, its tangents, and what is no longer told."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.one_step import OneStep
from scenes.parts.lettering import Lettering
from scenes.parts.strokes import arrow_outline
from tests.scenes.checks import visible_lettering
from tests.scenes.stills import EVERY_ASPECT, at_end


def lengths(aspect: str, **changes: object) -> tuple[OneStep, list[Lettering]]:
    scene = at_end(OneStep, aspect=aspect, **changes)
    return scene, [one.words for one in scene.stage.lengths if one]


def test_lengths_stand_over_their_arrows_between_the_guides() -> None:
    scene, words = lengths("16:9")
    assert [one.source for one in words] == ["$−0.8$", "$−0.64$"]
    assert len({(one.size_percent, one.origin[1]) for one in words}) == 1
    for index, one in enumerate(words):
        start, tip = scene.view.arrow_ends(index)
        assert start[1] < one.box.bottom
        assert tip[0] < one.box.left < one.box.right < start[0]
    # Guides that come near to a number end over it.
    assert [len(one.cuts) for one in scene.stage.lengths if one] == [0, 2]


@pytest.mark.parametrize("aspect", ["4:3", "1:1", "9:16"])
def test_guides_end_over_the_number_of_a_short_arrow(aspect: str) -> None:
    scene, words = lengths(aspect)
    start, tip = scene.view.arrow_ends(1)
    assert words[1].box.width > start[0] - tip[0]
    assert words[1].box.center[0] == pytest.approx((start[0] + tip[0]) / 2, abs=0.02)
    assert words[1].box.bottom > start[1]
    assert len(scene.stage.cuts[1]) == 2
    for end, cut in zip((start, tip), scene.stage.cuts[1], strict=True):
        across, up = cut.points[:, 0], cut.points[:, 1]
        assert across.min() < end[0] < across.max()
        assert start[1] < up.min() < start[1] + 0.1
        assert up.max() > words[1].box.top


def test_cuts_come_with_their_number_and_go_with_its_step() -> None:
    scene, _ = lengths("4:3")
    first, second = scene.stage.cuts
    seen = {}
    for at in (0.0, 0.2, 1.0, 2.0):
        scene.playhead.set(at)
        seen[at] = [bool(len(each[0].points)) for each in (first, second)]
    none, one, other = [False, False], [True, False], [False, True]
    assert seen == {0.0: none, 0.2: none, 1.0: one, 2.0: other}


def test_a_tangent_ends_higher_where_it_would_come_down_to_the_number() -> None:
    scene, words = lengths("1:1")
    (whole,), (cut,) = (scene.view.tangent_line(index) for index in (0, 1))
    assert words[1].box.top < cut[:, 1].min()
    assert list(scene.view.reaches) == [1]
    assert whole[:, 1].min() < cut[:, 1].min()


def test_lengths_without_room_stand_in_one_row_below_the_axis() -> None:
    scene, words = lengths("1:1", learning_rate=0.012)
    assert len({(one.size_percent, one.origin[1]) for one in words}) == 1
    assert all(one.box.top < scene.plot.inner.bottom for one in words)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_second_step_is_told_with_its_own_length_alone(aspect: str) -> None:
    scene, words = lengths(aspect)
    seen = [id(one) for one in visible_lettering(scene)]
    assert [id(one) in seen for one in words] == [False, True]
    assert "$−0.8$" not in {one.source for one in visible_lettering(scene)}


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_slopes_stand_beside_their_own_tangents(aspect: str) -> None:
    scene, _ = lengths(aspect)
    (name,) = scene.next_slope[0]
    (tangent,) = scene.view.tangent_line(1)
    level = float(np.interp(name.box.center[1], tangent[:, 1], tangent[:, 0]))
    assert level < name.box.left < level + 0.5


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


def test_both_places_of_a_short_step_have_their_numbers_and_no_other() -> None:
    scene, _ = lengths("1:1")
    seen = {one.source for one in visible_lettering(scene) if one.box.top < scene.plot.inner.bottom}
    start, *told = (foot.number.source for foot in scene.stage.feet)
    assert set(told) <= seen
    assert start not in seen


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

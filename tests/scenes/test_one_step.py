"""The step of OneStep: its length at its arrow, its tangents, and what is no longer told."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.export.stills import rehearse
from scenes.one_step import OneStep
from scenes.parts.lettering import Lettering
from scenes.parts.over_arrow import APART
from scenes.parts.strokes import arrow_outline
from tests.scenes.checks import visible_lettering


def lengths(aspect: str, **changes: object) -> tuple[OneStep, list[Lettering]]:
    scene = rehearse(OneStep, {"aspect": aspect, **changes})
    assert isinstance(scene, OneStep)
    return scene, [one.words for one in scene.stage.lengths if one]


def test_lengths_stand_over_their_arrows_between_the_guides() -> None:
    scene, words = lengths("16:9")
    assert [one.source for one in words] == ["$−0.8$", "$−0.64$"]
    assert len({(one.size_percent, one.origin[1]) for one in words}) == 1
    for index, one in enumerate(words):
        start, tip = scene.view.arrow_ends(index)
        assert start[1] < one.box.bottom
        assert tip[0] < one.box.left < one.box.right < start[0]
    # Guides that come near to a number are interrupted.
    assert [len(one.grounds) for one in scene.stage.lengths if one] == [0, 1]


def test_lengths_over_short_arrows_interrupt_guides_that_go_on_to_the_axis() -> None:
    scene, words = lengths("4:3")
    start, tip = scene.view.arrow_ends(1)
    assert words[1].box.width > start[0] - tip[0]
    (ground,) = scene.stage.lengths[1].grounds
    assert start[1] + 0.1 < ground.points[:, 1].min() < words[1].box.bottom
    assert ground.points[:, 0].min() < words[1].box.left
    assert words[1].box.right < ground.points[:, 0].max()


def test_lengths_without_room_stand_in_one_row_below_the_axis() -> None:
    scene, words = lengths("1:1")
    assert len({(one.size_percent, one.origin[1]) for one in words}) == 1
    assert all(one.box.top < scene.plot.inner.bottom for one in words)


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1", "9:16"])
def test_the_first_length_stays_and_makes_room_for_the_second(aspect: str) -> None:
    scene, words = lengths(aspect)
    row = [one for one in visible_lettering(scene) if one.origin[1] == words[0].origin[1]]
    second, first = sorted(row, key=lambda one: one.box.left)
    assert (second.source, first.source) == ("$−0.64$", "$−0.8$")
    assert second.box.right + APART <= first.box.left + 1e-6
    # It is still at its arrow.
    assert first.box.left < scene.view.arrow_ends(0)[0][0]


def test_a_length_far_wider_than_its_arrow_does_not_stay() -> None:
    scene, words = lengths("1:1", learning_rate=0.012)
    seen = {one.source for one in visible_lettering(scene) if one.origin[1] == words[0].origin[1]}
    assert words[0].source not in seen


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1", "9:16"])
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


def test_both_places_of_a_short_step_have_their_numbers() -> None:
    scene, _ = lengths("1:1")
    seen = {one.source for one in visible_lettering(scene)}
    assert {foot.number.source for foot in scene.stage.feet} <= seen


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1", "9:16"])
def test_both_slopes_are_set_in_one_size(aspect: str) -> None:
    scene, _ = lengths(aspect)
    both = [scene.slope, *scene.next_slope]
    assert len(both) == 2
    assert len({name[0].size_percent for name in both}) == 1


def test_a_step_of_nothing_has_no_length() -> None:
    _, words = lengths("16:9", learning_rate=0.5)
    assert [one.source for one in words] == ["$−4$"]


def test_the_second_tangent_goes_on_beyond_the_point_that_has_landed() -> None:
    scene, _ = lengths("16:9")
    points = scene.view.tangent.points
    landed = scene.view.place(2.0)[0]
    assert points[:, 0].min() < landed < points[:, 0].max()
    (down, up) = (
        abs(scene.objective.value((x,)) - (10.24 + 6.4 * (x - 3.2)))
        for x in (data_x(scene, points[:, 0].min()), data_x(scene, points[:, 0].max()))
    )
    least = 0.05 * (scene.plot.window.top - scene.plot.window.bottom)
    assert down > least
    assert up > least


def data_x(scene: OneStep, x: float) -> float:
    window, inner = scene.plot.window, scene.plot.inner
    return float(np.interp(x, (inner.left, inner.right), (window.left, window.right)))


def test_the_start_is_not_shown_when_the_second_step_is_told() -> None:
    scene, _ = lengths("16:9")
    shown = {id(part) for part in scene.get_mobject_family_members()}
    assert [id(ghost) in shown for ghost in scene.stage.ghosts[:2]] == [False, True]

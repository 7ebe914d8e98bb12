"""The step of OneStep: its length at its arrow, its tangents, and what is no longer told."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.one_step import OneStep
from scenes.parts.lettering import Lettering, box_of
from scenes.parts.over_arrow import APART, CLOSE
from scenes.parts.placing import AIR, dense
from scenes.parts.spread import MOVED
from scenes.parts.step import SCALED
from scenes.parts.strokes import arrow_outline
from scenes.theme import units
from tests.scenes.checks import visible_lettering, within
from tests.scenes.stills import EVERY_ASPECT, at_end


def lengths(aspect: str, **changes: object) -> tuple[OneStep, list[Lettering]]:
    scene = at_end(OneStep, aspect=aspect, **changes)
    return scene, [one.words for one in scene.stage.lengths if one]


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_each_length_stands_over_the_middle_of_its_arrow(aspect: str) -> None:
    scene, both = lengths(aspect)
    assert [words.source for words in both] == ["$−0.8$", "$−0.64$"]
    for index, words in enumerate(both):
        with scene.stage.told(index):
            start, tip = scene.view.arrow_ends(index)
        assert words.box.center[0] == pytest.approx((start[0] + tip[0]) / 2, abs=0.01)
        assert start[1] < words.box.bottom < start[1] + 0.5


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
@pytest.mark.parametrize("rate", [0.1, 0.012])
def test_guides_keep_off_lengths_or_are_interrupted(aspect: str, rate: float) -> None:
    """Else the number would read as one between two strokes."""
    scene, _ = lengths(aspect, learning_rate=rate)
    for index, length in enumerate(scene.stage.lengths):
        with scene.stage.told(index):
            guides = [piece for at in (index, index + 1) for piece in scene.view.guide(at)]
        points = np.concatenate([dense(piece) for piece in guides])
        if length.tight:
            ground = box_of(length[0])
            assert ground.contains(length.words.box)
            points = points[~within(points, ground)]
            assert len(points)
        assert not within(points, length.words.box.inset(left=-AIR, right=-AIR)).any()


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_both_lengths_stand_within_their_own_arrows_the_first_one_fainter(aspect: str) -> None:
    scene, _ = lengths(aspect)
    words, before = scene.stage.lengths[1].words, scene.stage.lengths[1].before
    assert [one.source for one in (words, before)] == ["$−0.64$", "$−0.8$"]
    assert words.size_percent == before.size_percent
    assert words.origin[1] == before.origin[1]
    assert words.box.right + APART < before.box.left
    start, tip = scene.view.arrow_ends(0)
    assert tip[0] + CLOSE <= before.box.left
    assert before.box.right <= start[0]
    start, tip = scene.view.arrow_ends(1)
    assert tip[0] < words.box.left < words.box.right < start[0]
    seen = [id(one) for one in visible_lettering(scene)]
    assert [id(one) in seen for one in (words, before)] == [True, True]
    colors = [one[0].get_fill_color() for one in (words, before)]
    assert colors[0] != colors[1]


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_what_the_second_step_is_shorter_than_is_said(aspect: str) -> None:
    scene, _ = lengths(aspect)
    assert scene.beats[-1].caption.text.endswith("a shorter step: −0.64 after −0.8.")


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_point_touches_no_length_on_its_way(aspect: str) -> None:
    scene, both = lengths(aspect)
    for index, (words, length) in enumerate(zip(both, scene.stage.lengths, strict=True)):
        with scene.stage.told(index):
            places = [scene.view.place(index + part) for part in np.linspace(SCALED, 1, 50)]
        reach = units(scene.view.diameter) / 2
        near = words.box.inset(*[-reach] * 4)
        assert length.tight or not within(np.array(places)[:, :2], near).any()


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
    assert scene.plot.inner.height > 0.36 * scene.layout.frame.height


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_ways_have_their_words_over_the_axis(aspect: str) -> None:
    """Under it they would need a row, by which the plot would be lower."""
    scene, _ = lengths(aspect)
    names = [words.source for _, words in scene.stage.ways]
    short = aspect == "1:1"
    assert names == (['#"up"', '#"down"'] if short else ['#"uphill"', '#"downhill"'])
    assert not scene.stage.ways.under


def test_a_length_under_a_low_curve_stands_below_the_axis() -> None:
    scene, (first, second) = lengths("1:1", learning_rate=0.45)
    assert second.box.top < scene.plot.inner.bottom < first.box.bottom


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

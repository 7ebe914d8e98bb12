"""TutorialRun with other starts, rates and functions."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from scenes.parts.drop import OFF_MARK
from scenes.parts.landmarks import OFF_END
from scenes.parts.left_over import LEAST, LONG
from scenes.parts.lens import AT, SLASH
from scenes.parts.lens_ties import ALONG
from scenes.parts.lettering import box_of
from scenes.parts.placing import dense
from scenes.tutorial_run import TutorialRun
from tests.scenes import checks
from tests.scenes.stills import EVERY_ASPECT, at_end, at_still


def written(still: str, **parameters: Any) -> list[str]:
    """Return the sources of all type in a still."""
    scene = at_still(TutorialRun, still, **parameters)
    return [letters.source for letters in checks.visible_lettering(scene)]


ASPECTS = pytest.mark.parametrize("aspect", EVERY_ASPECT)


@ASPECTS
@pytest.mark.parametrize(
    "parameters", [{"start": "111"}, {"objective": "(x-3)**2+2", "start": "10"}, {}]
)
def test_a_short_step_is_compared_to_the_tolerance_once(
    parameters: dict[str, Any], aspect: str
) -> None:
    letters = written("too-short-to-see", **parameters, aspect=aspect)
    said = [source for source in letters if re.search(r"0\.000\d", source)]
    assert len(said) == 1
    # At the bar or after the step, the tolerance has its number.
    numbered = any("tolerance" in source and "$0.001$" in source for source in letters)
    assert numbered or "<" in said[0]
    assert numbered or parameters
    length, *limit = map(float, re.findall(r"0\.\d+", said[0]))
    assert ("<" in said[0]) == bool(limit)
    assert length < 0.001
    assert limit in ([], [0.001])


@ASPECTS
def test_the_bar_of_the_tolerance_goes_past_the_arrow(aspect: str) -> None:
    scene = at_end(TutorialRun, aspect=aspect)
    seen = scene.stage.marks.lenses.of_short
    plot, step = seen.lens.plot, scene.trace.steps[seen.n - 1]
    bar = seen.told.bar[0].points
    arrow = plot.x(step.point[0]) - plot.x(step.next_point[0])
    assert np.ptp(bar[:, 0]) == pytest.approx(arrow * 0.001 / -step.delta[0])
    # Its ends cross the axis; name and length stand over and under it, as large.
    assert bar[:, 1].min() < plot.inner.bottom < bar[:, 1].max()
    name, length = seen.told.bar[1], seen.told.length[0]
    assert length.box.top < bar[:, 1].min() < bar[:, 1].max() < name.box.bottom
    assert name.size_percent == length.size_percent >= 3.6
    assert seen.lens.region.contains(name.box)
    assert seen.lens.region.contains(length.box)


@ASPECTS
@pytest.mark.parametrize("too_short", ["2.5e-7", "0.5", "0.0012345678"])
def test_what_is_said_of_a_short_step_stays_in_its_lens(aspect: str, too_short: str) -> None:
    scene = at_end(TutorialRun, aspect=aspect, too_short=too_short)
    seen = scene.stage.marks.lenses.of_short
    for words in (*seen.told.bar[1:], *seen.told.length):
        assert seen.lens.region.contains(words.box)


@ASPECTS
def test_the_start_of_which_a_place_is_half_has_its_number(aspect: str) -> None:
    assert written("halved", aspect=aspect).count("$80$") == 1


@ASPECTS
def test_a_number_that_is_told_at_the_axis_stands_alone(aspect: str) -> None:
    letters = written("halved", aspect=aspect)
    assert "$40$" in letters
    assert "$50$" not in letters


@ASPECTS
def test_the_fall_of_f_is_named_and_its_arrow_misses_no_mark(aspect: str) -> None:
    scene = at_end(TutorialRun, aspect=aspect)
    drop, plot = scene.stage.marks.drop, scene.stage.plot
    shaft = drop.lines[1].points[:, 0]
    middle = (shaft.min() + shaft.max()) / 2
    assert min(abs(middle - plot.x(mark)) for mark in plot.x_ticks) >= OFF_MARK
    assert all(value.source.startswith("$f") for value in drop.values)


@ASPECTS
def test_the_value_at_the_start_stands_at_its_level(aspect: str) -> None:
    scene = at_end(TutorialRun, aspect=aspect)
    drop, plot = scene.stage.marks.drop, scene.stage.plot
    box = box_of(drop.values[0])
    assert abs((box.bottom + box.top) / 2 - plot.y(6400)) < 0.4


@ASPECTS
def test_what_is_left_is_seen_and_both_distances_are_named(aspect: str) -> None:
    scene = at_end(TutorialRun, aspect=aspect)
    left = scene.stage.marks.left
    first, then = (np.ptp(bar.points[:, 0]) for bar in left.bars)
    assert then > LEAST
    assert then / first == pytest.approx(left.left / left.whole)
    assert first >= LONG
    assert "distance to the minimum" in left.heading.source
    assert any("about 1" in number.source for number in left.numbers)
    lens = scene.stage.marks.lenses.open_at(228)
    # Where both have no room there is no lens.
    assert (lens is None) == (aspect in ("1:1", "4:3"))
    assert not (lens and lens.region.inset(left=-0.19, right=-0.19).meets(box_of(left)))
    assert [("start" in left.numbers[0].source), ("0.80" in left.numbers[1].source)] == [True] * 2
    start = scene.stage.plot.at(80, 6400)
    assert all(np.hypot(*(start - box_of(word).center)) > 0.3 for word in left.numbers)


@ASPECTS
def test_the_last_lens_says_its_scale_over_a_free_curve(aspect: str) -> None:
    scene = at_end(TutorialRun, aspect=aspect)
    lens, flag = (found[1000] for found in (scene.stage.marks.lenses.at, scene.stage.marks.flags))
    assert all(part in lens.zoom_name.source for part in ("zoom: ", "x times", "f times"))
    # What is near 0 is told at the point, with all its zeros; a power of ten beside it is not.
    assert lens.plot.x_ticks == (0.0,)
    assert any("0.000000135" in line.source for line in flag.lines)
    assert box_of(*flag.lines).bottom - lens.curve.points[:, 1].max() > OFF_END[1]
    # A line leads to the point, or it is close.
    assert len(flag.lead.points) or box_of(*flag.lines).bottom - flag.spot[1] < 0.45


@ASPECTS
def test_the_ties_of_the_first_lens_do_not_run_along_the_curve(aspect: str) -> None:
    scene = at_still(TutorialRun, "first-step", aspect=aspect)
    lens, stage = scene.stage.marks.lenses.of_step, scene.stage
    assert lens.region.top == pytest.approx(stage.plot.inner.top)
    curve = dense(stage.curve.points[:, :2], 0.02)
    ties = lens.ties.points[:, :2].reshape(-1, 4, 2)
    assert len(ties) == 2
    for tie in ties:
        away = np.hypot(*np.moveaxis(dense(tie, 0.02)[:, None] - curve, -1, 0)).min(axis=1)
        # They begin at the curve, where the mark is.
        assert (away < 0.1).mean() < 0.2
        assert away.max() > ALONG
        # They end on the side of the frame that faces the mark.
        assert tie[3, 0] == pytest.approx(lens.region.right)


@ASPECTS
def test_the_first_lens_has_the_angles_of_the_plot_and_says_its_scale(aspect: str) -> None:
    lens = at_still(TutorialRun, "first-step", aspect=aspect).stage.marks.lenses.of_step
    assert lens.stretch == pytest.approx(1.0)
    # The axis is not f = 0: the curve does not run into it.
    assert lens.curve.points[:, 1].min() > lens.plot.inner.bottom + 0.1
    letters = written("first-step", aspect=aspect)
    assert '#"zoom "$times 10$' in letters
    assert any("0.01" in source and "160" in source for source in letters)


@ASPECTS
def test_the_start_keeps_its_number_while_the_first_step_is_told(aspect: str) -> None:
    letters = written("first-step", aspect=aspect)
    # On the axis of the plot and on that of the lens.
    assert letters.count("$80$") == 2


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_the_distance_stands_outside_the_ties_of_the_lens(aspect: str) -> None:
    scene = at_end(TutorialRun, aspect=aspect)
    marks = scene.stage.marks
    between = marks.lenses.at[228].between_ties()
    for part in marks.left:
        box = box_of(part)
        inside = (between > (box.left, box.bottom)) & (between < (box.right, box.top))
        assert not inside.all(axis=1).any()


@pytest.mark.parametrize(
    ("aspect", "n"),
    [("16:9", 228), ("9:16", 228), *((aspect, 1000) for aspect in EVERY_ASPECT)],
)
def test_the_value_stands_in_its_lens(aspect: str, n: int) -> None:
    scene = at_end(TutorialRun, aspect=aspect)
    marks = scene.stage.marks
    lens, flag = marks.lenses.at[n], marks.flags[n]
    assert lens.zoom_name is not None
    assert lens.region.contains(flag.words)
    assert any("approx" in line.source or "≈" in line.source for line in flag.lines)


@ASPECTS
def test_the_lens_on_the_first_step_has_an_axis_and_the_product(aspect: str) -> None:
    letters = written("first-step", aspect=aspect)
    assert any("0.01" in source and "1.6" in source for source in letters)
    scene = at_end(TutorialRun, aspect=aspect)
    lens = scene.stage.marks.lenses.of_step
    # The arrow lies on the axis, which has its name.
    assert lens.plot.x_title
    assert np.isclose(lens.plot.axes.points[:, 1], lens.plot.inner.bottom).sum() >= 2
    plot, (left, right) = lens.plot, (label.box for label in lens.plot.x_labels)
    # No number stands at the break of the upright axis, and the two on the other stand apart.
    assert plot.y_ticks
    assert all(plot.y(value) > plot.inner.bottom + AT for value in plot.y_ticks)
    assert lens.zoom_name.box.bottom > lens.region.top
    assert right.left - left.right > 0.15


@ASPECTS
@pytest.mark.parametrize("parameters", [{}, {"start": "-80"}, {"objective": "x", "start": "5"}])
def test_an_axis_that_is_not_at_zero_is_broken(parameters: dict[str, Any], aspect: str) -> None:
    lens = at_end(TutorialRun, aspect=aspect, **parameters).stage.marks.lenses.of_step
    plot = lens.plot
    assert lens.window.bottom > 0
    slashes = [ends for ends in plot.axes.points[:, :2].reshape(-1, 4, 2) if _leans(ends)]
    assert len(slashes) == 2
    # Without numbers there is only the foot of an axis, and the step keeps off it.
    upright = plot.axes.points[np.isclose(plot.axes.points[:, 0], plot.inner.left)]
    whole = upright[:, 1].max() == pytest.approx(plot.inner.top)
    assert whole == bool(plot.y_ticks)
    assert min(map(plot.x, plot.x_ticks)) > plot.inner.left + 3 * SLASH[0]


def _leans(ends: Any) -> bool:
    return bool((np.abs(ends[-1] - ends[0]) > 1e-9).all())


def test_whole_numbers_are_not_said_to_be_about() -> None:
    (*_, beat) = at_still(TutorialRun, "hundred-steps", start="111").beats
    assert "from 12321 to about 216.7" in beat.caption.text


def test_a_lens_that_is_closed_again_leaves_the_fall_of_f_its_room() -> None:
    scene = at_end(TutorialRun, start="10", learning_rate="0.05")
    assert scene.stage.marks.drop is not None


@pytest.mark.parametrize("still", ["hundred-steps", "one-percent"])
@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_a_flag_keeps_off_the_curve_and_older_points(aspect: str, still: str) -> None:
    stage = at_still(TutorialRun, still, aspect=aspect).stage
    n = 100 if still == "hundred-steps" else 228
    flag = stage.marks.flags[n]
    if flag.plot is not stage.plot:
        return
    box = flag.words.inset(*[-0.15] * 4)
    older = [stage.plot.at(stage.trace.points[at][0], stage.trace.values[at]) for at in (0, 10, 35)]
    points = np.concatenate([dense(stage.curve.points[:, :2]), older])
    assert not ((points > (box.left, box.bottom)) & (points < (box.right, box.top))).all(1).any()

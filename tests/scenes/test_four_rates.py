"""What FourRates draws is as long, as far and as many as its runs say."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from scenes.four_rates import FourRates
from scenes.layout import Region
from scenes.parts.distances import LEAST
from scenes.parts.lettering import Lettering, box_of
from scenes.parts.panel import Panel
from scenes.parts.source import ink, math
from scenes.parts.step import StepView
from scenes.parts.tally import Tally
from scenes.theme import SHORT_SIDE, STROKE, units
from tests.scenes import checks
from tests.scenes.stills import EVERY_ASPECT, at_still

OWN = {"objective": "(x - 1)**2 + 1", "start": -3.0, "rates": (0.02, 0.3, 0.499, 0.95)}


def at(still: str, **parameters: Any) -> tuple[Any, dict[str, Any]]:
    """Return the lesson as it stands at a still, and what `seen` finds in it."""
    scene = at_still(FourRates, still, **parameters)
    return scene, seen(scene)


def letters_at(still: str, **parameters: Any) -> tuple[Any, list[Lettering]]:
    """Return the lesson as it stands at a still, and all type that is seen in it."""
    scene = at_still(FourRates, still, **parameters)
    return scene, checks.visible_lettering(scene)


def told(still: str, **parameters: Any) -> list[str]:
    """Return the sources of all type that is seen at a still."""
    _, letters = letters_at(still, **parameters)
    return [name.source for name in letters]


def seen(scene: FourRates) -> dict[str, Any]:
    drawn = scene.get_mobject_family_members()
    panels = scene.panels
    boxes = [box_of(panel.distance.bar).width for panel in panels if panel.distance]
    return {
        "tangents": [_reach(panel) for panel in panels],
        "arrows": [len(panel.runner.view.arrow.points) for panel in panels],
        "over": [
            drawn.index(panel.runner.point) > drawn.index(panel.runner.view.arrow)
            for panel in panels
            if panel.runner.point in drawn
        ],
        "bars": boxes,
        "readouts": [(panel.readout.name.source, panel.readout.value.source) for panel in panels],
        "tallies": [part for part in drawn if isinstance(part, Tally)],
        "dots": [len(part.dots.points) // 16 for part in drawn if isinstance(part, Tally)],
    }


def _reach(panel: Panel) -> list[float]:
    """Return where the tangent of a panel starts and ends, from the corner of its plot."""
    box, inner = box_of(panel.runner.view.tangent), panel.plot.inner
    across, up = (box.left, box.right), (box.bottom, box.top)
    return [x - inner.left for x in across] + [y - inner.bottom for y in up]


@pytest.mark.parametrize("parameters", [{}, OWN])
@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_an_arrow_is_as_long_as_its_step_and_lies_under_the_walker(
    aspect: str, parameters: dict[str, Any]
) -> None:
    scene, found = at("first-steps", aspect=aspect, **parameters)
    assert found["over"] == [True] * 4
    for panel, run in zip(scene.panels, scene.lineup.runs, strict=True):
        view, unit = panel.runner.view, panel.plot.x(1.0) - panel.plot.x(0.0)
        for n in (0, 1):
            view.show(n + 1.0)
            box = box_of(view.arrow)
            step = run.steps[n].delta[0]
            assert box.width == pytest.approx(abs(step) * unit, abs=1e-6)
            tip = box.left if step < 0 else box.right
            assert tip == pytest.approx(panel.plot.x(run.points[n + 1][0]), abs=1e-6)


def test_a_walker_on_its_arrow_has_a_rim_under_both_that_comes_without_a_jump() -> None:
    scene, _ = at("first-steps")
    for index, rimmed in ((2, True), (3, False)):
        view, wide = scene.panels[index].runner.view, []
        drawn = scene.get_mobject_family_members()
        order = [drawn.index(part) for part in (view.rim, view.arrow)]
        assert order[0] < order[1] < drawn.index(scene.panels[index].runner.point)
        for position in np.linspace(0.5, 1.0, 241):
            view.show(position)
            free = box_of(view.rim).width / 2 - units(view.diameter) / 2
            wide.append(free if len(view.rim.points) else 0.0)
        assert np.abs(np.diff(wide)).max() < 0.02
        assert (wide[0], wide[-1] > 0.02) == (0.0, rimmed)


def test_a_rim_leaves_with_its_arrow() -> None:
    scene, _ = at("first-steps")
    panel = scene.panels[2]
    view = StepView(scene.look, panel.plot, panel.trace.beginning(2), told=(0,))
    rims = []
    for position in (1.0, 1.0001, 1.1, 1.2):
        view.show(position)
        rims.append((len(view.rim.points) > 0, float(view.rim.get_fill_opacity())))
    assert [there for there, _ in rims] == [True, True, True, False]
    assert rims[1][1] == pytest.approx(1.0, abs=1e-3)
    assert 0 < rims[2][1] < 1


def test_no_ghost_lies_on_a_walker() -> None:
    scene, _ = at("two-steps")
    drawn = scene.get_mobject_family_members()
    for panel in scene.panels:
        runner = panel.runner
        assert drawn.index(runner.ghosts) < drawn.index(runner.point)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_a_tangent_has_parted_from_its_curve_where_it_ends(aspect: str) -> None:
    scene, _ = at("first-steps", aspect=aspect)
    for panel in scene.panels:
        (line,) = panel.runner.view.tangent_line(0)
        curve = panel.curve.points[:, :2]
        assert np.hypot(*(curve - line[0]).T).min() > 0.1
        assert line[0][1] > panel.plot.inner.bottom + units(STROKE.arrow_head) / 2


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_minimum_is_named_at_its_line_in_the_panel_that_is_lit(aspect: str) -> None:
    scene, _ = at("all-steps", aspect=aspect)
    (name,) = scene.minimum_name
    panel, box = scene.panels[0], box_of(name)
    x = panel.plot.x(0.0)
    assert panel.plot.inner.contains(box)
    assert scene.dials[0].position == 1.0
    if box.right < x:
        assert x - box.right < 0.15
        return
    # It breaks the line on which it stands.
    assert box.left < x < box.right
    ys = panel.mark.points[:, 1]
    assert not ((ys > box.bottom) & (ys < box.top)).any()
    assert (ys > box.top).any()
    assert (ys < box.bottom).any()


@pytest.mark.parametrize(("aspect", "rows"), [("16:9", 1), ("4:3", 2), ("1:1", 2), ("9:16", 2)])
@pytest.mark.parametrize("many", [2, 3, 4])
def test_panels_stand_in_two_rows_where_one_would_make_them_slim(
    aspect: str, rows: int, many: int
) -> None:
    scene, _ = at("four-rates", aspect=aspect, rates=FourRates.rates[:many])
    cells = [panel.cell for panel in scene.panels]
    found = len({cell.whole.top for cell in cells})
    assert found == (rows if many == 4 else 1 if many == 2 or aspect == "4:3" else rows)
    assert min(cell.whole.width for cell in cells) > 2
    for panel in scene.panels:
        inner = panel.plot.inner
        assert min(inner.width, inner.height) > 1.3


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_shortest_step_alone_has_a_lens_that_says_how_large(aspect: str) -> None:
    _, letters = letters_at("first-steps", aspect=aspect)
    assert sum("zoom ×" in letter.source for letter in letters) == 1


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_a_lens_beside_a_plot_has_air(aspect: str) -> None:
    least = 12 / 1080 * SHORT_SIDE
    scene, letters = letters_at("first-steps", aspect=aspect)
    (times,) = [letter for letter in letters if "zoom ×" in letter.source]
    drawn = scene.get_mobject_family_members()
    tie, frame, ring, _, _ = next(part for part in drawn if times in part.submobjects)
    others = [letter for letter in letters if letter is not times]
    assert not any(box_of(frame).inset(*[-least] * 4).meets(letter.box) for letter in others)
    for part in (tie, ring):
        points = part.points[:, :2]
        for box in (letter.box.inset(*[-0.4 * least] * 4) for letter in others):
            assert not any(box.contains(Region(x, y, x, y)) for x, y in points)


@pytest.mark.parametrize(("aspect", "broken"), [("4:3", 0), ("1:1", 1)])
def test_only_a_number_that_is_too_long_stands_under_its_name(aspect: str, broken: int) -> None:
    scene, letters = letters_at("equally-near", aspect=aspect)
    over = 0
    for panel in scene.panels:
        name, value = panel.readout.name, panel.readout.value
        assert name.source.startswith("$x_20")
        if name.source == "$x_20 =$":
            over += 1
            assert name.box.bottom > value.box.top
            assert name.box.center[0] == pytest.approx(panel.cell.middle, abs=0.01)
        else:
            assert name.origin[1] == value.origin[1]
    assert over == broken
    laws = [letter for letter in letters if "0.8 dot$" in letter.source]
    assert len(laws) == 2
    for index, law in zip(scene.lineup.equals or (), laws, strict=True):
        assert law.box.bottom > scene.panels[index].readout.value.box.top + 0.1


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
@pytest.mark.parametrize("still", ["four-rates", "first-steps", "two-steps", "all-steps"])
def test_words_beside_a_plot_keep_off_the_name_of_its_axis(aspect: str, still: str) -> None:
    scene, letters = letters_at(still, aspect=aspect)
    least = 12 / 1080 * SHORT_SIDE
    # The lowest panel of each column has the name for all of them.
    assert [panel.end is not None for panel in scene.panels] == [False, False, True, True]
    for panel in scene.panels[2:]:
        assert panel.end.name in letters
        room = panel.end.name.box.inset(*[-least] * 4)
        own = (panel.end.name, *panel.plot.x_labels)
        near = [letter for letter in letters if letter not in own and room.meets(letter.box)]
        assert not near, [letter.source for letter in near]


def test_words_beside_low_plots_keep_off_the_names_of_their_panels() -> None:
    for still in ("four-rates", "first-steps", "two-steps"):
        scene, letters = letters_at(still, aspect="1:1", objective="(x - 1)**2 + 1")
        for panel in scene.panels:
            assert panel.cell.is_tight
            name = panel.name.box.inset(bottom=-0.05)
            assert not [each for each in letters if each is not panel.name and name.meets(each.box)]
            if still == "two-steps":
                assert box_of(panel.distance).top < panel.name.box.bottom - 0.05


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_plots_with_words_beside_them_tell_the_rule_with_each_rate(aspect: str) -> None:
    scene, letters = letters_at("four-rates", aspect=aspect)
    rules = [letter for letter in letters if letter.source.endswith('#"slope"]')]
    written = [float(rule.source.split("−")[1].split()[0]) for rule in rules]
    assert written == list(scene.rates)
    for panel, rule in zip(scene.panels, rules, strict=True):
        assert rule.box.left > panel.plot.inner.right


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_the_number_of_a_run_of_one_step_has_its_name_once(aspect: str) -> None:
    words = told("all-steps", aspect=aspect, max_steps=1)
    assert sum(source.startswith("$x_1 ") for source in words) == 4


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_a_bar_beside_a_plot_has_its_name_over_it_and_its_share_under_it(aspect: str) -> None:
    scene, letters = letters_at("two-steps", aspect=aspect)
    names = [letter for letter in letters if letter.source == '#"distance left"']
    shares = [letter for letter in letters if letter.source.endswith('#"%"')]
    for panel, name, share in zip(scene.panels, names, shares, strict=True):
        assert panel.distance
        assert panel.readout.baseline < share.box.bottom < share.box.top + 0.1 < panel.distance.y
        assert panel.distance.y + 0.1 < name.box.bottom < name.box.top + 0.1 < panel.name.box.bottom


def test_bars_beside_plots_have_one_scale_on_which_the_farthest_has_room() -> None:
    scene, found = at("two-steps", aspect="4:3", rates="0.01, 0.1, 0.45, 1.1")
    room = scene.panels[0].cell.gauge.width
    assert found["bars"] == pytest.approx(
        [room * part / 1.44 for part in (0.9604, 0.64, 0.01, 1.44)], abs=LEAST
    )


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
@pytest.mark.parametrize("still", ["four-rates", "steps-needed"])
def test_what_is_said_of_all_panels_stands_across_all_of_them(aspect: str, still: str) -> None:
    said = ("rate", "slope") if still == "four-rates" else ("one dot for each step until",)
    scene, letters = letters_at(still, aspect=aspect)
    foot = scene.layout.footer.top
    boxes = [
        name.box
        for name in letters
        if all(word in name.source for word in said) and name.box.center[1] > foot
    ]
    beside = scene.panels.are_beside
    assert len(boxes) == (0 if beside and still == "four-rates" else 1)
    for box in boxes:
        assert box.center[0] == pytest.approx(scene.layout.body.center[0], abs=0.01)
        lowest = min(box_of(panel.light).bottom for panel in scene.panels)
        if still == "steps-needed":
            assert box.top < lowest
        else:
            # Under the one row, or between two.
            assert box.top < scene.panels[0].cell.line
            tops = [panel.name.box.top for panel in scene.panels]
            assert box.bottom > min(tops) + 0.1 or len({round(top, 2) for top in tops}) == 1


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_counts_stand_in_the_middle_of_the_frame(aspect: str) -> None:
    scene, _ = at("steps-needed", aspect=aspect)
    boxes, body = [box_of(panel.light) for panel in scene.panels], scene.layout.body
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    assert (left + right) / 2 == pytest.approx(body.center[0], abs=0.01)
    for panel in scene.panels:
        assert box_of(panel.light).contains(panel.name.box)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_each_panel_says_where_its_run_starts_and_where_the_first_step_lands(aspect: str) -> None:
    for still, name in (("four-rates", "$x_0"), ("first-steps", "$x_1")):
        scene, letters = letters_at(still, aspect=aspect)
        numbers = [letter for letter in letters if letter.source.startswith(name)]
        for panel, number in zip(scene.panels, numbers, strict=True):
            box, inner = number.box, panel.plot.inner
            assert panel.box.left < box.left < box.right < panel.box.right
            beside = panel.cell.is_beside
            assert box.left > inner.right if beside else box.top < inner.bottom


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_name_of_an_axis_keeps_off_its_numbers_and_off_the_name_of_the_panel(
    aspect: str,
) -> None:
    scene, _ = at("four-rates", aspect=aspect)
    panel = scene.panels[0]
    numbers = [part for part in panel.scale[:-1] if isinstance(part, Lettering)]
    for name, others in (
        (panel.scale[-1], numbers),
        (panel.rows_name[0], panel.strip.numbers.values()),
    ):
        assert name.box.right < panel.plot.inner.left
        assert panel.box.left < name.box.left
        assert panel.name.box.left - name.box.right > 0.2
        for other in others:
            assert not name.box.inset(bottom=-0.1, top=-0.1).meets(other.box)


def test_no_arrow_is_left_where_what_is_left_to_go_is_told() -> None:
    _, found = at("two-steps")
    assert found["arrows"] == [0] * 4


@pytest.mark.parametrize("parameters", [{}, OWN])
def test_a_bar_is_as_long_as_the_share_that_is_left(parameters: dict[str, Any]) -> None:
    scene, found = at("two-steps", **parameters)
    valley = scene.lineup.valley
    assert valley is not None
    for panel, left, bar in zip(scene.panels, scene.lineup.left(2), found["bars"], strict=True):
        whole = abs(panel.plot.x(scene.lineup.first) - panel.plot.x(valley))
        assert left is not None
        assert bar == pytest.approx(max(left * whole, LEAST), abs=1e-6)


def test_readouts_of_a_row_have_the_same_decimals_and_say_what_is_rounded() -> None:
    _, found = at("two-steps")
    values = [value for _, value in found["readouts"]]
    assert values == ["$3.842$", "$2.560$", "$0.040$", "$2.560$"]
    assert ["approx" in name for name, _ in found["readouts"]] == [True, False, False, False]


def test_steps_are_counted_in_dots_that_stand_over_their_numbers_on_one_baseline() -> None:
    scene, found = at("steps-needed")
    assert found["dots"] == list(scene.lineup.counts) == [228, 21, 2, 21]
    tallies = found["tallies"]
    assert len({tally.baseline for tally in tallies}) == 1
    assert {tally.columns for tally in tallies} == {10}
    dots = [box_of(tally.dots) for tally in tallies]
    over = [tally.region.center[0] for tally in tallies]
    assert [box.center[0] for box in dots] == pytest.approx(over, abs=1e-6)
    low = [box.bottom - tally.region.bottom for box, tally in zip(dots, tallies, strict=True)]
    assert np.ptp(low) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_a_rate_and_its_count_are_the_ends_of_a_line_as_long_as_the_rule(aspect: str) -> None:
    scene, found = at("steps-needed", aspect=aspect)
    for panel, tally in zip(scene.panels, found["tallies"], strict=True):
        rule = tally.region
        assert panel.name.origin[0] == pytest.approx(rule.left)
        assert tally.unit.origin[0] + tally.unit.advance == pytest.approx(rule.right)
        assert tally.unit.source == '#"steps"'
        assert tally.number.box.right < tally.unit.box.left
        assert len({each.origin[1] for each in (panel.name, tally.number, tally.unit)}) == 1
        assert box_of(tally.dots).left == pytest.approx(rule.left, abs=0.03)


def test_the_unit_of_a_count_stays_where_it_is_while_steps_are_counted() -> None:
    _, found = at("steps-needed")
    tally, ends = found["tallies"][0], set()
    for position in (0.0, 1.0, 9.0, 10.0, 228.0):
        tally.show(position)
        ends.add((tally.number.origin[0] + tally.number.advance, tally.unit.origin[0]))
        assert (tally.unit.source == '#"step"') == (position == 1.0)
    assert np.ptp(list(ends), axis=0) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_a_number_on_its_way_says_of_which_step_it_is(aspect: str) -> None:
    scene, _ = at("all-steps", aspect=aspect)
    for panel, n in itertools.product(scene.panels, range(21)):
        panel.readout.show(float(n))
        assert panel.readout.name.source.startswith(f"$x_{n} ")


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_a_law_keeps_off_the_name_of_its_panel(aspect: str) -> None:
    scene, letters = letters_at("equally-near", aspect=aspect, start=-4.0)
    for panel in scene.panels:
        room = panel.name.box.inset(bottom=-0.05)
        assert not [each for each in letters if each is not panel.name and room.meets(each.box)]


def test_an_arrow_that_the_walker_covers_is_not_drawn() -> None:
    scene, _ = at("two-steps")
    for panel, drawn in zip(scene.panels, (1.0, 1.0, 0.0, 1.0), strict=True):
        panel.runner.view.show(2.0)
        opacity = float(panel.runner.view.arrow.get_fill_opacity())
        assert opacity == pytest.approx(drawn, abs=1e-3)
    view = scene.panels[2].runner.view
    seen = []
    for position in np.linspace(1.001, 2.0, 121):
        view.show(position)
        seen.append(float(view.arrow.get_fill_opacity()))
    assert np.abs(np.diff(seen)).max() < 0.2


def test_all_first_tangents_are_as_long_behind_the_walkers_too() -> None:
    _, found = at("first-steps")
    assert np.ptp(found["tangents"], axis=0) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_name_of_the_axis_keeps_clear_of_the_frames_beside_it(aspect: str) -> None:
    scene, _ = at("two-steps", aspect=aspect)
    least = 12 / 1080 * SHORT_SIDE
    named = [panel for panel in scene.panels if panel.end]
    assert len(named) == (4 if aspect in {"16:9", "9:16"} else 2)
    for one, other in itertools.pairwise([*named, named[-1]]):
        name = box_of(one.end)
        assert one.box.right - name.right >= least
        if other.box.left > one.box.left:
            assert other.box.left - name.right >= least
        assert name.left > box_of(one.plot.axes).right


def test_an_axis_with_no_plot_below_it_has_its_name() -> None:
    scene, letters = letters_at("first-steps", aspect="1:1", rates="0.02, 0.2, 0.5")
    assert [bool(panel.end) for panel in scene.panels] == [False, True, True]
    assert all(panel.end.name in letters for panel in scene.panels if panel.end)


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_words_beside_a_plot_are_centred_under_its_name(aspect: str) -> None:
    scene, letters = letters_at("first-steps", aspect=aspect)
    for panel in scene.panels:
        room = panel.cell.words
        beside = [
            name
            for name in letters
            if room.left - 0.05 < name.box.left < name.box.right < room.right + 0.05
            and name.box.bottom > panel.plot.inner.bottom + 0.1
            and name.box.top < panel.name.box.bottom
        ]
        assert any(name.source.endswith(ink("slope_up", math("8"))) for name in beside)
        for name in beside:
            if name not in (panel.readout.name, panel.readout.value):
                middle = name.origin[0] + name.advance / 2
                assert middle == pytest.approx(panel.cell.middle, abs=0.01)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_slopes_stand_in_the_same_place_of_all_panels_where_they_are_measured(aspect: str) -> None:
    scene, letters = letters_at("first-steps", aspect=aspect)
    slopes = [name for name in letters if '"slope 8"' in name.source]
    assert len(slopes) == 4
    places = []
    for name, panel in zip(slopes, scene.panels, strict=True):
        box, inner = name.box, panel.plot.inner
        places.append((box.left - inner.left, box.bottom - inner.bottom))
        x, y = panel.plot.at(4.0, 16.0)
        assert abs(box.center[1] - y) < 0.3
        aside = max(box.left - x, x - box.right)
        assert 0 < aside < 0.4
        # Clearly nearer to its tangent than to the other arm of the curve, if that is far enough.
        assert box.left - panel.plot.x(-4.0) > (0.75 if panel.cell.is_beside else 2) * aside
    assert np.ptp(places, axis=0) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_a_law_says_what_a_step_makes_of_x(aspect: str) -> None:
    said = told("equally-near", aspect=aspect)
    assert sum('"new"' in source for source in said) == 2
    assert [sum(f"{sign}0.8 dot$" in source for source in said) for sign in ("$", "−")] == [1, 1]


@pytest.mark.parametrize("parameters", [{}, OWN])
@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_bars_and_where_they_start_have_names(aspect: str, parameters: dict[str, Any]) -> None:
    scene, letters = letters_at("two-steps", aspect=aspect, **parameters)
    words = [name.source for name in letters]
    if scene.panels[0].cell.is_tight:
        # Each share under its bar says what it is, and the caption of what.
        assert sum('"% left"' in source for source in words) == 4
    else:
        assert any('"distance' in source for source in words)
        assert any("left" in source and "%" not in source for source in words)
    assert any('"min' in source for source in words)


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_each_number_says_of_which_step_it_is(aspect: str) -> None:
    assert sum(source.startswith("$x_2 ") for source in told("two-steps", aspect=aspect)) == 4
    assert sum(source.startswith("$x_20") for source in told("all-steps", aspect=aspect)) == 4


def test_a_tiny_share_keeps_clear_of_those_beside_it() -> None:
    _, letters = letters_at("two-steps", aspect="1:1", **OWN)
    shares = [name for name in letters if '"%' in name.source]
    assert len(shares) == 4
    boxes = [name.box.inset(left=-0.1, right=-0.1) for name in shares]
    assert not any(one.meets(other) for one, other in itertools.combinations(boxes, 2))


def test_a_whole_share_of_the_distance_is_not_said_to_be_rounded() -> None:
    found = told("two-steps", rates="0.01, 0.1, 0.45, 1.1")
    assert '$144$ #"% left"' in found


def test_both_runs_that_the_last_caption_compares_are_lit() -> None:
    scene, _ = at("steps-needed")
    assert [dial.position for dial in scene.dials] == [1.0, 0.0, 1.0, 0.0]


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        ((0.01, 0.45), "Rate 0.45 needs 2 steps, but rate 0.01 needs 228."),
        ((0.1, 0.9), "Both rates need 21 steps."),
        ((0.1, 1.1), "Rate 0.1 needs 21 steps, but rate 1.1 never gets there."),
        ((1e-5, 0.5), "Rate 0.5 needs 1 step, but rate 1·10⁻⁵ needs over 10000."),
    ],
)
def test_the_last_caption_says_which_rate_needs_how_many(rates: Any, said: str) -> None:
    scene, _ = at("steps-needed", rates=rates)
    assert scene.beats[-1].caption.text == said

"""What FourRates draws is as long, as far and as many as its runs say."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from scenes.four_rates import FourRates
from scenes.parts.distances import LEAST
from scenes.parts.lettering import Lettering, box_of
from scenes.parts.panel import Panel
from scenes.parts.tally import Tally
from scenes.theme import SHORT_SIDE
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
        "under": [
            drawn.index(panel.runner.point) < drawn.index(panel.runner.view.arrow)
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
@pytest.mark.parametrize("n", [0, 1])
def test_an_arrow_ends_where_its_step_does_and_over_the_walker(
    n: int, parameters: dict[str, Any]
) -> None:
    scene, found = at("first-steps", **parameters)
    assert found["under"] == [True] * 4
    for panel, run in zip(scene.panels, scene.lineup.runs, strict=True):
        view = panel.runner.view
        view.show(n + 1.0)
        points = view.arrow.points
        ends = [panel.plot.x(run.points[k][0]) for k in (n, n + 1)]
        assert sorted(ends) == pytest.approx([points[:, 0].min(), points[:, 0].max()], abs=1e-6)


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


def test_a_rim_leaves_with_its_arrow() -> None:
    scene, _ = at("first-steps")
    view = scene.panels[2].runner.view
    rims = []
    for position in (1.0, 1.0001, 1.1, 1.2):
        view.show(position)
        rims.append((len(view.rim.points) > 0, float(view.rim.get_fill_opacity())))
    assert [there for there, _ in rims] == [True, True, True, False]
    assert rims[1][1] == pytest.approx(1.0, abs=1e-3)
    assert 0 < rims[2][1] < 1


def test_all_first_tangents_are_as_long_behind_the_walkers_too() -> None:
    _, found = at("first-steps")
    assert np.ptp(found["tangents"], axis=0) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_name_of_the_axis_keeps_clear_of_the_frames_beside_it(aspect: str) -> None:
    scene, _ = at("two-steps", aspect=aspect)
    least = 14 / 1080 * SHORT_SIDE
    for one, other in itertools.pairwise(scene.panels):
        name = box_of(one.end)
        assert one.box.right - name.right >= least
        if other.box.left > one.box.left:
            assert other.box.left - name.right >= least
        assert name.left > box_of(one.plot.axes).right


@pytest.mark.parametrize("parameters", [{}, {"aspect": "9:16"}])
def test_the_minimum_is_named_at_its_line(parameters: dict[str, Any]) -> None:
    scene, _ = at("all-steps", **parameters)
    (name,) = scene.minimum_name
    mark = scene.panels[0].plot.x(0.0)
    assert 0 < mark - box_of(name).right < 0.1


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_where_no_strip_has_room_the_minimum_is_named_under_its_line(aspect: str) -> None:
    scene, _ = at("all-steps", aspect=aspect)
    (name,) = scene.minimum_name
    panel = scene.panels[0]
    assert box_of(name).center[0] == pytest.approx(panel.plot.x(0.0), abs=0.02)
    assert box_of(panel.axes).bottom > box_of(name).top > panel.cell.line_over
    # Where a law will be told it is in the way.
    scene, _ = at("all-steps", aspect=aspect, rates=(0.1, 0.9, 0.45, 0.01))
    (name,) = scene.minimum_name
    assert scene.lineup.equals == (0, 1)
    assert box_of(name).center[0] == pytest.approx(scene.panels[2].plot.x(0.0), abs=0.02)


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "9:16"])
def test_slopes_stand_in_the_same_place_of_all_panels(aspect: str) -> None:
    scene, letters = letters_at("first-steps", aspect=aspect)
    places = [
        (name.box.left - panel.plot.inner.left, name.box.bottom - panel.plot.inner.bottom)
        for panel in scene.panels
        for name in letters
        if '"slope 8"' in name.source and panel.plot.inner.contains(name.box)
    ]
    assert len(places) == 4
    assert np.ptp(places, axis=0) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_shortest_step_alone_has_a_lens_that_says_how_large(aspect: str) -> None:
    assert sum('"zoom" times' in source for source in told("first-steps", aspect=aspect)) == 1


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_a_law_is_said_to_be_that_of_each_step(aspect: str) -> None:
    assert sum("each step:" in source for source in told("equally-near", aspect=aspect)) == 2


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_bars_and_where_they_start_have_names(aspect: str) -> None:
    words = told("two-steps", aspect=aspect)
    assert any('"distance' in source for source in words)
    assert any("left" in source and "%" not in source for source in words)
    assert any('"min' in source for source in words)


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_each_number_says_of_which_step_it_is(aspect: str) -> None:
    assert sum(source.startswith("$x_2 ") for source in told("two-steps", aspect=aspect)) == 4
    assert sum(source.startswith("$x_20") for source in told("all-steps", aspect=aspect)) == 4


def test_a_name_that_has_no_room_before_its_number_stands_between_that_and_a_law() -> None:
    scene, letters = letters_at("equally-near", aspect="1:1")
    names = [letter for letter in letters if letter.source == "$x_20$"]
    laws = [letter for letter in letters if "$x$] $dot" in letter.source]
    for panel, name in zip(scene.panels, names, strict=True):
        assert name.box.center[0] == pytest.approx(panel.cell.middle, abs=0.01)
    for index, law in zip(scene.lineup.equals or (), laws, strict=True):
        name, number = names[index].box, scene.panels[index].readout.value.box
        assert 0 < name.bottom - number.top < 0.7 * (law.box.bottom - name.top)


def test_where_a_bar_has_no_room_for_its_name_the_share_under_it_says_of_what_it_is() -> None:
    scene, letters = letters_at("two-steps", aspect="1:1")
    names = [letter for letter in letters if letter.source == '#"distance left"']
    shares = [letter for letter in letters if letter.source.endswith('#"% of the"')]
    for panel, name, share in zip(scene.panels, names, shares, strict=True):
        assert panel.distance
        assert panel.readout.baseline < name.origin[1] < share.origin[1] < panel.distance.y
    assert sum('"distance left"' in source for source in told("two-steps", aspect="4:3")) == 1


def test_a_tiny_share_keeps_clear_of_those_beside_it() -> None:
    _, letters = letters_at("two-steps", aspect="1:1", **OWN)
    shares = [name for name in letters if '"%' in name.source]
    assert len(shares) == 4
    for one, other in itertools.pairwise(shares):
        assert other.box.left - one.box.right > 0.1


@pytest.mark.parametrize("still", ["four-rates", "steps-needed"])
def test_what_is_said_of_two_rows_stands_between_them(still: str) -> None:
    said = ("rate", "slope") if still == "four-rates" else ("steps until",)
    scene, letters = letters_at(still, aspect="9:16")
    foot = scene.layout.footer.top
    heights = [
        name.box.center[1]
        for name in letters
        if all(word in name.source for word in said) and name.box.center[1] > foot
    ]
    assert len(heights) == 1
    assert scene.panels[-1].box.top < heights[0] < scene.panels[0].cell.line


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_each_panel_says_where_its_run_starts_and_where_the_first_step_lands(aspect: str) -> None:
    for still, name in (("four-rates", "$x_0"), ("first-steps", "$x_1")):
        scene, letters = letters_at(still, aspect=aspect)
        numbers = [letter for letter in letters if letter.source.startswith(name)]
        for panel, number in zip(scene.panels, numbers, strict=True):
            assert panel.box.left < number.box.left < number.box.right < panel.box.right
            assert number.box.top < panel.plot.inner.bottom


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_the_name_of_an_axis_stands_over_it_and_apart_from_that_of_the_panel(aspect: str) -> None:
    scene, _ = at("four-rates", aspect=aspect)
    panel = scene.panels[0]
    for name in (panel.scale[-1], panel.rows_name[0]):
        assert name.box.bottom > panel.plot.inner.top
        assert panel.name.box.left - name.box.right > 0.2


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_in_a_slim_panel_a_law_keeps_off_the_number_under_it(aspect: str) -> None:
    """Else both would be read as one equation."""
    scene, letters = letters_at("equally-near", aspect=aspect)
    laws = [letter for letter in letters if "$x$] $dot" in letter.source]
    heads = [letter for letter in letters if "each" in letter.source]
    assert len(laws) == len(heads) == 2
    for law, head, index in zip(laws, heads, scene.lineup.equals or (), strict=True):
        under = law.origin[1] - scene.panels[index].cell.baseline
        assert under > 1.2 * (head.origin[1] - law.origin[1])


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_the_minimum_of_a_slim_panel_is_named_in_its_bowl(aspect: str) -> None:
    scene, letters = letters_at("two-steps", aspect=aspect)
    (name,) = (name for name in letters if name.source == '#"min"')
    panel = scene.panels[0]
    assert name.box.center[0] == pytest.approx(panel.plot.x(0.0), abs=0.02)
    assert panel.plot.inner.contains(name.box)


def test_in_a_square_frame_the_slope_stands_in_two_lines_at_each_tangent() -> None:
    scene, letters = letters_at("first-steps", aspect="1:1")
    for panel in scene.panels:
        inside = [name.source for name in letters if panel.plot.inner.contains(name.box)]
        assert {'#"slope"', '#"8"'} <= set(inside)


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

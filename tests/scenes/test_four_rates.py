"""What FourRates draws is as long, as far and as many as its runs say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenes.beats import Beat
from scenes.export.stills import rehearse
from scenes.four_rates import FourRates
from scenes.parts.lettering import box_of
from scenes.parts.tally import Tally

OWN = {"objective": "(x - 1)**2 + 1", "start": -3.0, "rates": (0.02, 0.3, 0.499, 0.95)}


def at(still: str, **parameters: Any) -> tuple[FourRates, dict[str, Any]]:
    """Return the lesson, and what `seen` found in it at the end of a beat."""
    found: dict[str, Any] = {}

    def look(scene: Any, beat: Beat) -> None:
        if beat.still == still:
            found.update(seen(scene))

    return rehearse(FourRates, parameters, height=360, at_beat_end=look), found


def seen(scene: FourRates) -> dict[str, Any]:
    drawn = scene.get_mobject_family_members()
    panels = scene.panels
    boxes = [box_of(panel.distance.bar).width for panel in panels if panel.distance]
    return {
        "arrows": [np.array(panel.runner.view.arrow.points[:, :2]) for panel in panels],
        "over": [
            drawn.index(panel.runner.point) < drawn.index(panel.runner.view.arrow)
            for panel in panels
            if panel.runner.point in drawn
        ],
        "bars": boxes,
        "readouts": [(panel.readout.name.source, panel.readout.value.source) for panel in panels],
        "tallies": [part for part in drawn if isinstance(part, Tally)],
        "dots": [len(part.dots.points) // 16 for part in drawn if isinstance(part, Tally)],
    }


@pytest.mark.parametrize("parameters", [{}, OWN])
@pytest.mark.parametrize(("still", "n"), [("first-steps", 0), ("two-steps", 1)])
def test_an_arrow_ends_where_its_step_does_and_over_the_walker(
    still: str, n: int, parameters: dict[str, Any]
) -> None:
    scene, found = at(still, **parameters)
    assert all(found["over"])
    assert len(found["over"]) == 4
    for panel, run, points in zip(scene.panels, scene.lineup.runs, found["arrows"], strict=True):
        ends = [panel.plot.x(run.points[k][0]) for k in (n, n + 1)]
        assert sorted(ends) == pytest.approx([points[:, 0].min(), points[:, 0].max()], abs=1e-6)


@pytest.mark.parametrize("parameters", [{}, OWN])
def test_a_bar_is_as_long_as_the_share_that_is_left(parameters: dict[str, Any]) -> None:
    scene, found = at("two-steps", **parameters)
    valley = scene.lineup.valley
    assert valley is not None
    for panel, left, bar in zip(scene.panels, scene.lineup.left(2), found["bars"], strict=True):
        whole = abs(panel.plot.x(scene.lineup.first) - panel.plot.x(valley))
        assert left is not None
        assert bar == pytest.approx(left * whole, abs=1e-6)


def test_readouts_of_a_row_have_the_same_decimals_and_say_what_is_rounded() -> None:
    _, found = at("two-steps")
    values = [value for _, value in found["readouts"]]
    assert values == ["$3.842$", "$2.560$", "$0.040$", "$2.560$"]
    assert ["approx" in name for name, _ in found["readouts"]] == [True, False, False, False]


def test_steps_are_counted_in_dots_from_the_left_and_below_on_one_baseline() -> None:
    scene, found = at("steps-needed")
    assert found["dots"] == list(scene.lineup.counts) == [228, 21, 2, 21]
    tallies = found["tallies"]
    assert len({tally.baseline for tally in tallies}) == 1
    assert {tally.columns for tally in tallies} == {10}
    firsts = [tally.dots.points[:16].mean(axis=0) for tally in tallies]
    corners = [(tally.region.center[0], tally.region.bottom) for tally in tallies]
    away = [first[:2] - corner for first, corner in zip(firsts, corners, strict=True)]
    assert np.ptp(away, axis=0) == pytest.approx(0.0, abs=1e-6)

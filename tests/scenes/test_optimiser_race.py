"""The race of optimisers: what its key, its plot and its table show at the end of each beat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.export.stills import rehearse
from scenes.optimiser_race import OptimiserRace
from tests.scenes import checks


def at_each_beat(
    look: Callable[[Any], Any], parameters: dict[str, object] | None = None
) -> dict[str, Any]:
    """Run the lesson, and return what a function finds at the end of each beat, by its still."""
    found: dict[str, Any] = {}

    def keep(scene: DescentScene, beat: Beat) -> None:
        found[str(beat.still)] = look(scene)

    rehearse(OptimiserRace, parameters or {}, height=180, at_beat_end=keep)
    return found


def curves(scene: Any) -> int:
    """Return how many losses are to be seen."""
    seen = list(checks.visible_strokes(scene))
    return sum(lane.curve in seen for lane in scene.stage.every)


def told(scene: Any) -> list[str]:
    """Return the numbers of steps that stand in the plot."""
    letters = checks.visible_lettering(scene)
    every = scene.stage.every
    return [lane.racer.count_text for lane in every if lane.told in letters]


def test_only_who_is_told_has_a_number_in_the_plot() -> None:
    found = at_each_beat(told)
    assert [found[f"run-{run}"] for run in range(1, 5)] == [["223"], ["47"], ["86"], ["433"]]
    assert found["another-rate"] == ["433", "121"]
    assert found["every-rate"] == []


def test_two_rates_are_compared_alone_and_all_come_back() -> None:
    found = at_each_beat(curves)
    assert [found[f"run-{run}"] for run in range(1, 6)] == [1, 2, 3, 4, 5]
    assert (found["another-rate"], found["every-rate"]) == (2, 6)


@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
def test_in_the_end_rows_are_sorted_and_all_rates_stand_in_one_frame(aspect: str) -> None:
    def table(scene: Any) -> Any:
        return scene.stage.rows.table, [lane.racer.steps for lane in scene.stage.every]

    legend, counts = at_each_beat(table, {"aspect": aspect})["every-rate"]
    heights = [result.get_center()[1] for result in legend.results]
    order = sorted(range(len(counts)), key=lambda at: -heights[at])
    assert [counts[at] for at in order] == [47, 86, 121, 223, 433, None]
    for entry, height in zip(legend.entries, heights, strict=True):
        assert legend.column.contains(entry[2].box)
        assert entry[1].get_center()[1] == pytest.approx(height, abs=0.1)
        assert not legend.column.meets(entry[1].box)

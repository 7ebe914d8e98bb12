"""Overshoot with a run that leaves the valley where it starts."""

from __future__ import annotations

from typing import Any

from scenes.beats import Beat
from scenes.export.stills import rehearse
from scenes.overshoot import Overshoot

LEAVING = {"objective": "x**4/4 - 2*x**2 + x/2", "start": "3", "learning_rate": "0.2"}


def marks(parameters: dict[str, str]) -> dict[str | None, bool]:
    """Return whether a minimum is marked in the plot at the end of each beat, by its still."""
    seen: dict[str | None, bool] = {}

    def look(scene: Any, beat: Beat) -> None:
        mark = scene.jumps.mark
        seen[beat.still] = mark in scene.get_mobject_family_members() and len(mark.line.points) > 0

    rehearse(Overshoot, parameters, at_beat_end=look)
    return seen


def test_a_minimum_that_the_run_leaves_behind_is_not_marked_beside_the_one_it_finds() -> None:
    found = marks(LEAVING)
    assert found["step"]
    assert found["jump-2"]
    assert not found["jumps"]
    assert not found["last"]
    assert marks({})["jumps"]

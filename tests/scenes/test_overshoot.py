"""Overshoot with a run that leaves the valley where it starts."""

from __future__ import annotations

from typing import Any

from scenes.beats import Beat
from scenes.export.stills import rehearse
from scenes.layout import Region
from scenes.overshoot import Overshoot
from scenes.parts.laws import Factor
from scenes.parts.lettering import box_of

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


def test_a_short_run_that_leaves_its_valley_marks_no_minimum_and_tells_no_law_at_its_end() -> None:
    for count in (1, 2):
        captions: dict[str | None, str] = {}

        def look(scene: Any, beat: Beat, captions: dict[str | None, str] = captions) -> None:
            captions[beat.still] = beat.caption.text

        given = {**LEAVING, "max_steps": str(count)}
        rehearse(Overshoot, given, at_beat_end=look)
        assert not marks(given)["last"]
        assert "distance" not in captions["last"]
        assert "other-rate" not in captions


def test_after_a_single_step_the_upright_axis_has_its_numbers_back() -> None:
    shown: list[bool] = []

    def look(scene: Any, beat: Beat) -> None:
        if beat.still == "last":
            shown.append(scene.stage.dial.position == 2)

    rehearse(Overshoot, {"max_steps": "1"}, at_beat_end=look)
    assert shown == [True]


def test_what_each_step_does_to_x_stands_clear_of_the_table() -> None:
    boxes: list[Region] = []

    def look(scene: Any, beat: Beat) -> None:
        if beat.still == "jumps":
            (factor,) = (part for part in scene.leaving if isinstance(part, Factor))
            boxes.extend([box_of(factor), box_of(scene.history.table)])

    rehearse(Overshoot, {}, at_beat_end=look)
    factor, table = boxes
    assert factor.right < table.left - 0.1
    assert table.bottom < factor.bottom < factor.top < table.top

"""Overshoot with a run that leaves the valley where it starts."""

from __future__ import annotations

from scenes.overshoot import Overshoot
from scenes.parts.laws import Factor
from scenes.parts.lettering import box_of
from tests.scenes.checks import visible_lettering
from tests.scenes.stills import at_still, at_stills

LEAVING = {"objective": "x**4/4 - 2*x**2 + x/2", "start": "3", "learning_rate": "0.2"}


def marks(**parameters: str) -> dict[str, bool]:
    """Return whether a minimum is marked in the plot at the end of each beat, by its still."""
    return {
        still: scene.jumps.mark in scene.get_mobject_family_members()
        and len(scene.jumps.mark.line.points) > 0
        for still, scene in at_stills(Overshoot, **parameters).items()
    }


def test_a_minimum_that_the_run_leaves_behind_is_not_marked_beside_the_one_it_finds() -> None:
    found = marks(**LEAVING)
    assert found["step"]
    assert found["jump-2"]
    assert not found["jumps"]
    assert not found["last"]
    assert marks()["jumps"]


def test_a_short_run_that_leaves_its_valley_marks_no_minimum_and_tells_no_law_at_its_end() -> None:
    for count in ("1", "2"):
        stills = at_stills(Overshoot, **LEAVING, max_steps=count)
        assert not marks(**LEAVING, max_steps=count)["last"]
        assert "distance" not in stills["last"].beats[-1].caption.text
        assert "other-rate" not in stills


def test_after_a_single_step_the_upright_axis_has_its_numbers_back() -> None:
    def numbers(still: str) -> list[str]:
        scene = at_still(Overshoot, still, max_steps="1")
        seen = visible_lettering(scene)
        return [number.source for number in scene.stage.plot.y_labels if number in seen]

    assert numbers("step") == numbers("last") == ["$0$", "$10$", "$20$"]
    # While the values before and after it are told there, one gives way to them.
    assert numbers("lower") == ["$0$", "$20$"]


def test_what_each_step_does_to_x_stands_clear_of_the_table() -> None:
    scene = at_still(Overshoot, "jumps")
    (part,) = (part for part in scene.leaving if isinstance(part, Factor))
    factor, table = box_of(part), box_of(scene.history.table)
    assert factor.right < table.left - 0.1
    assert table.bottom < factor.bottom < factor.top < table.top

"""Overshoot with a run that leaves the valley where it starts."""

from __future__ import annotations

from scenes.overshoot import Overshoot
from tests.scenes.checks import visible_lettering
from tests.scenes.stills import EVERY_ASPECT, at_still, at_stills

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


def test_the_table_keeps_its_lines_while_the_run_goes_on() -> None:
    def seen(still: str) -> list[str]:
        scene = at_still(Overshoot, still)
        shown = visible_lettering(scene)
        return [row[0].source for row in scene.history.table.rows if row[0] in shown]

    assert seen("jumps") == [f"${n}$" for n in range(6)]
    assert seen("last") == ["$0$", "$1$", "$2$", "$3$", "$dots.v$", "$10$"]


def test_a_law_under_the_table_stays_where_it_is() -> None:
    for aspect in EVERY_ASPECT:
        stills = at_stills(Overshoot, aspect=aspect)
        jumps, last = (
            [(part.box, part.size_percent) for part in stills[still].laws]
            for still in ("jumps", "last")
        )
        assert jumps == last


def test_a_strip_shows_the_first_steps_of_a_long_run_as_large_as_those_of_a_short_one() -> None:
    for count in (10, 400):
        strip = at_still(Overshoot, "jumps", max_steps=str(count)).history.strip
        assert strip.row(0) - strip.row(5) > 0.75 * strip.inner.height
        shown = [*strip.numbers.values(), *strip.few.values()]
        assert sum(number.get_fill_opacity() > 0 for number in shown) >= 2


def test_a_number_of_the_table_has_a_sign_where_it_is_rounded() -> None:
    table = at_still(Overshoot, "last").history.table
    signs = {row[0].source: "approx" in row[1].source for row in table.rows if len(row) > 1}
    assert not signs["$3$"]
    assert signs["$10$"]

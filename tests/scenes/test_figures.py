"""Every figure: in all widths and both themes, and with awkward parameters."""

from __future__ import annotations

import itertools

import pytest

from scenes.beats import Beat
from scenes.export.catalogue import figures
from scenes.export.stills import rehearse
from scenes.figure import MILLIMETRES, POINT, SMALLEST_TYPE, WIDTHS, Figure
from scenes.parameters import UsageError
from scenes.theme import units
from tests.scenes import checks
from tests.scenes.test_lessons_run import AWKWARD, AWKWARD_PAIR

FIGURES = {name: entry.scene for name, entry in figures().items()}
ONE_VARIABLE = [name for name, scene in FIGURES.items() if scene.dimensions == 1]
TWO_VARIABLES = [name for name in FIGURES if name not in ONE_VARIABLE]

TRIED = (
    *("diverges", "explodes", "lands", "at-the-minimum", "from-the-left"),
    *("two-wells", "pole", "undefined", "huge", "one-step"),
)
"""Of the lessons' awkward parameters, those that a picture without motion can stumble over."""


def watch(name: str, parameters: dict[str, object]) -> tuple[list[Beat], list[str]]:
    """Draw a figure and return its pictures, and what is wrong with them."""
    faults: list[str] = []

    def look(drawn: Figure, beat: Beat) -> None:
        for check in (checks.type_on_type, checks.strokes_on_type, checks.too_small):
            faults.extend(check(drawn))
        faults.extend(checks.number_faults(beat))
        page = drawn.layout.frame
        for letters in checks.visible_lettering(drawn):
            if not page.contains(letters.box, slack=0.01):
                faults.append(f"{letters.source} leaves the page")
            points = units(letters.size_percent) * MILLIMETRES / POINT
            if points < SMALLEST_TYPE - 1e-9:
                faults.append(f"{letters.source} is printed at {points:.2f} points")
        faults.extend(
            f"a {getattr(stroke, 'role', 'stroke')} leaves the page"
            for stroke in checks.visible_strokes(drawn)
            if not page.contains(checks.box_of(stroke), slack=0.02)
        )

    played = rehearse(FIGURES[name], parameters, height=360, at_beat_end=look)
    return played.beats, faults


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_clean(name: str, width: str, theme: str) -> None:
    beats, faults = watch(name, {"width": width, "theme": theme})
    assert not faults, "\n".join(faults)
    assert len(beats) == 1
    text = beats[0].caption.text
    assert text.endswith(".")
    assert "{" not in text
    assert "undefined" not in text


@pytest.mark.parametrize(
    ("name", "case", "width"),
    [
        (name, case, width)
        for name in ONE_VARIABLE
        for case, width in zip(TRIED, itertools.cycle(WIDTHS), strict=False)
    ],
)
def test_awkward_parameters(name: str, case: str, width: str) -> None:
    known = {**FIGURES[name].all_kinds(), "learning_rate": None}
    given = {key: value for key, value in AWKWARD[case].items() if key in known}
    try:
        FIGURES[name].resolve({**given, "width": width})
    except UsageError:
        pytest.skip("the figure refuses these parameters, in one line")
    beats, faults = watch(name, {**given, "width": width})
    assert not faults, "\n".join(faults)
    assert beats[0].caption.text.endswith(".")


@pytest.mark.parametrize(
    ("name", "case", "width"),
    [
        (name, case, width)
        for name in TWO_VARIABLES
        for case, width in zip(AWKWARD_PAIR, itertools.cycle(WIDTHS), strict=False)
        if case != "many-steps"
    ],
)
def test_awkward_parameters_of_two_variables(name: str, case: str, width: str) -> None:
    _, faults = watch(name, {**AWKWARD_PAIR[case], "width": width})
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_says_what_it_shows(name: str) -> None:
    summary = figures()[name].summary
    assert summary.endswith(".")
    assert len(summary) <= 100
    assert FIGURES[name].resolve()["theme"].name == "light"

"""Type: exact baselines, absolute placing, and text that stays text."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.look import Look
from scenes.parts.glyphs import typeset
from scenes.parts.source import code, figure, join, math, plain, wrapped
from scenes.theme import DARK
from scenes.words import caption, fixed, number

LOOK = Look()


@pytest.mark.parametrize("source", [plain("x"), math("x"), code("x"), join("At x"), math("1/2 x")])
def test_letters_stand_on_the_baseline(source: str) -> None:
    last = typeset(math("1/2")).runs  # a fraction goes below it
    assert last[0].outline[:, 1].min() < -0.2
    if "1/2" not in source:
        lowest = min(run.outline[:, 1].min() for run in typeset(source).runs)
        assert lowest == pytest.approx(0, abs=0.03)


def test_placing_twice_is_placing_once() -> None:
    once = LOOK.math("x^2").place(1.25, -0.5, "center", "middle")
    twice = LOOK.math("x^2").place(3, 3).place(1.25, -0.5, "center", "middle")
    for one, other in zip(once, twice, strict=True):
        assert np.array_equal(one.points, other.points)
    assert once.box.center[0] == pytest.approx(1.25, abs=0.05)


def test_a_role_is_its_colour() -> None:
    from scenes.parts.source import Source, ink

    formula = LOOK.source(Source(f"$4 - {ink('step', math('0.8'))}$"))
    assert formula.roles == ["text", "step"]
    assert formula.submobjects[1].get_fill_color().to_hex().lower() == DARK.step


@pytest.mark.parametrize(
    "hostile",
    ['#read("/etc/passwd")', "$x$", "*bold*", "\\u{41}", '"); #panic("', "`raw`", "<label>", "@ref",
     "a\nb\tc\x00d", "// comment", "/* open", "‮reversed", "#" * 50],
)  # fmt: skip
def test_text_is_never_run(hostile: str) -> None:
    shown = typeset(plain(hostile))
    # As many characters as the text has, give or take ligatures and what cannot be printed.
    assert shown.width > 0.2 * len(hostile.strip()) * 0.3
    assert typeset(plain("#" * 8)).width == pytest.approx(8 * typeset(plain("#")).width, rel=1e-6)
    assert LOOK.text(hostile).advance > 0
    assert typeset(code(hostile.replace("\n", " "))).width > 0


def test_numbers_read_as_they_are() -> None:
    assert number(2.6704) == "2.670"
    assert number(3.2) == "3.2"
    assert number(0.7987, 2) == "0.80"
    assert number(6400.0) == "6400"
    assert number(123456.7) == "123457"
    assert number(4e-20) == "4·10⁻²⁰"
    assert number(-1e-9, 2) == "−1·10⁻⁹"
    assert fixed(4e-8, 3) == "4·10⁻⁸"
    assert figure("−4·10⁻⁸") == "−4 dot 10^(-8)"


@pytest.mark.parametrize("template", ["{x.real}", "{x[0]}", "{0}", "{}", "{y}", "{x!r:{y}}"])
def test_a_caption_reaches_only_its_fields(template: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        caption(template, {"x": 1.0})


def test_a_formula_is_never_broken() -> None:
    text = "Slope 160, step −1.6: the first step goes from x = 80 to x = 78.4 and stays there."
    for width in range(12, 60, 4):
        for line in wrapped(text, width, len):
            assert not line.startswith(("= ", "− "))
            assert not line.endswith("=")

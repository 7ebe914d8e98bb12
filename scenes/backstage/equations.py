"""Equations set under a table, in the largest type that there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.backstage.quotient import Line, in_one_colour
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.source import EQUALS
from scenes.theme import TYPE, units

SMALLEST_LINE = TYPE.tick
"""Of equations that are to be read, in % of the shorter side."""

SIZES = (TYPE.label, 4.2, 3.9, SMALLEST_LINE)
"""Those that are tried."""

FIRST_LINE, LINE, LAST_LINE = 2.0, 1.5, 0.3
"""From a table's last row down to the equations, from line to line, and under them, in em."""

SIGN_GAP = 0.28
"""Before an equals sign, in em."""


def height(lines: Sequence[Line], size: float) -> float:
    """Return how far below the last row of a table equations of this size reach."""
    return (FIRST_LINE + LINE * (len(lines) - 1) + LAST_LINE) * units(size)


def aligned(
    look: Look, region: Region, above: float, lines: Sequence[Line], role: str, size: float
) -> list[Lettering]:
    """Return equations whose signs stand one under the other; nothing where there is no room.

    Parameters
    ----------
    look, region, above
        The look, and where: under this baseline.
    lines, role
        Left and right sides, and the colour of a left side that is a word.
    size
        Of the type.
    """
    em = units(size)
    lefts = [
        look.math(left, size, role if left.startswith('"') else "text") if left else None
        for left, _ in lines
    ]
    rights = [look.math(right, size) for _, right in lines]
    indent = max(left.advance for left in lefts if left) + SIGN_GAP * em
    wide = indent + max(right.advance for right in rights)
    if wide > region.width or above - height(lines, size) < region.bottom:
        return []
    sign = region.center[0] - wide / 2 + indent
    for index, (left, right) in enumerate(zip(lefts, rights, strict=True)):
        y = above - (FIRST_LINE + LINE * index) * em
        if left:
            left.place(sign - SIGN_GAP * em, y, "right")
        right.place(sign, y)
    return [line for line in (*lefts, *rights) if line]


def derivative(
    look: Look, region: Region, above: float, objective: object, texts: Sequence[str], role: str
) -> tuple[Lettering, list[Lettering]]:
    """Return the derivative, and over it the lines of what tends to it, under a baseline.

    Parameters
    ----------
    look, region, above
        As above.
    objective
        A function of one variable.
    texts
        What tends to it, in parts that may stand on one line.
    role
        Its colour.
    """
    x, gradient = objective.variables[0], objective.typst_gradient[0]  # type: ignore[attr-defined]
    named = f"f'({in_one_colour(x, x)}) {EQUALS} {in_one_colour(gradient, x)}"
    law = look.fitted(look.math(named, role=role), region.width, largest=TYPE.equation)
    low, lines = above - 0.55, _lines(look, region, texts)
    left = region.center[0] - max((line.advance for line in lines), default=0.0) / 2
    for index, line in enumerate(lines):
        if index:
            line.place(2 * region.center[0] - left, low, "right", "top")
        else:
            line.place(left, above - 1.1 * line.em, "left", "top")
        low = line.box.bottom - (0.5 if index + 1 < len(lines) else 0.9) * line.em
    return law.place(region.center[0], low, "center", "top"), lines


def _lines(look: Look, region: Region, texts: Sequence[str]) -> list[Lettering]:
    """Return parts of an equation on one line, or on several if it would be small for that."""
    if not texts:
        return []
    whole, (first, second, *more) = "".join(texts), texts
    rest = "".join(more)
    tries = [[whole], [first + second, rest], [first, second + rest]]
    for tried in tries:
        lines = [look.math(text) for text in tried]
        widest = max(lines, key=lambda line: line.advance)
        size = look.fitted(widest, region.width, TYPE.label).size_percent
        if size >= SMALLEST_LINE:
            return [look.math(text, size) for text in tried]
    return []

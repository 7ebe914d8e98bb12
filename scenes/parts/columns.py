"""A table as it is printed: numbers aligned on their decimal points, and three rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import VGroup

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.source import figure
from scenes.parts.strokes import line
from scenes.theme import STROKE, TYPE, units
from scenes.words import MINUS, is_exact, number

HEAD = 2.7
"""Height of the two lines over the columns, in em."""

FIRST, LAST = 0.96, 0.45
"""From the rule over the rows to the first baseline, and from the last one to the rule below."""

LEAST_DIGITS = 3
"""A rounded number has at least so many significant digits, whatever the others have."""

EDGE = 0.12
"""How far the rules reach beyond the first and the last column, in units."""


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes
    ----------
    name, formula
        What stands over it: a word, and below it Typst mathematics.
    cells
        The written numbers; an empty one stays empty, None is a row that is left out.
    roles
        The colour of each cell; the head has the first one's.
    """

    name: str
    formula: str
    cells: Sequence[str | None]
    roles: Sequence[str]


def aligned(value: float, decimals: int) -> str:
    """Write a number for a column: exact if its decimals are enough, else rounded to them.

    Examples
    --------
    >>> aligned(3.2, 4), aligned(1.31072, 4), aligned(-1.35e-7, 4), aligned(0.04321, 3)
    ('3.2', '1.3107', '−1.35·10⁻⁷', '0.0432')
    """
    text = f"{abs(value):.{decimals}f}"
    digits = len(text.replace(".", "").lstrip("0"))
    if digits < LEAST_DIGITS or abs(value) >= 1e6:
        return number(value, LEAST_DIGITS)
    if is_exact(value, digits):
        text = number(abs(value), digits)
    return f"{MINUS if value < 0 else ''}{text}"


class Columns(VGroup):
    """Columns of numbers under their heads, between rules.

    Parameters
    ----------
    look
        The look.
    left, top
        The upper left corner.
    width
        The columns are spread over it, but never farther apart than `widest`, in em.
    columns
        What stands in them.
    size, pitch
        Of the type, in % of the shorter side; from row to row, in em.
    widest
        The widest gap between two columns, in em.
    loose
        Powers of ten are not aligned with the other numbers, which takes less room.

    Attributes
    ----------
    right, bottom
        The other corner.
    rule
        The y of the rule under the heads.
    baselines, middles
        Of the rows.
    is_free
        Whether the columns fit the width.
    """

    def __init__(
        self,
        look: Look,
        left: float,
        top: float,
        width: float,
        columns: Sequence[Column],
        size: float = TYPE.label,
        pitch: float = 1.5,
        widest: float = 2.6,
        loose: bool = False,
    ) -> None:
        super().__init__()
        em = units(size)
        set_columns = [_Set(look, column, size, loose) for column in columns]
        spare = width - 2 * EDGE - sum(column.width for column in set_columns)
        gap = min(widest * em, max(0.7 * em, spare / max(1, len(columns) - 1)))
        self.is_free = spare >= 0.7 * em * (len(columns) - 1)
        self.rule = top - HEAD * em
        count = len(columns[0].cells)
        self.baselines = [self.rule - (index + FIRST) * pitch * em for index in range(count)]
        self.middles = [y + 0.33 * em for y in self.baselines]
        self.bottom = top - self.height(count, pitch) * em
        x = left + EDGE
        for column in set_columns:
            column.place(x, top, self.baselines)
            self.add(*column.letters)
            x += column.width + gap
        self.right = x - gap + EDGE
        for y, weight in ((top, 1.6), (self.rule, 0.8), (self.bottom, 1.6)):
            self.add(line(look, [(left, y), (self.right, y)], "muted", weight * STROKE.axis))

    @staticmethod
    def height(rows: int, pitch: float) -> float:
        """Return how high so many rows are with their heads, in em."""
        return HEAD + (rows - 1 + FIRST + LAST) * pitch


class _Set:
    """A column set in type, which knows how far its numbers reach on both sides of the point."""

    def __init__(self, look: Look, column: Column, size: float, loose: bool) -> None:
        head = column.roles[0] if column.roles else "text"
        self.em = units(size)
        self.name = look.text(column.name, size=max(0.9 * size, TYPE.minimum), role=head)
        self.formula = look.math(column.formula, size, head)
        self.cells: list[Lettering | None] = []
        self.wholes: list[float] = []
        for text, role in zip(column.cells, column.roles, strict=True):
            source = "dots.v" if text is None else figure(text)
            self.cells.append(look.math(source, size, role) if source else None)
            whole = "" if text is None else text.partition("·")[0].partition(".")[0]
            dots = self.cells[-1].advance / 2 if self.cells[-1] and text is None else 0.0
            self.wholes.append(look.math_width(whole, size) if whole else dots)
        free = [loose and "·" in (text or "") for text in column.cells]
        cells = list(zip(self.cells, self.wholes, free, strict=True))
        self.after = max(
            (cell.advance - whole for cell, whole, is_free in cells if cell and not is_free),
            default=0.0,
        )
        self.wholes = [
            cell.advance - self.after if cell and is_free else whole
            for cell, whole, is_free in cells
        ]
        self.before = max(self.wholes, default=0.0)
        block = self.before + self.after
        self.width = max(block, self.name.advance, self.formula.advance)

    @property
    def letters(self) -> list[Lettering]:
        """All type of the column."""
        return [self.name, self.formula, *(cell for cell in self.cells if cell)]

    def place(self, left: float, top: float, baselines: Sequence[float]) -> None:
        """Put the column's left edge to x; the numbers are centred under the head as one block."""
        middle = left + self.width / 2
        self.name.place(middle, top - self.em, "center")
        self.formula.place(middle, top - 2.15 * self.em, "center")
        point = middle + (self.before - self.after) / 2
        for cell, whole, y in zip(self.cells, self.wholes, baselines, strict=True):
            if cell:
                cell.place(point - whole, y)

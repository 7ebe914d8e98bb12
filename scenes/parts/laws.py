"""What the rows of a table have in common: the factor between them, and the formula under them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.source import Source, math
from scenes.parts.strokes import line
from scenes.parts.table import Table
from scenes.theme import SHORT_SIDE, STROKE, TYPE

LEG = 0.17
"""So far a bracket between two rows reaches, in units."""

PITCH = 1.32
"""From one line of formulas to the next, in em."""

UNDER = 0.1
"""Between a table and the formulas under it, in units."""


class Formula(NamedTuple):
    """A formula of three parts, in Typst mathematics, that may go on in a second line.

    Attributes
    ----------
    left, middle, right
        The left side, and two right sides, each with its sign.
    """

    left: str
    middle: str
    right: str

    @property
    def on_one_line(self) -> Source:
        """All of it."""
        return math(" ".join(self))

    @property
    def in_short(self) -> Source:
        """It without the middle."""
        return math(f"{self.left} {self.right}")

    @property
    def on_two_lines(self) -> tuple[Source, Source]:
        """Both lines, with the signs under each other."""
        return math(f"{self.left} {self.middle}"), math(f"#hide[${self.left}$] {self.right}")


class Ratios(VGroup):
    """Brackets from row to row of a table's column, on its left, with what happens between them.

    Parameters
    ----------
    look, table, column
        The look, the table, and the column that the factor is about.
    steps
        The steps whose rows are joined, one to the next.
    said
        Typst mathematics: what is said of each pair.
    """

    def __init__(
        self, look: Look, table: Table, column: int, steps: Sequence[int], said: str
    ) -> None:
        super().__init__()
        rows = [table.steps.index(step) for step in steps if step in table.steps]
        cells = [row[column].box for row in table.rows if len(row) > column]
        least = max(row[column - 1].box.right for row in table.rows if len(row) > column) + 0.1
        start = min(cell.left for cell in cells) - 0.1
        bend = start - LEG
        middles = [table.baselines[row] + 0.33 * table.em for row in rows]
        for size in (TYPE.tick, TYPE.minimum):
            self.remove(*self.submobjects)
            for upper, lower in itertools.pairwise(middles):
                top, bottom = upper - 0.05, lower + 0.05
                corners = [(start, top), (bend, top), (bend, bottom), (start, bottom)]
                words = look.math(said, size)
                words.place(bend - 0.08, (upper + lower) / 2, "right", "middle")
                if least <= words.box.left and 0.8 * (upper - lower) > 0.66 * words.em:
                    self.add(line(look, corners, "muted", 1.5 * STROKE.axis), words)
            if len(self):
                break


def laws_under(
    look: Look, table: Table, rows: int, side: Region, formulas: Sequence[Formula]
) -> VGroup:
    """Return formulas under so many rows of a table, in its region or beyond its left edge.

    They are as large as they can be under all rows, each in one line or in two.
    """
    tops = [y - 0.5 * table.pitch - UNDER for y in table.baselines]

    def fitted(lines: Sequence[Source]) -> list[Lettering]:
        high = 100 * (tops[-1] - side.bottom) / (PITCH * len(lines) * SHORT_SIDE)
        wide = side.right - table.left - 0.1
        size = max(TYPE.minimum, min(TYPE.label, high))
        sizes = [look.fitted(look.source(it), wide, size).size_percent for it in lines]
        return [look.source(it, min(sizes)) for it in lines]

    short = fitted([formula.on_one_line for formula in formulas])
    long = fitted([line for formula in formulas for line in formula.on_two_lines])
    written = max(short, long, key=lambda lines: lines[0].size_percent)
    left = min(table.left + 0.1, side.right - max(words.advance for words in written))
    down = PITCH * written[0].em
    return VGroup(
        *(
            words.place(left, tops[rows - 1] - (index + 0.75) * down)
            for index, words in enumerate(written)
        )
    )

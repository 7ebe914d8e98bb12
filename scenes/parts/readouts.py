"""Readouts: what a number is called, and the number, in a column or a grid."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.theme import TYPE, units

SMALLEST = 4.0
"""The smallest size of a formula; one that does not fit gives way to a shorter one."""


class Readouts(VGroup):
    """Named places for formulas in a region, each with a heading; a formula is put in by `entry`.

    Parameters
    ----------
    look, region
        The look, and where they stand: one below the other, or two abreast in a wide, low region.
    headings
        What the formulas are called.
    """

    def __init__(self, look: Look, region: Region, headings: Sequence[str]) -> None:
        super().__init__()
        self.look, self.headings = look, tuple(headings)
        columns = 2 if region.width > 1.4 * region.height else 1
        rows = -(-len(headings) // columns)
        self.cells = tuple(
            cell
            for row in region.rows(*[1.0] * rows)
            for cell in row.columns(*[1.0] * columns, gap=0.4)
        )

    def entry(self, index: int, *formulas: Lettering, largest: float = TYPE.equation) -> VGroup:
        """Return heading and formula of one readout, placed.

        Parameters
        ----------
        index
            Which readout.
        *formulas
            The formula, and shorter ones to fall back on: the first that fits in a readable size
            is shown, in the largest size that fits.
        largest
            The size to start from.
        """
        cell = self.cells[index]
        heading = self.look.text(self.headings[index], size=TYPE.label, role="muted")
        for shown in formulas:
            formula = self.look.fitted(shown, cell.width, largest, SMALLEST)
            if formula.advance <= cell.width:
                break
        name, tall = units(TYPE.label), units(largest)
        # Half of the air goes between two readouts, a part of it between heading and formula.
        air = max(cell.height - 0.75 * name - tall, 0.0)
        gap = min(0.14 + 0.2 * air, 0.3)
        first = cell.top - min(0.2 * air, 0.3) - 0.75 * name
        heading.place(cell.left, first)
        formula.place(cell.left, first - gap - 0.7 * tall)
        return VGroup(heading, formula)

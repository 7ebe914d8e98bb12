"""Readouts: what a number is called, and the number, in a column or a grid."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.source import Source
from scenes.theme import TYPE, units


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
        self.cells = region.grid(rows, columns, gap=0.0)

    def entry(self, index: int, formula: Lettering, largest: float = TYPE.equation) -> VGroup:
        """Return heading and formula of one readout, placed; the formula is shrunk until it fits."""
        cell = self.cells[index]
        heading = self.look.text(self.headings[index], size=TYPE.label, role="muted")
        size = largest
        shown = formula
        while True:
            shown = self.look.source(Source(formula.source), size=size, role=formula.roles[0])
            if shown.advance <= cell.width or size <= TYPE.minimum:
                break
            size = max(TYPE.minimum, size * 0.94)
        pitch = units(TYPE.label)
        block = pitch * 0.75 + 0.28 + 0.75 * units(largest)
        top = cell.top - max(0.0, (cell.height - block) * 0.35)
        heading.place(cell.left, top - 0.75 * pitch)
        shown.place(cell.left, top - 0.75 * pitch - 0.28 - 0.72 * units(largest))
        return VGroup(heading, shown)

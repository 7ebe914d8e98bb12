"""Readouts: what a number is called, and the number, in a column."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.theme import TYPE, units

SMALLEST = 4.0
"""Of formulas, in % of the shorter side; those that would be smaller give way to shorter ones."""

GAP = 0.3
"""Between a heading and a formula beside it, in units."""

FILLED = 0.76
"""A formula that stands beside its heading is at most so high as this part of its row."""

BESIDE = 1.4
"""In a region so many times as wide as high formulas stand beside their headings."""

LOWEST, SHARES = 0.6, (1.25, 1.0)
"""Rows that would be lower than this stand in two columns, in units, whose widths are in these
shares."""


def stand_beside(region: Region) -> bool:
    """Whether formulas stand beside their headings in a region, and not below them."""
    return region.width > BESIDE * region.height


class Readouts(VGroup):
    """Named rows for formulas in a region, all in one size; a formula is put in by `entry`.

    Parameters
    ----------
    look, region
        The look, and where they stand: a heading over its formula, or beside it in a wide region;
        one that is low as well has them in two columns.
    headings
        What the formulas are called, each in parts as `Look.text` takes them, and shorter for two
        columns.
    sources
        For each row the formulas that it will show, each as Typst mathematics with shorter forms
        to fall back on: the longest form is taken that fits, the same for all formulas of a row.
    roles
        The colour of each row.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        headings: Sequence[tuple[Sequence[str], Sequence[str]]],
        sources: Sequence[Sequence[Sequence[str]]],
        roles: Sequence[str],
    ) -> None:
        super().__init__()
        self.look, self.roles = look, tuple(roles)
        count, low = len(headings), region.height < LOWEST * len(headings)
        shares = SHARES if low else (1.0,)
        self.cells = [
            cell
            for row in region.rows(*[1.0] * -(-count // len(shares)))
            for cell in row.columns(*shares, gap=2 * GAP)
        ]
        self.is_wide = stand_beside(region)
        told = [words[low] for words in headings]
        names = [look.text(*words, size=TYPE.label, role="muted") for words in told]
        if not self.is_wide:
            # The longest one decides for all.
            size = min(
                look.fitted(name, self.cells[0].width, TYPE.label).size_percent for name in names
            )
            names = [look.text(*words, size=size, role="muted") for words in told]
        self.headings = names
        # Formulas of one column begin at one place.
        wide = [max(name.advance for name in names[at :: len(shares)]) for at in range(len(shares))]
        taken = [wide[at % len(shares)] + GAP if self.is_wide else 0.0 for at in range(count)]
        self.taken = taken
        # In the size of one em, so that what fits is known for every size.
        sizes = [
            [
                min(
                    (self.cells[index].width - taken[index])
                    / self._formula(index, form, 1.0).advance
                    for form in forms
                )
                for forms in zip(*row, strict=True)
            ]
            for index, row in enumerate(sources)
            if row
        ]
        chosen = [
            next((at for at, fits in enumerate(row) if fits >= SMALLEST), len(row) - 1)
            for row in sizes
        ]
        fitting = (row[at] for row, at in zip(sizes, chosen, strict=True))
        high = FILLED * self.cells[0].height / units(1.0) if self.is_wide else TYPE.equation
        self.size = max(min((TYPE.equation, high, *fitting)) - 1e-6, SMALLEST)
        fitted = iter(chosen)
        self.forms = [next(fitted) if row else 0 for row in sources]

    def _formula(self, index: int, source: str, size: float) -> Lettering:
        return self.look.math(source, size=size, role=self.roles[index])

    def entry(self, index: int, forms: Sequence[str], role: str = "") -> VGroup:
        """Return heading and formula of one row, placed; of the formula's forms the row's one.

        The formula wears the colour of its row unless another one is given.
        """
        cell, heading = self.cells[index], self.headings[index]
        form = forms[min(self.forms[index], len(forms) - 1)]
        formula = self.look.math(form, self.size, role or self.roles[index])
        name, tall = units(TYPE.label), units(self.size)
        if self.is_wide:
            base = cell.center[1] - 0.33 * tall
            return VGroup(
                heading.place(cell.left, base), formula.place(cell.left + self.taken[index], base)
            )
        # Half of the air goes between two readouts, a part of it between heading and formula.
        air = max(cell.height - 0.75 * name - tall, 0.0)
        gap = min(0.14 + 0.2 * air, 0.3)
        first = cell.top - min(0.2 * air, 0.3) - 0.75 * name
        heading.place(cell.left, first)
        formula.place(cell.left, first - gap - 0.7 * tall)
        return VGroup(heading, formula)

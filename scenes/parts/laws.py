"""What the rows of a table have in common: the formula under them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.source import Source, math
from scenes.parts.table import Table
from scenes.theme import TYPE, units

PITCH = 1.32
"""From one line of formulas to the next, in em."""

NAMED = 0.6
"""Between the names of formulas and these, in em."""

PAIRS = 0.3
"""Between two formulas that have their names over them, in lines."""

UNDER = 0.1
"""Between a table and the formulas under it, in units."""


class Formula(NamedTuple):
    """A formula of three parts, in Typst mathematics, that may go on in other lines.

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

    @property
    def on_three_lines(self) -> tuple[Source, Source, Source]:
        """Each part on a line of its own, flush left."""
        left, middle, right = map(math, self)
        return left, middle, right


def laws_under(
    look: Look,
    table: Table,
    side: Region,
    formulas: Sequence[Formula],
    names: Sequence[Source] = (),
) -> VGroup:
    """Return formulas under a table, in its region or beyond its left edge.

    They are as large as they can be there: one in up to three lines; several without their middle,
    since they are held against each other. With `names` each has one before it, and all formulas
    begin in line; or over it, where that is larger.
    """
    top = table.baselines[-1] - 0.5 * table.pitch - UNDER
    named_wide = max((look.source_width(it, 1.0) for it in names), default=0.0)
    # At a size of 1, as all widths here.
    before = named_wide + NAMED * units(1.0) if names else 0.0

    def largest(lines: Sequence[Source], before: float = 0.0, apart: float = 0.0) -> float:
        wide = max(look.source_width(it, 1.0) for it in lines) + before
        high = PITCH * (len(lines) + apart) * units(1.0)
        return min(TYPE.label, side.width / wide, (top - side.bottom) / high)

    lines: Sequence[Source] = [formula.in_short for formula in formulas]
    over, apart = [line for pair in zip(names, lines, strict=False) for line in pair], 0.0
    if len(formulas) == 1:
        # In lines they are narrower, like the table.
        only = formulas[0]
        lines = max(only.on_two_lines, [only.on_one_line], only.on_three_lines, key=largest)
    elif over and largest(over, apart=PAIRS) > largest(lines, before):
        lines, names, before, apart = over, (), 0.0, PAIRS
    size = max(TYPE.minimum, largest(lines, before, apart))
    written = [look.source(it, size) for it in lines]
    start = before * size
    wide = start + max(words.advance for words in written)
    left = min(table.left, side.right - wide)
    if table.align == "center":
        left = (table.left + table.right - wide) / 2
    down = PITCH * units(size)
    named = [look.source(it, size) for it in names]
    rooms = (named, left), (written, left + start)
    return VGroup(
        *(
            words.place(x, top - (index + index // 2 * apart + 0.75) * down)
            for column, x in rooms
            for index, words in enumerate(column)
        )
    )

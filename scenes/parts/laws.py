"""What the rows of a table have in common: the factor beside them, and the formula under them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.placing import AIR, Obstacles
from scenes.parts.source import Source, math
from scenes.parts.strokes import Points, line
from scenes.parts.table import Table
from scenes.theme import STROKE, TYPE, units

BESIDE, BRACE = 0.3, 0.2
"""Between a table and a brace on its left, and from the brace's ends to its tip, in units."""

SIZES = 4.0, TYPE.tick, TYPE.minimum
"""Of what is said beside it, in % of the frame's shorter side, the best first."""

PITCH = 1.32
"""From one line of formulas to the next, in em."""

NAMED = 0.6
"""Between the names of formulas and these, in em."""

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


class Factor(VGroup):
    """A brace over the first rows of a table, on its left, and what a step does to each of them.

    It stands outside the table, so that the lit row does not cut it. Without a free place there is
    nothing.

    Parameters
    ----------
    look, table, last
        The look, the table, and the step of the last of the rows.
    said
        What may be said, each in lines, the best first.
    clear
        What the words keep clear of.
    """

    def __init__(
        self,
        look: Look,
        table: Table,
        last: int,
        said: Sequence[Sequence[Source]],
        clear: Obstacles,
    ) -> None:
        super().__init__()
        rows = [row for row, step in enumerate(table.steps) if step <= last]
        high, low = (table.baselines[row] + 0.33 * table.em for row in (rows[0], rows[-1]))
        right, half = table.left - BESIDE, 0.36 * table.em
        at, middle = right - BRACE - AIR, (high + low) / 2
        for lines, size in itertools.product(said, SIZES):
            words = [look.source(it, size) for it in lines]
            for index, written in enumerate(words):
                below = (index - (len(words) - 1) / 2) * PITCH * written.em
                written.place(at, middle - below, "right", "middle")
            if not any(clear.trouble(written.box) for written in words):
                over = brace(right, high + half, low - half)
                self.add(line(look, over, "muted", 1.5 * STROKE.axis), *words)
                break


def brace(right: float, top: float, bottom: float) -> Points:
    """Return a brace with its tip at the left, as a polyline (n, 2)."""
    turn, round_ = np.linspace(0, np.pi / 2, 9), BRACE / 2
    end = np.column_stack([right - round_ * np.sin(turn), top - round_ * (1 - np.cos(turn))])
    middle = (top + bottom) / 2
    tip = np.column_stack(
        [right - BRACE + round_ * np.cos(turn), middle + round_ * (1 - np.sin(turn))]
    )
    upper = np.concatenate([end, tip])
    return np.concatenate([upper, (upper * (1, -1) + (0, top + bottom))[-2::-1]])


def laws_under(
    look: Look,
    table: Table,
    rows: int,
    side: Region,
    formulas: Sequence[Formula],
    names: Sequence[Source] = (),
) -> VGroup:
    """Return formulas under so many rows of a table, in its region or beyond its left edge.

    They are as large as they can be there: one in up to three lines, which it keeps when all rows
    are there; several without their middle, since they are held against each other. With `names`
    each has one before it, and all formulas begin in line.
    """
    tops = [y - 0.5 * table.pitch - UNDER for y in table.baselines]
    named_wide = max((look.source_width(it, 1.0) for it in names), default=0.0)
    # At a size of 1, as all widths here.
    before = named_wide + NAMED * units(1.0) if names else 0.0

    def largest(lines: Sequence[Source], under: int = -1) -> float:
        wide = max(look.source_width(it, 1.0) for it in lines) + before
        high = PITCH * len(lines) * units(1.0)
        return min(TYPE.label, side.width / wide, (tops[under] - side.bottom) / high)

    lines: Sequence[Source] = [formula.in_short for formula in formulas]
    if len(formulas) == 1:
        # In lines they are narrower, like the table.
        only = formulas[0]
        lines = max(only.on_two_lines, [only.on_one_line], only.on_three_lines, key=largest)
    size = max(TYPE.minimum, largest(lines, rows - 1))
    written = [look.source(it, size) for it in lines]
    start = before * size
    wide = start + max(words.advance for words in written)
    left = min(table.left + 0.1, side.right - wide)
    if table.align == "center":
        left = (table.left + table.right - wide) / 2
    down = PITCH * units(size)
    named = [look.source(it, size) for it in names]
    rooms = (named, left), (written, left + start)
    return VGroup(
        *(
            words.place(x, tops[rows - 1] - (index + 0.75) * down)
            for column, x in rooms
            for index, words in enumerate(column)
        )
    )

"""Equations set under a table, in the largest type that there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.theme import TYPE

SMALLEST_LINE = TYPE.tick
"""Of equations that are to be read, in % of the shorter side."""

SIZES = (5.0, TYPE.label, 4.2, 3.9, SMALLEST_LINE)
"""Those that are tried."""

APART = 0.6
"""Free space over a line, in its em."""

SIGN_GAP = 0.28
"""Before the sign of a relation, in em."""

Line = tuple[str, str, str, float]
"""What stands before the sign of a relation, its colour, what from the sign on, in Typst
mathematics, and how large, in parts of the size of the others. Without a sign all of it begins at
the left."""


class Equations:
    """Equations whose signs stand one under the other, flush left as one block.

    Parameters
    ----------
    look, lines, size
        The look, what is set, and the size of the type.

    Attributes
    ----------
    width, height
        What they take, in units.
    """

    def __init__(self, look: Look, lines: Sequence[Line], size: float) -> None:
        self.size = size
        self.lines = [
            (
                look.math(left, part * size, role) if left else None,
                look.math(right, part * size) if right else None,
            )
            for left, role, right, part in lines
        ]
        lefts = [left for left, right in self.lines if left and right]
        self.indent = max((left.advance + SIGN_GAP * left.em for left in lefts), default=0.0)
        self.width = max(
            self.indent + right.advance if right else left.advance if left else 0.0
            for left, right in self.lines
        )
        self.height = 0.0
        self.baselines: list[float] = []
        for line in self.lines:
            halves = [half.place(0, 0) for half in line if half]
            boxes = [half.box for half in halves]
            gap = APART * halves[0].em if self.baselines else 0.0
            self.baselines.append(self.height + gap + max(box.top for box in boxes))
            self.height = self.baselines[-1] - min(box.bottom for box in boxes)

    def place(self, left: float, top: float) -> list[Lettering]:
        """Put them under a line and return them, line by line."""
        sign = left + self.indent
        for (before, after), depth in zip(self.lines, self.baselines, strict=True):
            if before and after:
                before.place(sign - SIGN_GAP * before.em, top - depth, "right")
            elif before:
                before.place(left, top - depth)
            if after:
                after.place(sign, top - depth)
        return [half for line in self.lines for half in line if half]

    def fits(self, region: Region) -> bool:
        """Whether there is room for them in a region."""
        return self.width <= region.width and self.height <= region.height

"""The moves of a step in words and numbers, and the discs that show where each is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering, box_of
from scenes.parts.strokes import dot_points, line
from scenes.theme import TYPE, units

DISC = 5.0
"""Diameter of a disc, in % of the frame's shorter side."""

GAP = 0.16
"""Between a disc and its words, in units."""

LEADING = 0.54
"""From the words of a move to its formula below, in units."""

APART = 0.42
"""Between a formula and the words of the next move, in units."""


class Named(VGroup):
    """A name after the disc with its number: the pair is placed as a piece of type is.

    Parameters
    ----------
    look
        The look.
    number
        What stands in the disc.
    words
        What stands after it.
    """

    def __init__(self, look: Look, number: int, words: Lettering) -> None:
        super().__init__()
        self.number = look.math(f"{number}", size=TYPE.tick, role=words.base_role)
        self.ring = line(look, role=words.base_role)
        self.words = words
        self.is_free = True
        self.add(self.ring, self.number, words)
        self.place(0.0, 0.0)

    @property
    def indent(self) -> float:
        """From the left edge of the disc to the words."""
        return units(DISC) + GAP

    def place(self, x: float, y: float) -> Self:
        """Put the left edge of the disc to x, and the middle of disc and words to y."""
        middle = x + units(DISC) / 2
        self.ring.points = dot_points([(middle, y)], DISC)
        self.number.place(middle, y, "center", "middle")
        self.words.place(x + self.indent, y, on="middle")
        return self

    @property
    def box(self) -> Region:
        """The rectangle round both."""
        return box_of(self)


@dataclass(frozen=True)
class Move:
    """What is done, and its formula in all lengths that will do, the longest first."""

    words: Lettering
    formulas: Sequence[Lettering]


class Moves(VGroup):
    """Numbered moves, one below the other.

    Words stand over the formula, or beside it where the region is low.

    Parameters
    ----------
    look, region
        The look, and where they stand: as a block in the middle of its height.
    moves
        The moves.
    """

    def __init__(self, look: Look, region: Region, moves: Sequence[Move]) -> None:
        super().__init__()
        block = LEADING + APART
        flat = region.height < len(moves) * block
        if flat:
            tops = [row.center[1] for row in region.rows(*[1.0] * len(moves))]
        else:
            spare = min((region.height - len(moves) * block) / len(moves), 0.9)
            pitch = block + spare
            top = region.center[1] + ((len(moves) - 1) * pitch + LEADING) / 2
            tops = [top - index * pitch for index in range(len(moves))]
        aside = max(move.words.advance for move in moves) + 0.4 if flat else 0.0
        for index, (move, top) in enumerate(zip(moves, tops, strict=True)):
            named = Named(look, index + 1, move.words).place(region.left, top)
            left = region.left + named.indent + aside
            fits = [written for written in move.formulas if written.advance <= region.right - left]
            formula = (fits or move.formulas[-1:])[0]
            self.add(named, formula.place(left, top - (0 if flat else LEADING), on="middle"))


def width_of(moves: Sequence[Move]) -> float:
    """Return how wide moves are whose words stand over their formulas, in units."""
    lines = [written.advance for move in moves for written in (move.words, move.formulas[0])]
    return units(DISC) + GAP + max(lines)

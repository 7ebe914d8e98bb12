"""What a program prints: rows of figures in the code font, decimal point under decimal point.

Rows below each other stand at the foot of their region, as a printout does: what comes is always in
the same place, and what was there goes up, with the names of the columns. Rows beside each other
have their places from the start, and where they are counted their numbers, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from manim import VGroup
from manim.utils.rate_functions import smooth

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.glyphs import typeset
from scenes.parts.lettering import Lettering
from scenes.parts.lit import Lit
from scenes.parts.source import code
from scenes.parts.strokes import line, set_lines
from scenes.theme import TYPE, units

PITCH, LOW, HEAD = 1.24, 0.9, 1.34
"""Height of a row, of the dots for rows that are left out, and of the heading, in em."""

DOTS = 0.75
"""How large these dots are, in sizes of the figures."""

GAPS = (2.5, 1.5, 1.0)
"""The space between two columns, in characters: the widest that leaves type of a good size."""

WIDEST_GAP, WIDEST_ACROSS = 2.0, 4.0
"""The most space between two columns, and between rows that stand beside each other."""

RISES, COMES = 0.3, 0.12
"""In so much of a step, before the point lands, what is above a row goes up, and the row comes."""

PAD, PAD_ACROSS = 0.16, 0.12
"""Between the columns that are printed and the ends of the box round a row, in units; across, where
the next column is near, it is no more than half of the gap."""

UNDER_RULE, OVER_RULE = 1.05, 0.1
"""Where rows run across and are counted: from the rule to the line that the first figures stand on
below it, and how much higher their numbers stand for it, in em."""

Rows = Sequence[Sequence[str] | None]


@dataclass(frozen=True)
class Passing:
    """A row that gives way to another: its place, what it says, when it comes and when it goes."""

    index: int
    row: Sequence[str]
    birth: int
    end: int


def whole(text: str) -> int:
    """Return how many characters stand before the decimal point.

    Examples
    --------
    >>> whole("10.24"), whole("-8.148e-10"), whole("100"), whole("inf")
    (2, 2, 3, 3)
    """
    mantissa = text.partition("e")[0]
    return len(mantissa.partition(".")[0])


class Listing(VGroup):
    """Rows of printed numbers under their names; the newest row is lit.

    Two listings of the same `rows` and `also`, in turn, have their columns in the same places.

    Parameters
    ----------
    look, region
        The look, and where it stands: at the top, or as wide as the region when it runs across.
    names
        Typst mathematics for the columns.
    rows
        What is printed, or None for rows that are left out.
    births
        The position of the playhead at which each row appears.
    roles
        The colours of the columns.
    counted
        Whether the first column only counts the rows. It stands outside of rule and box, which are
        about what is printed.
    also
        Other rows for which the columns have room.
    passing
        Rows that give way to others in the same place.
    wide
        Other such rows, for which the columns are wide enough too.
    across
        One row stands beside the other instead of below it.
    good, largest
        Type of this size is good, and the largest size.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        names: Sequence[str],
        rows: Rows,
        births: Sequence[int],
        roles: Sequence[str],
        *,
        counted: bool = False,
        also: Rows = (),
        passing: Sequence[Passing] = (),
        wide: Sequence[Passing] = (),
        across: bool = False,
        good: float = TYPE.tick,
        largest: float = TYPE.label,
    ) -> None:
        super().__init__()
        self.look, self.region, self.births, self.across = look, region, tuple(births), across
        self.names, self.roles, self.counted = names, roles, counted
        # Where no place is used twice all rows have their number from the start.
        self.numbered = across and counted and not passing
        brief = (*passing, *wide)
        every = [row for row in (*rows, *also, *(one.row for one in brief)) if row is not None]
        self.count = max(len(rows), len(also))
        width = typeset(code("0")).width
        self.fronts: list[float] = []
        self.floors: list[float] = []
        self.widths: list[float] = []
        if across:
            self.widths += self._widths_across(rows, also, brief)
        else:
            columns = list(zip(*every, strict=True))
            self.fronts += [max(map(whole, column)) for column in columns]
            if counted:
                head = self._head(0)
                self.fronts[0] = max(self.fronts[0], head.advance / head.em / width)
            self.widths += [
                front + max(len(text) - whole(text) for text in column)
                for front, column in zip(self.fronts, columns, strict=True)
            ]
        # All that is below the heading.
        self.high = len(names) * PITCH if across else max(map(_height, (rows, also)))
        high = self.high + (0 if across else HEAD)
        # The column that counts stands outside, twice as far from the next as from the box.
        apart = counted and not across
        pads, gaps = (3 if apart else 2) * PAD, len(self.widths) - (2 if apart else 1)
        room = (region.width - pads) / (width * units(1.0))
        for gap in GAPS:
            needed = sum(self.widths) + gap * gaps
            self.size = min(largest, room / needed, region.height / (high * units(1.0)))
            if self.size >= good:
                break
        self.fits = self.size >= TYPE.minimum - 1e-6
        self.size = max(self.size, TYPE.minimum)
        self.em = units(self.size)
        self.character = width * self.em
        free = (region.width - pads) / self.character - sum(self.widths)
        widest = WIDEST_ACROSS if across else WIDEST_GAP
        gap = min(widest, max(min(GAPS), free / max(1, gaps)))
        self.gap = gap * self.character
        self.lefts: list[float] = []
        left = region.left + (0.0 if apart else PAD)
        for index, columns_width in enumerate(self.widths):
            self.lefts.append(left)
            left += columns_width * self.character
            left += 2 * PAD if apart and index == 0 else self.gap
        self.right = left - self.gap + PAD
        self.left = self.lefts[1] - PAD if apart else region.left
        self.heads = [self._head(column, self.size) for column in range(len(names))]
        self.rule = line(look, role="axis")
        self.bar = Lit(look, marked=False)
        self.rows = [self._row(index, row) for index, row in enumerate(rows)]
        self.passing = [(one, self._row(one.index, one.row)) for one in passing]
        # Where a row begins to come: its own number, or the first one that passes there.
        self.first = [
            min([birth, *(one.birth for one in passing if one.index == index)])
            for index, birth in enumerate(births)
        ]
        self.heights = [_height([row]) for row in rows]
        self.add(*self.heads, self.rule, self.bar)
        self.add(*self.rows, *(row for _, row in self.passing))
        self.show(0.0)

    def _widths_across(self, rows: Rows, also: Rows, brief: Sequence[Passing]) -> list[float]:
        """Return the widths of the names and of each row, which is a column then."""
        heads = [self._head(column) for column in range(len(self.names))]
        out = [max(head.advance / head.em for head in heads) / typeset(code("0")).width]
        for index in range(self.count):
            cells = [listed[index] for listed in (rows, also) if index < len(listed)]
            cells += [one.row for one in brief if one.index == index]
            out.append(max([1, *(len(text) for row in cells if row for text in row)]))
        return out

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        if self.across:
            return self._level(len(self.names) - 1) - 0.36 * self.em
        return self.region.top - (HEAD + self.high) * self.em

    @property
    def frame(self) -> VGroup:
        """What is there before anything is printed."""
        counts = [row[0] for row in self.rows] if self.numbered else []
        return VGroup(*self.heads, self.rule, *counts)

    def _level(self, column: int) -> float:
        """Return where a line stands when the listing runs across."""
        over_rule = OVER_RULE if self.counted and not column else 0.0
        return self.region.top - (0.95 * PITCH - 0.3 + column * PITCH - over_rule) * self.em

    def _head(self, column: int, size: float = TYPE.label) -> Lettering:
        """Return the name of a column: a word, or mathematics."""
        name, role = self.names[column], self.roles[column]
        if name.startswith('"'):
            return self.look.text(name.strip('"'), size=size, role=role)
        return self.look.math(name, size=size, role=role)

    def _stand(self, position: float) -> None:
        """Put the heading, and rows below each other, where they stand now."""
        if self.across:
            for column, head in enumerate(self.heads):
                head.place(self.lefts[0], self._level(column))
            # The edges of the boxes round the rows, so that there is one line, not two.
            first, last = self.box(0), self.box(self.count - 1)
            ends = [(first.left, first.bottom), (first.left, first.top), (last.right, first.top)]
            set_lines(self.rule, [np.array(ends)])
            return
        low, self.floors = self.bottom, []
        for index in reversed(range(len(self.heights))):
            # The heading comes with the room for the first row.
            come = (position - self.first[index]) / RISES + 1 if index else 1.0
            self.floors.insert(0, low)
            low += self.heights[index] * self.em * float(smooth(min(max(come, 0.0), 1.0)))
        for index, row in [*enumerate(self.rows), *((one.index, row) for one, row in self.passing)]:
            for cell in row:
                cell.place(cell.origin[0], self._line(index))
        for column, head in enumerate(self.heads):
            left = self.lefts[column]
            if self.counted and not column:
                left += self.widths[0] * self.character - head.advance
            head.place(left, low + (HEAD - 0.75) * self.em)
        set_lines(self.rule, [np.array([(self.left, low), (self.right, low)])])

    def _line(self, index: int) -> float:
        """Return where the type of a row stands that is below others."""
        dots = self.heights[index] < PITCH
        return self.floors[index] + (self.heights[index] / 2 - (0.25 if dots else 0.33)) * self.em

    def _row(self, index: int, row: Sequence[str] | None) -> VGroup:
        cells = []
        for column, role in enumerate(self.roles):
            # Across, cells stand in the middle of their column; else their points are in line.
            y = self._level(column) if self.across else 0.0
            if self.across:
                x = self.lefts[index + 1] + self.widths[index + 1] * self.character / 2
            else:
                x = self.lefts[column] + self.fronts[column] * self.character
            if row is None:
                dots, size = ("dots.c", 1.0) if self.across else ("dots.v", DOTS)
                size = max(TYPE.minimum, size * self.size)
                sign = self.look.math(dots, size=size, role="muted")
                x -= 0 if self.across else self.character / 2
                cells.append(sign.place(x, y, "center"))
                continue
            letters = self.look.source(code(row[column]), size=self.size, role=role)
            if self.across:
                letters.place(x, y, "center")
            else:
                letters.place(x - whole(row[column]) * self.character, y)
            cells.append(letters)
        return VGroup(*cells)

    def show(self, position: float) -> None:
        """Show the rows of the turns that are done, the last one lit."""
        self._stand(position)
        lit, newest = None, -1
        for index, (row, birth) in enumerate(zip(self.rows, self.births, strict=True)):
            grown = _grown(position, birth)
            for column, cell in enumerate(row):
                cell.set_fill(opacity=1.0 if self.numbered > column else grown)
            if grown > 0 and birth >= newest:
                lit, newest = index, birth
        for one, row in self.passing:
            # A row is gone when the one that takes its place comes.
            grown = 0.0 if _grown(position, one.end) else _grown(position, one.birth)
            row.set_fill(opacity=grown)
            if grown > 0 and one.birth >= newest:
                lit, newest = one.index, one.birth
        self.bar.put(None if lit is None else self.box(lit))

    def box(self, index: int) -> Region:
        """Return the box of a row."""
        top = self.region.top
        if self.across:
            left, wide = self.lefts[index + 1], self.widths[index + 1] * self.character
            if self.counted:
                top = self._level(1) + UNDER_RULE * self.em
            pad = min(PAD_ACROSS, self.gap / 2)
            return Region(left - pad, self.bottom, left + wide + pad, top)
        low = self.floors[index]
        return Region(self.left, low, self.right, low + self.heights[index] * self.em)

    def unlike(self, other: Listing) -> VGroup:
        """Return what another listing in the same place has not: rows, heading, and the lit box."""
        theirs = {_written(row) for row in (*other.rows, other.heads)}
        parts = [row for row in (*self.rows, self.heads) if _written(row) not in theirs]
        moved = len(self.rows) != len(other.rows)
        return VGroup(*([self.bar, self.rule] if moved else []), *(VGroup(*part) for part in parts))


def _height(rows: Rows) -> float:
    """Return what rows below each other need, in em."""
    return sum(LOW if row is None else PITCH for row in rows)


def _grown(position: float, birth: int) -> float:
    """Return how much of a row is there: it comes as the point lands."""
    return min(max((position - birth) / COMES + 1, 0.0), 1.0)


def _written(row: Iterable[Lettering]) -> tuple[tuple[str, float, float], ...]:
    """Return what a row says, and where."""
    return tuple((cell.source, *cell.origin) for cell in row)

"""What a program prints: rows of figures in the code font, decimal point under decimal point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.glyphs import typeset
from scenes.parts.lettering import Lettering
from scenes.parts.lit import Lit
from scenes.parts.source import code
from scenes.parts.strokes import line
from scenes.theme import TYPE, units

PITCH, HEAD = 1.24, 1.4
"""Height of a row and of the heading, in em."""

GAPS = {2.5: TYPE.tick, 1.5: TYPE.minimum, 1.0: 0.0}
"""The space between two columns, in characters, and the size of type that it must leave."""

WIDEST_GAP = 2.0
"""The most space between two columns."""

PAD, PAD_ACROSS = 0.16, 0.12
"""Between the columns that are printed and the ends of the box round a row, in units; across, where
the next column is near, it is no more than half of the gap."""

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
    ) -> None:
        super().__init__()
        self.look, self.region, self.births, self.across = look, region, tuple(births), across
        self.names, self.roles, self.counted = names, roles, counted
        brief = (*passing, *wide)
        every = [row for row in (*rows, *also, *(one.row for one in brief)) if row is not None]
        self.count = max(len(rows), len(also))
        width = typeset(code("0")).width
        self.fronts: list[float] = []
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
        lines = len(names) if across else self.count
        high = lines * PITCH + (0 if across else HEAD)
        # The column that counts stands outside, twice as far from the next as from the box.
        apart = counted and not across
        pads, gaps = (3 if apart else 2) * PAD, len(self.widths) - (2 if apart else 1)
        room = (region.width - pads) / (width * units(1.0))
        for gap, least in GAPS.items():
            needed = sum(self.widths) + gap * gaps
            self.size = min(TYPE.label, room / needed, region.height / (high * units(1.0)))
            if self.size >= least:
                break
        self.fits = self.size >= TYPE.minimum - 1e-6
        self.size = max(self.size, TYPE.minimum)
        self.em = units(self.size)
        self.character = width * self.em
        free = (region.width - pads) / self.character - sum(self.widths)
        gap = min(WIDEST_GAP, max(min(GAPS), free / max(1, gaps)))
        self.gap = gap * self.character
        self.lefts: list[float] = []
        left = region.left + (0.0 if apart else PAD)
        for index, columns_width in enumerate(self.widths):
            self.lefts.append(left)
            left += columns_width * self.character
            left += 2 * PAD if apart and index == 0 else self.gap
        self.right = left - self.gap + PAD
        self.left = self.lefts[1] - PAD if apart else region.left
        self.header, self.rule = self._header()
        self.bar = Lit(look, marked=False)
        self.rows = [self._row(index, row) for index, row in enumerate(rows)]
        self.passing = [(one, self._row(one.index, one.row)) for one in passing]
        self.add(self.header, self.rule, self.bar, *self.rows, *(row for _, row in self.passing))

    def _widths_across(self, rows: Rows, also: Rows, brief: Sequence[Passing]) -> list[float]:
        """Return the widths of the names and of each row, which is a column then."""
        heads = [self._head(column) for column in range(len(self.names))]
        out = [max(head.advance / head.em for head in heads) / typeset(code("0")).width]
        for index in range(self.count):
            cells = [listed[index] for listed in (rows, also) if index < len(listed)]
            cells += [one.row for one in brief if one.index == index]
            out.append(max([1, *(len(text) for row in cells if row for text in row)]))
        return out

    def baseline(self, index: int) -> float:
        """Return where a line stands: below the heading, or from the top when it runs across."""
        down = 0.95 * PITCH - 0.3 if self.across else HEAD + 0.72 * PITCH
        return self.region.top - (down + index * PITCH) * self.em

    def bottom_of(self, count: int) -> float:
        """Return where so many rows end."""
        return self.baseline((len(self.names) if self.across else count) - 1) - 0.4 * self.em

    def _head(self, column: int, size: float = TYPE.label) -> Lettering:
        """Return the name of a column: a word, or mathematics."""
        name, role = self.names[column], self.roles[column]
        if name.startswith('"'):
            return self.look.text(name.strip('"'), size=size, role=role)
        return self.look.math(name, size=size, role=role)

    def _header(self) -> tuple[VGroup, Lettering]:
        heads = [self._head(column, self.size) for column in range(len(self.names))]
        top = self.region.top
        if self.across:
            # The left edge of the box round the first row, so that there is one line, not two.
            edge, top = self.box(0).left, self.box(0).top
            for index, head in enumerate(heads):
                head.place(self.lefts[0], self.baseline(index))
            ends = [(edge, top), (edge, self.bottom_of(len(heads)))]
        else:
            for column, head in enumerate(heads):
                head.place(self._over_units(column, head.advance), top - 0.75 * self.em)
            if self.counted:
                right = self.lefts[0] + self.widths[0] * self.character
                heads[0].place(right, top - 0.75 * self.em, "right")
            # The upper edge of the box round the first row, so that there is one line, not two.
            rule = self.box(0).top
            ends = [(self.left, rule), (self.right, rule)]
        return VGroup(*heads), line(self.look, ends, "axis")

    def _over_units(self, column: int, advance: float) -> float:
        """Return where the name of a column begins: over the units, as far as it has room."""
        left, char = self.lefts[column], self.character
        units_place = left + (self.fronts[column] - 1) * char
        return max(left, min(units_place, left + self.widths[column] * char - advance))

    def _row(self, index: int, row: Sequence[str] | None) -> VGroup:
        cells = []
        for column, role in enumerate(self.roles):
            # Across, cells stand in the middle of their column; else their points are in line.
            y = self.baseline(column if self.across else index)
            if self.across:
                x = self.lefts[index + 1] + self.widths[index + 1] * self.character / 2
            else:
                x = self.lefts[column] + self.fronts[column] * self.character
            if row is None:
                dots = "dots.c" if self.across else "dots.v"
                sign = self.look.math(dots, size=self.size, role="muted")
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
        lit, newest = None, -1
        for index, (row, birth) in enumerate(zip(self.rows, self.births, strict=True)):
            grown = _grown(position, birth)
            row.set_fill(opacity=grown)
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
                top = self.baseline(1) + 0.98 * self.em
            pad = min(PAD_ACROSS, self.gap / 2)
            return Region(left - pad, self.bottom_of(len(self.names)), left + wide + pad, top)
        y = self.baseline(index) + 0.33 * self.em
        half = PITCH / 2 * self.em
        return Region(self.left, y - half, self.right, y + half)

    def unlike(self, other: Listing) -> VGroup:
        """Return what another listing in the same place has not: rows, and the lit box."""
        theirs = {_written(row) for row in other.rows}
        rows = [row for row in self.rows if _written(row) not in theirs]
        return VGroup(*([self.bar] if len(self.rows) != len(other.rows) else []), *rows)


def _grown(position: float, birth: int) -> float:
    """Return how much of a row is there: it comes as the point lands."""
    return min(max((position - birth + 0.12) / 0.12, 0.0), 1.0)


def _written(row: VGroup) -> tuple[tuple[str, float, float], ...]:
    """Return what a row says, and where."""
    return tuple((cell.source, *cell.origin) for cell in row)

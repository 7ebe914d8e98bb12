"""The history of a run that jumps: a strip under the plot, and a table beside it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from manim import VGroup

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.funnel import Funnel, Goal, beside, law_of
from scenes.parts.lettering import Align, Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot, clip
from scenes.parts.source import Source, figure, join
from scenes.parts.strip import FOOT, Strip
from scenes.parts.strokes import line
from scenes.parts.table import Table, told_rows
from scenes.theme import STROKE, TYPE
from scenes.words import decimals_for, fixed, number

APART = 3.3
"""The widest gap between two columns, in em: the factor between two rows stands in it."""


OTHER = "text"
"""The role of a run that is compared: no hue, as each of those means something here."""


@dataclass(frozen=True)
class Rooms:
    """Where a history stands, and how many rows its table may have."""

    strip: Region
    table: Region
    rows: int


class Ratios(VGroup):
    """Brackets from row to row of a table's column, with what happens between them.

    Parameters
    ----------
    look, table, column
        The look, the table, and the column that the factor is about.
    steps
        The steps whose rows are joined, one to the next.
    lines
        Typst mathematics: what is said of each pair, line by line.
    edge
        How far right there is room, in units.
    """

    def __init__(
        self,
        look: Look,
        table: Table,
        column: int,
        steps: Sequence[int],
        lines: Sequence[str],
        edge: float,
    ) -> None:
        super().__init__()
        rows = [table.steps.index(step) for step in steps if step in table.steps]
        cells = [row[column].box for row in table.rows if len(row) > column]
        before = [row[column - 1].box.right for row in table.rows if len(row) > column]
        # Where another column follows, on the side away from it: its numbers have other factors.
        last = all(len(row) <= column + 1 for row in table.rows)
        side = 1 if last else -1
        start = max(cell.right for cell in cells) if last else min(cell.left for cell in cells)
        low, high = max(before) + 0.1, edge
        ends, bend = start + 0.12 * side, start + 0.2 * side
        middles = [table.baselines[row] + 0.33 * table.em for row in rows]
        for size in (TYPE.tick, TYPE.minimum):
            self.remove(*self.submobjects)
            for upper, lower in itertools.pairwise(middles):
                top, bottom = upper - 0.06, lower + 0.06
                corners = [(ends, top), (bend, top), (bend, bottom), (ends, bottom)]
                words = [look.math(source, size, "point") for source in lines]
                for index, written in enumerate(words):
                    y = (upper + lower) / 2 + ((len(words) - 1) / 2 - index) * written.em
                    align: Align = "left" if last else "right"
                    written.place(bend + 0.08 * side, y, align, "middle")
                inside = all(low <= it.box.left and it.box.right <= high for it in words)
                # Several lines are for one pair alone, which has room over and under it.
                if inside and (len(words) > 1 or 0.8 * (upper - lower) > 0.66 * words[0].em):
                    self.add(line(look, corners, "muted", STROKE.axis), *words)
            if len(self):
                break


class History(VGroup):
    """Strip and table of one run, driven together.

    Parameters
    ----------
    look, plot, trace, rooms
        The look, the plot that the strip stands under, the run, and where to stand.
    minimum
        The x of the minimum that it is about, or None.
    digits
        About how many digits the table's x and values have.
    values
        Whether the table has the values of the function too.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        trace: Trace,
        rooms: Rooms,
        minimum: float | None,
        *,
        digits: tuple[int, int],
        values: bool,
    ) -> None:
        super().__init__()
        self.look, self.plot, self.trace, self.rooms = look, plot, trace, rooms
        self.minimum, self.digits, self.position = minimum, digits, 0.0
        self.goal = Goal(look, self._strip(trace), minimum) if minimum is not None else None
        self.strip = self.goal.strip if self.goal else self._strip(trace)
        xs = _column([point[0] for point in trace.points], digits[0])
        fs = [_column(trace.values, digits[1])] if values else []
        names = ("x_n", *(["f(x_n)"] if values else []))
        self.table = self._table(names, (xs, *fs), ("point", "curve"))
        self.funnel: Funnel | None = None
        self.add(*([self.goal] if self.goal else []), self.strip, self.table)

    def _strip(self, trace: Trace, role: str = "point", dash: bool = False) -> Strip:
        return Strip(
            self.look,
            self.plot,
            self.rooms.strip,
            trace,
            role,
            rows=None,
            dash=dash,
            numbered=not dash,
            foot=FOOT,
            lit=True,
        )

    def _table(
        self, names: Sequence[str], columns: Sequence[Sequence[str]], roles: Sequence[str]
    ) -> Table:
        told = told_rows(len(self.trace.steps), self.rooms.rows)
        rows = [
            None if step is None else (str(step), *(column[step] for column in columns))
            for step in told
        ]
        births: list[int] = []
        for step in told:
            # The dots that stand for left-out rows appear with the first of them.
            births.append(births[-1] + 1 if step is None else step)
        region = self.rooms.table
        if len(columns) == 1:
            region = region.inset(right=min(1.0, 0.35 * region.width))
        every = ("muted", *roles[: len(columns)])
        return Table(self.look, region, ("n", *names), rows, births, every, widest=APART)

    def show(self, position: float) -> None:
        """Show the history at a position of the playhead."""
        self.position = position
        for part in (self.goal, self.funnel, self.strip, self.table):
            if part is not None:
                part.show(position)

    def open_funnel(self) -> Funnel:
        """Return the funnel round the minimum, which there has to be; from now on it goes along."""
        assert self.minimum is not None
        self.funnel = Funnel(self.look, self.strip, self.minimum)
        self.funnel.show(self.position)
        self.submobjects.insert(0, self.funnel)
        return self.funnel

    def common(self, factor: float, steps: Sequence[int] = ()) -> VGroup:
        """Return what is common to all steps: the funnel's law, the factor between some rows."""
        out = VGroup()
        if self.minimum is not None:
            distance = abs(self.trace.start[0] - self.minimum)
            words = law_of(self.look, distance, factor, self.minimum)
            out.add(*filter(None, [beside(words, self.strip, self._clear())]))
        if len(steps) > 1:
            edge = self.rooms.table.right
            said = [f"times {figure(number(factor))}"]
            out.add(Ratios(self.look, self.table, 1, steps, said, edge))
        return out

    def changed(self, factor: float) -> VGroup:
        """Return what the last step did to the distance, beside its two rows."""
        last, edge = len(self.trace.steps), self.rooms.table.right
        said = ['"distance"', f"times {figure(number(abs(factor)))}"]
        return Ratios(self.look, self.table, 1, (last - 1, last), said, edge)

    def other(self, trace: Trace) -> Strip:
        """Return the strip of another run in the same rows, dashed, with rings."""
        return self._strip(trace, OTHER, dash=True)

    def both(self, other: Trace, names: Sequence[str]) -> Table:
        """Return the table with the x of both runs side by side, at the end of both."""
        columns = [
            _column([point[0] for point in trace.points], self.digits[0])
            for trace in (self.trace, other)
        ]
        last = len(self.trace.steps)
        # A run that stopped before has stayed where it is.
        columns = [column + [column[-1]] * (last + 1 - len(column)) for column in columns]
        roles = ("point", OTHER)
        table = self._table([join(Source("$x_n$"), f" {name}") for name in names], columns, roles)
        if table.right > self.rooms.table.right:
            table = self._table([join(name) for name in names], columns, roles)
        table.show(last)
        return table

    def name_runs(self, names: Sequence[str], other: Strip) -> list[Lettering]:
        """Return the names of this run and of another one in the same rows, as far as they fit."""
        clear = self._clear()
        _block(clear, other)
        start = self.strip.centers[0, 0]
        sides = ("left", "right") if start > self.strip.inner.center[0] else ("right", "left")
        placed = []
        for strip, name, side in zip((self.strip, other), names, sides, strict=True):
            words = self.look.text(name, role=strip.role)
            placed.append(strip.label(words, clear, side))
        return [written for written in placed if written is not None]

    def _clear(self) -> Obstacles:
        clear = Obstacles(self.strip.inner.inset(-0.3, 0, -0.3, 0))
        clear.add(*(part for part in (self.goal, self.strip, self.funnel) if part is not None))
        _block(clear, self.strip)
        return clear


def _block(clear: Obstacles, strip: Strip) -> None:
    """Let labels keep clear of a whole run, as far as it can be seen."""
    path = strip.path(len(strip.centers))
    for piece in clip(path, strip.wide) if len(path) > 1 else []:
        clear.add_points(piece)


def _column(values: Sequence[float], digits: int) -> list[str]:
    """Return the written numbers of a column, with no more decimals than they need."""
    most = decimals_for(list(values), digits)
    decimals = next(
        (
            count
            for count in range(most)
            if all(math.isclose(round(value, count), value, rel_tol=1e-12) for value in values)
        ),
        most,
    )
    return [fixed(value, decimals) for value in values]

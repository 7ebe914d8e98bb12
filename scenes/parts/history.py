"""The history of a run that jumps: a strip under the plot, and a table beside it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from manim import VGroup

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.funnel import Funnel, Goal, beside, laws_of
from scenes.parts.lettering import Align, Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.plot import clip
from scenes.parts.source import Source, figure, join, math
from scenes.parts.strip import FOOT, Across, Ruler, Strip
from scenes.parts.strokes import line
from scenes.parts.table import Table, as_formula, told_rows
from scenes.theme import STROKE, TYPE
from scenes.words import column, number

APART = 1.8
"""The widest gap between two columns, in em."""

LEAD = 2.6
"""The gap before x, in parts of the next one: the factor between two rows stands in it."""

LEG = 0.17
"""So far a bracket between two rows reaches, in units."""

OTHER = "series_5"
"""The role of a run that is compared."""

FEW = 5
"""So many rows has a table of two runs."""

OVER = 0.16
"""Over a strip, for the name of its rows, in units."""


@dataclass(frozen=True)
class Rooms:
    """Where a history stands, and the laws under its table, which may have so many rows.

    The stage is what strip and plot have together. Table and laws end at the right, in line with
    the header's formulas, or stand in the middle.
    """

    strip: Region
    table: Region
    laws: Region
    stage: Region
    rows: int
    align: Align = "right"


class Ratios(VGroup):
    """Brackets from row to row of a table's column, on its left, with what happens between them.

    Parameters
    ----------
    look, table, column
        The look, the table, and the column that the factor is about.
    steps
        The steps whose rows are joined, one to the next.
    said
        Typst mathematics: what is said of each pair.
    """

    def __init__(
        self, look: Look, table: Table, column: int, steps: Sequence[int], said: str
    ) -> None:
        super().__init__()
        rows = [table.steps.index(step) for step in steps if step in table.steps]
        cells = [row[column].box for row in table.rows if len(row) > column]
        least = max(row[column - 1].box.right for row in table.rows if len(row) > column) + 0.1
        start = min(cell.left for cell in cells) - 0.1
        bend = start - LEG
        middles = [table.baselines[row] + 0.33 * table.em for row in rows]
        for size in (TYPE.tick, TYPE.minimum):
            self.remove(*self.submobjects)
            for upper, lower in itertools.pairwise(middles):
                top, bottom = upper - 0.05, lower + 0.05
                corners = [(start, top), (bend, top), (bend, bottom), (start, bottom)]
                words = look.math(said, size)
                words.place(bend - 0.08, (upper + lower) / 2, "right", "middle")
                if least <= words.box.left and 0.8 * (upper - lower) > 0.66 * words.em:
                    self.add(line(look, corners, "muted", 1.5 * STROKE.axis), words)
            if len(self):
                break


class History(VGroup):
    """Strip and table of one run, driven together.

    Parameters
    ----------
    look, across, trace, rooms
        The look, what gives the strip its x-axis, the run, and where to stand.
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
        across: Across,
        trace: Trace,
        rooms: Rooms,
        minimum: float | None,
        *,
        digits: tuple[int, int],
        values: bool,
    ) -> None:
        super().__init__()
        self.look, self.across, self.trace, self.rooms = look, across, trace, rooms
        self.minimum, self.digits, self.values, self.position = minimum, digits, values, 0.0
        self.goal = Goal(look, self._strip(trace), minimum) if minimum is not None else None
        self.strip = self.goal.strip if self.goal else self._strip(trace)
        xs = aligned([point[0] for point in trace.points], digits[0])
        fs = [aligned(trace.values, digits[1])] if values else []
        names = ("x_n", *(["f(x_n)"] if values else []))
        self.table = self._table(names, (xs, *fs), ("point", "curve"))
        self.funnel: Funnel | None = None
        self.add(*([self.goal] if self.goal else []), self.strip, self.table)

    def _strip(self, trace: Trace, role: str = "point", dash: bool = False) -> Strip:
        return Strip(
            self.look,
            self.across,
            self.rooms.strip.inset(top=OVER),
            trace,
            role,
            dash=dash,
            numbered=not dash,
            foot=FOOT,
        )

    def _table(
        self,
        names: Sequence[str],
        columns: Sequence[Sequence[str]],
        roles: Sequence[str],
        most: int | None = None,
    ) -> Table:
        told = told_rows(len(self.trace.steps), most or self.rooms.rows)
        rows = [
            None if step is None else (str(step), *(column[step] for column in columns))
            for step in told
        ]
        births: list[int] = []
        for step in told:
            # The dots that stand for left-out rows appear with the first of them.
            births.append(births[-1] + 1 if step is None else step)
        every = ("muted", *roles[: len(columns)])
        return Table(
            self.look,
            self.rooms.table,
            ("n", *names),
            rows,
            births,
            every,
            setting=lambda text: text if isinstance(text, Source) else as_formula(text),
            widest=APART,
            lead=LEAD,
            align=self.rooms.align,
        )

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

    def name_funnel(self, factor: float) -> Lettering | None:
        """Return how far from the minimum the rows are at most, beside the funnel."""
        assert self.minimum is not None
        distance = abs(self.trace.start[0] - self.minimum)
        for words in laws_of(self.look, distance, factor):
            placed = beside(words, self.strip, self._clear())
            if placed is not None:
                return placed
        return None

    def ratios(self, factor: float, steps: Sequence[int]) -> Ratios:
        """Return the factor of x between the rows of some steps."""
        written = figure(number(factor))
        said = f"({written})" if factor < 0 else written
        return Ratios(self.look, self.table, 1, steps, f"dot thin {said}")

    def on_stage(self) -> tuple[History, Ruler]:
        """Return the history with a strip that has all of the stage, as it stands, and its axis."""
        inner, stage = self.across.inner, self.rooms.stage
        room = replace(stage, left=inner.left, right=inner.right)
        ruler = Ruler(self.look, room, self.across.window, name="x")
        out = History(
            self.look,
            ruler,
            self.trace,
            replace(self.rooms, strip=ruler.inner),
            self.minimum,
            digits=self.digits,
            values=self.values,
        )
        out.show(self.position)
        return out, ruler

    def laws(self, *formulas: Source) -> VGroup:
        """Return formulas under the table, one under the other."""
        room = self.rooms.laws
        x = room.center[0] if self.rooms.align == "center" else self.table.right - 0.1
        size = min(
            self.look.fitted(self.look.source(it), room.width - 0.1, TYPE.caption).size_percent
            for it in formulas
        )
        out = VGroup()
        for index, formula in enumerate(formulas):
            words = self.look.source(formula, size)
            y = room.top - (index + 0.95) * 1.45 * words.em
            out.add(words.place(x, y, self.rooms.align))
        return out

    def other(self, trace: Trace) -> Strip:
        """Return the strip of another run in the same rows, dashed, with rings for dots."""
        return self._strip(trace, OTHER, dash=True)

    def both(self, other: Trace, names: Sequence[str]) -> Table:
        """Return the table with the x of both runs side by side, at the end of both."""
        columns = [
            aligned([point[0] for point in trace.points], self.digits[0])
            for trace in (self.trace, other)
        ]
        last = len(self.trace.steps)
        # A run that stopped before has stayed where it is.
        columns = [column + [column[-1]] * (last + 1 - len(column)) for column in columns]
        roles = ("point", OTHER)
        # Some rows are enough to see it; all of them are in the strip.
        short, table = (
            self._table(
                [join(*head, self.look.notation.words(name)) for name in names], columns, roles, FEW
            )
            for head in ((), (Source("$x_n$, "),))
        )
        if table.size_percent < short.size_percent:
            table = short
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


def aligned(values: Sequence[float], digits: int) -> list[Source]:
    """Return the numbers of a column, points under points, with no zeros that say nothing.

    The zeros that an exact number goes without are there, but not seen.
    """
    written = column(values, digits)
    rests = [text.partition(".")[2] if "·" not in text else "" for text in written]
    longest = max(map(len, rests))
    out = []
    for text, rest in zip(written, rests, strict=True):
        missing = "." * bool(longest and not rest) + "0" * (longest - len(rest))
        hidden = f"#hide[${missing}$]" if missing and "·" not in text else ""
        out.append(math(f"{figure(text)}{hidden}"))
    return out

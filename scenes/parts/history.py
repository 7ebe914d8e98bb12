"""The history of a run that jumps: a strip under the plot, and a table beside it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from manim import VGroup

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.funnel import FROM_AXIS, FROM_LAWS, GAPS, Funnel, Goal, laws_of, name_of_rows
from scenes.parts.history_rooms import Rooms
from scenes.parts.laws import Formula, laws_under
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.plot import clip
from scenes.parts.source import Source, figure, ink, join, math
from scenes.parts.strip import NUMBER_GAP, Across, Ruler, Strip
from scenes.parts.table import WIDEST_GAP, Table, as_formula, told_rows
from scenes.theme import TYPE
from scenes.words import column, is_written

POINT, DOT, RINGED = 2.0, 1.4, 1.2
"""Size of the last row's dot and of the others, like those of a low plot over the strip, and of all
where some have a ring, in % of the frame's shorter side."""

APART = 1.0
"""The widest gap between two columns of a table that ends at the right, in em."""

OTHER = "series_5"
"""The role of a run that is compared."""

FEW = 5
"""So many rows has a table of two runs."""

SECOND = 0.3
"""More room under that table, for the formula of the second run, in units."""

OVER, LIFT = 0.3, 0.28
"""Over a strip, for the names of its rows and of the minimum, and from the first row up to the foot
of these, in units."""

LIVE = 12
"""About so many steps pass by in a table's last line, one after the other."""

ROUNDED = 'class("normal", approx)'
"""Before a number that is rounded, with no more space than it has by itself."""

BEYOND = 0.1
"""So far before the edge of what words may take an axis ends at least, in units; its name stands
beyond that, lower than all that is in the table."""

PAST = 0.12
"""Beside a run in a strip that had to become narrower, in parts of its range."""

CORNER = 0.25
"""Nearer to the axis of the rows, in units, a mark of the x-axis would look like a kink of it."""

OVER_RULER = 0.16
"""Between the last row's room and an axis under it, in units."""


class Column(NamedTuple):
    """A column of a history's table: its head, all its numbers, about their digits, its colour."""

    head: str
    values: Sequence[float]
    digits: int
    role: str


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
        The least size of type in which the table has the values of the function too; none if 0.
    lit
        Whether all rows of the strip wear the run's full colour.
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
        values: float,
        lit: bool = False,
    ) -> None:
        super().__init__()
        self.lit = lit
        self.look, self.across, self.trace, self.rooms = look, across, trace, rooms
        self.minimum, self.digits, self.values, self.position = minimum, digits, values, 0.0
        self.goal = Goal(look, self._strip(trace), minimum) if minimum is not None else None
        self.strip = self.goal.strip if self.goal else self._strip(trace)
        columns = [Column("x_n", _xs(trace), digits[0], "point")]
        if values:
            columns.append(Column("f(x_n)", trace.values, digits[1], "curve"))
        self.table = self._table(columns)
        self.funnel: Funnel | None = None
        self.add(*([self.goal] if self.goal else []), self.strip, self.table)

    def _strip(self, trace: Trace, role: str = "point", dash: bool = False) -> Strip:
        numbers = Strip.left_room(self.look, trace)
        name, size = name_of_rows(self.look, self.across, numbers, self.minimum)
        return Strip(
            self.look,
            self.across,
            self.rooms.strip.inset(top=OVER),
            trace,
            role,
            dash=dash,
            growing=not self.lit,
            numbered=not dash,
            name=name,
            name_size=size,
            aside=NUMBER_GAP,
            lit=self.lit,
            over=LIFT,
            dot=RINGED if self.lit else DOT,
            last=POINT,
        )

    def _table(
        self,
        columns: Sequence[Column],
        most: int | None = None,
        over: str = "",
        room: Region | None = None,
    ) -> Table:
        """Return a table that grows with the run, or one of so many rows at its end.

        In a room that is too narrow for it, or too narrow for its values at their size, a run has
        its first column only, and at last no signs at numbers that are rounded.
        """
        steps = len(self.trace.steps)
        told, births, lines = passing_rows(steps, self.rooms.rows)
        least = columns[:1]
        if most:
            told, least = told_rows(steps, most), columns
            births, lines = (steps,) * len(told), tuple(range(len(told)))
        choices = (columns, True, self.values), (least, True, 0.0), (least, False, 0.0)
        for kept, signed, smallest in choices:
            table = Table(
                self.look,
                room or self.rooms.table,
                ("n", *(each.head for each in kept)),
                _written(kept, told, signed=signed),
                births,
                ("muted", *(each.role for each in kept)),
                setting=lambda text: text if isinstance(text, Source) else as_formula(text),
                widest=APART if self.rooms.align == "right" else WIDEST_GAP,
                align=self.rooms.align,
                over=over,
                lines=lines,
            )
            if table.fits and table.size_percent >= smallest:
                break
        return table

    def show(self, position: float) -> None:
        """Show the history at a position of the playhead."""
        self.position = position
        for part in (self.strip, self.goal, self.funnel, self.table):
            if part is not None:
                part.show(position)

    def open_funnel(self) -> Funnel:
        """Return the funnel round the minimum, which there has to be; from now on it goes along."""
        assert self.minimum is not None
        self.funnel = Funnel(self.look, self.strip, self.minimum)
        self.funnel.show(self.position)
        self.submobjects.insert(0, self.funnel)
        return self.funnel

    def name_funnel(self, factor: float, laws: Iterable[Lettering]) -> Lettering | None:
        """Return how far from the minimum the rows are at most, beside the funnel.

        It does not stand close before the formulas under the table, as if it were one of them:
        rather it is smaller, with the run between.
        """
        assert self.minimum is not None
        names = laws_of(self.look, self.trace.start[0], self.minimum, factor)
        boxes = [line.box for line in laws]
        for sides, apart in FROM_LAWS:
            room, left = self._clear(), min((box.left for box in boxes), default=0.0) - apart
            for box in boxes:
                room.add_box(replace(box, left=left))
            room.within = replace(room.within, left=self.strip.inner.left + FROM_AXIS)
            for of_size, side in itertools.product(names, sides):
                for words in of_size:
                    placed = self.strip.label(words, room, side, GAPS)
                    if placed is not None:
                        return placed
        return None

    def on_stage(self) -> tuple[History, Ruler]:
        """Return the history with a strip that has all of the stage, as it stands, and its axis.

        Where that is less wide than the plot was, the axis ends close to the run.
        """
        inner, stage = self.across.inner, self.rooms.of_two().stage
        right, window = min(inner.right, stage.right - BEYOND), self.across.window
        room = replace(stage, left=inner.left, right=right)
        numbers: Sequence[float] | None = self.across.x_ticks
        if right < inner.right:
            window, numbers = window.close_to(_xs(self.trace), PAST), None
        ruler = Ruler(self.look, room, window, "x", numbers, CORNER)
        out = History(
            self.look,
            ruler,
            self.trace,
            replace(self.rooms, strip=ruler.inner.inset(bottom=OVER_RULER)),
            self.minimum,
            digits=self.digits,
            values=self.values,
            lit=True,
        )
        out.show(self.position)
        return out, ruler

    def laws(
        self, *formulas: Formula, under: Table | None = None, names: Sequence[Source] = ()
    ) -> VGroup:
        """Return formulas under the table, or another one.

        Where they are of several runs, each begins with the name of its own.
        """
        side = self.rooms.of_two().side if under else self.rooms.side
        return laws_under(self.look, under or self.table, side, formulas, names)

    def other(self, trace: Trace) -> Strip:
        """Return the strip of another run in the same rows, dashed, with rings for dots."""
        return self._strip(trace, OTHER, dash=True)

    def both(self, other: Trace, names: Sequence[str]) -> Table:
        """Return the table with the x of both runs side by side, at the end of both."""
        columns = [
            Column(join(self.look.notation.words(name)), _xs(trace), self.digits[0], role)
            for name, trace, role in zip(names, (self.trace, other), ("point", OTHER), strict=True)
        ]
        # Some rows are enough to see it; all of them are in the strip.
        room = self.rooms.of_two().table.inset(bottom=SECOND)
        table = self._table(columns, FEW, "x_n", room)
        table.show(len(self.trace.steps))
        return table

    def name_runs(self, names: Sequence[str], other: Strip) -> list[Lettering]:
        """Return the names of this run and of another one in the same rows, as far as they fit."""
        start = self.strip.centers[0, 0]
        sides = ("left", "right") if start > self.strip.inner.center[0] else ("right", "left")
        placed: list[Lettering] = []
        for size in (TYPE.label, TYPE.tick):
            clear = self._clear()
            clear.add(other)
            _block(clear, other)
            named = [
                strip.label(self.look.text(name, size=size, role=strip.role), clear, side)
                for strip, name, side in zip((self.strip, other), names, sides, strict=True)
            ]
            placed = [words for words in named if words is not None]
            if len(placed) == len(names):
                break
        return placed

    def _clear(self) -> Obstacles:
        # On the right there is nothing as far as the stage goes, or up to a table of two runs.
        inner, rooms = self.strip.inner, self.rooms.of_two() if self.lit else self.rooms
        clear = Obstacles(replace(inner, left=inner.left - 0.3, right=rooms.stage.right))
        clear.add(*(part for part in (self.goal, self.strip, self.funnel) if part is not None))
        _block(clear, self.strip)
        return clear


def _written(
    columns: Sequence[Column], told: Sequence[int | None], *, signed: bool
) -> list[tuple[str, ...] | None]:
    """Return the rows of some steps, or None for the dots in place of others."""
    # A long run has few rows: only their numbers are written. One that stopped stays there.
    shown = [step for step in told if step is not None]
    written = []
    for _, of, digits, _ in columns:
        values = [of[min(step, len(of) - 1)] for step in shown]
        cells = aligned(values, digits, of, signed=signed)
        written.append(dict(zip(shown, cells, strict=True)))
    return [
        None if step is None else (str(step), *(cells[step] for cells in written)) for step in told
    ]


def _xs(trace: Trace) -> list[float]:
    return [x for (x,) in trace.points]


def _block(clear: Obstacles, strip: Strip) -> None:
    """Let labels keep clear of a whole run, as far as it can be seen."""
    path = strip.path(len(strip.centers))
    for piece in clip(path, strip.wide) if len(path) > 1 else []:
        clear.add_points(piece)


def passing_rows(
    steps: int, room: int
) -> tuple[tuple[int | None, ...], tuple[int, ...], tuple[int, ...]]:
    """Return the steps that get a row, when each one comes, and on which line.

    Once all lines are full, the last one shows the step that has just been taken, and None stands
    over it for the rows that are left out.

    Examples
    --------
    >>> passing_rows(2, 4)
    ((0, 1, 2), (0, 1, 2), (0, 1, 2))
    >>> passing_rows(5, 4)
    ((0, 1, 2, 3, None, 4, 5), (0, 1, 2, 3, 4, 4, 5), (0, 1, 2, 3, 2, 3, 3))
    """
    first = tuple(range(min(steps + 1, room)))
    if steps < room:
        return first, first, first
    later = (*range(room, steps, max(1, steps // LIVE)), steps)
    lines = (*first, room - 2, *[room - 1] * len(later))
    return (*first, None, *later), (*first, room, *later), lines


def aligned(
    values: Sequence[float], digits: int, whole: Sequence[float], *, signed: bool
) -> list[Source]:
    """Return some numbers of a column, points under points, with no zeros that say nothing.

    The zeros that an exact number goes without are there, but not seen. With `signed` a rounded
    number has a sign.
    """
    written = column(values, digits, whole)
    rests = [text.partition(".")[2] if "·" not in text else "" for text in written]
    longest = max(map(len, rests))
    out = []
    for value, text, rest in zip(values, written, rests, strict=True):
        missing = "." * bool(longest and not rest) + "0" * (longest - len(rest))
        hidden = f"#hide[${missing}$]" if missing and "·" not in text else ""
        exact = not signed or is_written(text, value)
        sign = "" if exact else f"{ink('muted', math(ROUNDED))} thin "
        out.append(math(f"{sign}{figure(text)}{hidden}"))
    return out

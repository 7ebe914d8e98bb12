"""The workbench of FromScratch: the program, what it prints, and the plot, in one frame.

Beside the program (below it in a tall frame) the plot has all of the height until the program
prints; then it makes room for the listing above it. Where the columns are narrow the listing runs
across under the program, whose lines close up for it, and the plot keeps its height. A square
frame has the plot beside the short lines, and the listing across the bottom.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from manim import VGroup

from gdcore import Trace
from scenes.backstage.drawing_board import DrawingBoard
from scenes.backstage.program import printed
from scenes.layout import Layout, Region
from scenes.look import Look
from scenes.parts.code_panel import CodePanel
from scenes.parts.code_sheet import SIDE
from scenes.parts.feet import BELOW
from scenes.parts.lettering import box_of
from scenes.parts.listing import PAD, PITCH, Listing, Passing
from scenes.parts.lit import MARK
from scenes.parts.slope import slope_role
from scenes.parts.table import told_rows
from scenes.theme import TYPE

NARROWEST = 2.4
"""The least width of a plot beside the short lines of the program, in units."""

NARROW = 4.5
"""Less wide, it has its numbers in smaller type, in units."""

TURNS, TURNS_ACROSS = 3, (5, 4, 3)
"""Rows of the listing, or its columns when it runs across all of the frame, the most that have room
in type of a good size; all others are left out."""

PASSING = 12
"""About how many turns can be read in the last row before the last one."""

NAMES = 5.2
"""Largest size of a name in a plot that has room, in % of the shorter side."""

MARKED = MARK + SIDE
"""What the mark of a lit line takes left of the program, in units."""

ACROSS = 1.05
"""The least height of a listing that runs across under the program, in units."""

OVER_LISTING = 0.22
"""Between the program and a listing below it, in units."""

WIDE = 11
"""So wide two columns have room for program and table side by side, in units."""

SPREAD = 1.3
"""The lines of a program stand at most so many times as far apart at first as in the end."""

APART, APART_TALL, APART_SQUARE = 0.2, 0.3, 0.13
"""Between the plot and what is above it, in units, more where that runs across; and over a line of
the program that may be lit."""

UNDER_TITLE, UNDER_TITLE_NARROW = 0.96, 0.84
"""From the top of the header to the program, in units, less where all that is beside each other or
below has little room."""

LEVEL, LEVEL_SQUARE = 0.26, -0.04
"""From the top of the header to what stands beside the title, in units: a plot is level with its
letters, if it is high enough there."""

DEEPER = 0.2
"""How much nearer to the caption a listing stands that runs across a square frame, in units."""

Printed = tuple[str, str, str]


class Workbench:
    """Where all of it stands, and what is drawn there.

    Parameters
    ----------
    look, layout, title
        The look, the regions of the frame, and the title as it is drawn.
    lines
        The program.
    runs
        The run that is told, and the longer one, if there is one.
    """

    def __init__(
        self,
        look: Look,
        layout: Layout,
        title: VGroup,
        lines: Sequence[str],
        runs: Sequence[Trace],
    ) -> None:
        self.look, self.runs = look, runs
        self.title, self.header = title, layout.header
        self.square, self.tall = layout.is_square, layout.is_tall
        self.across = self.square or self.tall
        # The header has one line of type: what it leaves free in narrow frames is used too. What is
        # lit has its mark at the left, in line with the title.
        narrow = not self.tall and layout.body.width - MARKED <= WIDE
        self.under = layout.header.top - (UNDER_TITLE_NARROW if narrow else UNDER_TITLE)
        body = self.body = replace(layout.body, top=self.under).inset(left=MARKED)
        steps = runs[0].steps
        self.slope = slope_role(steps[0].gradient[0] if steps else 0.0)
        if self.square:
            self._lay_out_square(body.inset(bottom=-DEEPER), lines)
        elif self.tall:
            region, self.area = body.rows(1.0, 1.06, gap=0.3)
            self.panel = CodePanel(look, region, lines, slope=self.slope)
            self.output = self.area.inset(left=-PAD)
        else:
            share, gap = (1.28, 0.31) if narrow else (1.0, 0.6)
            region, self.area = body.columns(share, 1.0, gap=gap)
            if not narrow or not self._lay_out_narrow(region, lines):
                self.panel = CodePanel(look, region, lines, slope=self.slope)
                self.area = replace(self.area, top=self._beside_title(self.area.left))
                self.output = replace(self.area, bottom=self.area.top - 0.46 * self.area.height)
        if not self.square:
            self.first = replace(self.area, top=min(self.area.top, body.top))
        self.board: DrawingBoard | None = None

    def _lay_out_narrow(self, column: Region, lines: Sequence[str]) -> bool:
        """Put what is printed under the program, and return whether both have room there."""
        self._put_over_listing(column, lines)
        if self.across:
            self._spread_out(column)
        return self.across

    def _put_over_listing(self, column: Region, lines: Sequence[str]) -> None:
        """Put the program over what is printed, which runs across where both have room."""
        largest = CodePanel(self.look, column.inset(bottom=ACROSS + OVER_LISTING), lines)
        # No smaller than the program, which is a little smaller then.
        depth = max(ACROSS, 3 * PITCH * largest.em)
        region = column.inset(bottom=depth + OVER_LISTING)
        self.panel = CodePanel(self.look, region, lines, slope=self.slope)
        self.across = self.panel.bottom >= region.bottom - 1e-6
        # Its names are in line with the program.
        self.output = column.inset(left=-PAD, bottom=0.0, top=column.height - depth)

    def _spread_out(self, column: Region) -> None:
        """Give the lines at first what the listing takes later."""
        panel = self.panel
        last = panel.baselines[-1]
        panel.spread = min(SPREAD, (column.top - column.bottom) / (column.top - last))
        panel.sheet.show(0.0)

    def _lay_out_square(self, body: Region, lines: Sequence[str]) -> None:
        """Put the plot beside the short lines, or what is printed if the program is too long."""
        self._put_over_listing(body, lines)
        if not self.across:
            self.panel = CodePanel(self.look, body, lines, slope=self.slope)
        panel = self.panel
        # The loop has longer lines than what is above it.
        loop = panel.find("for ")
        left = panel.right_of(0, loop - 1) + (0.45 if self.across else 0.2)
        below = panel.top_of(loop) + APART_SQUARE
        top = self._beside_title(left, LEVEL_SQUARE)
        self.area = Region(left, below, body.right, top)
        if self.across and self.area.width >= NARROWEST:
            self._spread_out(body)
        self.first = replace(self.area, bottom=panel.top_of(loop) + APART_SQUARE)
        if not self.across:
            self.output = self.area

    def _beside_title(self, left: float, level: float = LEVEL) -> float:
        """Return the top of what stands right of the title, on its line if there is room."""
        beside = box_of(self.title).right < left - 0.3
        return self.header.top - level if beside else self.under

    # -- what the program prints -----------------------------------------------------------------

    @property
    def under_program(self) -> bool:
        """Whether the listing runs across under the program, beside the plot."""
        return self.across and not self.square and not self.tall

    def listing(self, which: int) -> Listing:
        """Return what one of the runs prints; columns that have no room are left out."""
        wide = self.across and not self.under_program
        for turns in TURNS_ACROSS if wide else (TURNS,):
            listing = self._listing(which, turns, slice(None))
            if listing.size >= self._good:
                return listing
        for columns in (slice(1, None), slice(1, 2)):
            if listing.fits:
                break
            listing = self._listing(which, TURNS, columns)
        return listing

    @property
    def _good(self) -> float:
        """The size of type of a table, or of the program if that is smaller."""
        return min(TYPE.label, self.panel.size) - 1e-6

    def _listing(self, which: int, turns: int, columns: slice) -> Listing:
        """Return so many turns of what one of the runs prints, and only some of the columns."""

        def listed(run: Trace) -> list[Sequence[str] | None]:
            told = self._told(run, turns)
            return [None if turn is None else self._printed(run, turn)[columns] for turn in told]

        run = self.runs[which]
        # Only the first run is seen running; the other has its columns in the same places.
        running = self._passing(self.runs[0], self._told(self.runs[0], turns), turns)
        running = [replace(one, row=one.row[columns]) for one in running]
        told = self._told(run, turns)
        # What is left out is left out from the turn on that has no room.
        shown = told.index(None) if None in told else turns
        gone = min([one.end for one in running], default=shown + 1)
        names, roles = ("n", "x", "f(x)")[columns], ("muted", "point", "curve")[columns]
        return Listing(
            self.look,
            self.output,
            names,
            listed(run),
            [gone if turn is None else turn for turn in told],
            roles,
            counted="n" in names,
            also=[row for other in self.runs if other is not run for row in listed(other)],
            passing=[] if which else running,
            wide=running,
            across=self.across,
            good=self._good,
            largest=max(TYPE.label, self.panel.size),
        )

    def _told(self, run: Trace, turns: int) -> list[int | None]:
        """Return the turns that have a row in the end; None for those that are left out."""
        few, many = (len(one.steps) for one in (self.runs[0], run))
        if few < many and turns == TURNS:
            # Where the shorter run ended stays in sight.
            return [few, many] if many == few + 1 else [few, None, many]
        if 2 < few < many - 1:
            return [1, None, few, None, many] if turns > TURNS + 1 else [few - 1, few, None, many]
        return [None if row is None else row + 1 for row in told_rows(many - 1, turns)]

    def _passing(self, run: Trace, told: Sequence[int | None], turns: int) -> list[Passing]:
        """Return the rows that pass before the last one comes, all but the first in its place."""
        if None not in told or turns != TURNS:
            return []
        last, end = len(told) - 1, len(run.steps)
        every = max(1, round((end - last) / PASSING))
        shown = [*range(told.index(None) + 1, end, every), end]
        # Across, that one stands beside the row before it, where the dots come next.
        first = told.index(None) if self.across else last
        return [
            Passing(last if at else first, self._printed(run, turn), turn, gone)
            for at, (turn, gone) in enumerate(itertools.pairwise(shown))
        ]

    def _printed(self, run: Trace, turn: int) -> Printed:
        """Return the number of a turn, and what is printed in it."""
        return str(turn), printed(run.points[turn][0]), printed(run.values[turn])

    # -- the plot --------------------------------------------------------------------------------

    def add_plot(self, function: Any, valley: float | None, listing: Listing) -> None:
        """Lay out the plot, with the run, where it is at first and where the listing has room.

        Below the axis there is a row for the length of a step.
        """
        if self.area.width < NARROWEST or (self.square and not self.across):
            return
        room, first = self.area, self.first
        if not self.square and not self.under_program:
            apart = APART_TALL if self.across else APART
            room = replace(room, top=listing.bottom - apart)
        self.board = DrawingBoard(
            self.look,
            first.inset(bottom=BELOW),
            room.inset(bottom=BELOW),
            function,
            self.runs,
            valley,
            tick_size=TYPE.minimum if room.width < NARROW else TYPE.tick,
            names=(TYPE.label, TYPE.tick) if self.square else (NAMES, TYPE.label, TYPE.tick),
        )

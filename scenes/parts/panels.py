"""Several panels that show the same stretch of the same function, and what they have in common."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from gdcore import Trace
from scenes.layout import Layout
from scenes.look import Look
from scenes.parts.cell import LAST, MARGIN, Cell
from scenes.parts.counters import FULL, HEADED, IN_LINES, NAMES, TIGHT, Readout
from scenes.parts.lettering import Lettering
from scenes.parts.panel import (
    INDENT,
    LIT,
    LIT_COUNT,
    MOVES,
    SCALE,
    TALLER,
    Panel,
    axis_name,
    name_of_rows,
    scale_of,
    small_plot,
)
from scenes.parts.strip import Strip
from scenes.parts.tally import Tally
from scenes.parts.window import Drawable, Window
from scenes.theme import TYPE
from scenes.words import decimals_for

NARROW = 2.0
"""Panels that would be narrower than this in one row stand in two, in units."""

GAP, ROW_GAP = 0.55, 0.3
"""Between two panels of a row, and between two rows, in units."""

FARTHEST = 3.0
"""Of distances so many times as long as the first one their bars do not tell more."""

HIGHER, LOWER = 0.1, 0.08
"""So far panels reach over the body, and under it where a caption follows, in units."""

AIR, OVER = 0.08, 0.1
"""The least free space between words and the edge of a light, and between words of two panels, in
units."""

SIZES = (TYPE.label, 4.2, 3.9, TYPE.tick, TYPE.minimum)
"""Sizes that are tried, the largest first: all panels have the same."""

BEFORE_PLOT = 0.15
"""From words beside a plot to the plot that follows, in units."""

UNDER = 0.47
"""From the lower edge of panels where steps are counted down to words under all, in units."""

TALL = (1.25 * TYPE.equation, TYPE.equation, 5.75, TYPE.caption, *SIZES)
"""Sizes of counts that are tried."""

FROM_NAME = 0.2
"""From the name of a panel to a count on the same line at least, in units."""


class Written(Protocol):
    """What takes some width."""

    advance: float


T = TypeVar("T", bound=Written)


class Panels(tuple[Panel, ...]):
    """Panels in one row if there is room, else in two.

    Attributes
    ----------
    look
        The look.
    width, pitch
        How wide words of a panel may be that is lit, and while none is, in units.
    layout
        The regions of the frame.
    """

    look: Look
    width: float
    pitch: float
    layout: Layout

    @classmethod
    def of(
        cls,
        look: Look,
        layout: Layout,
        names: Sequence[str],
        traces: Sequence[Trace],
        function: Drawable,
        window: Window,
        *,
        last: int,
        rows: int,
        near: Sequence[float],
        minimum: float | None,
    ) -> Panels:
        """Lay out one panel for each run.

        Parameters
        ----------
        look, layout
            The look, and the frame's regions: the body is used.
        names, traces
            What is written over the panels, and their runs.
        function, window
            What is descended, and what of it is shown.
        last, rows
            The last step that is told, and the last row of the strips.
        near
            The iterates that the window shows: they decide how many decimals are written.
        minimum
            The x of the minimum, or None.
        """
        room = _label_room(look, cells(layout, len(names))[0][0], window, rows)
        cell = cells(layout, len(names), room)[0][0]
        decimals = decimals_for(list(near))
        width = cell.words.width + (0.0 if cell.is_beside else 2 * (LIT - AIR))

        def titles(size: float) -> list[Lettering]:
            return [look.text(name, size=size) for name in names]

        def readouts(name: str, ending: str, size: float) -> list[Readout]:
            return [
                Readout(look, trace, last, decimals, size, name=name, ending=ending, others=traces)
                for trace in traces
            ]

        def broken(size: float) -> list[Readout]:
            """Let only those numbers stand under their names that are too long beside them."""
            pairs = zip(readouts(FULL, TIGHT, size), readouts(FULL, HEADED, size), strict=True)
            return [one if one.advance <= width else other for one, other in pairs]

        tried = (titles(size) for size in (TYPE.title, TYPE.caption, *SIZES))
        # Left of the first name stands that of the axis.
        written = first_that_fits(tried, min(width, cell.whole.width))
        places = cells(layout, len(names), room, written[0].size_percent)
        ways: Iterable[list[Readout]]
        if cell.is_beside:
            whole = (readouts(*pair, size) for size in SIZES[:-1] for pair in NAMES[0])
            lines = (readouts(*pair, size) for pair in IN_LINES for size in SIZES)
            ways = itertools.chain(whole, map(broken, SIZES[-2:]), lines)
        else:
            every = ((pair, size) for same in NAMES for size in SIZES for pair in same)
            ways = (readouts(*pair, size) for pair, size in every)
        numbers = first_that_fits(ways, width)
        pairs = list(zip(written, numbers, strict=True))
        lowest = {cell.whole.left: cell for cell, _ in places}
        out = cls(
            Panel(
                look, cell, trace, function, window, *pair,
                rows=rows, room=room, labelled=labelled, minimum=minimum,
                most=_longest(traces, minimum),
                # Where words stand beside the plots, the axis is named under the lowest one.
                named=not cell.is_beside or lowest[cell.whole.left] is cell,
            )
            for (cell, labelled), trace, pair in zip(places, traces, pairs, strict=True)
        )  # fmt: skip
        out.look, out.width, out.layout = look, width, layout
        out.pitch = places[1][0].whole.left - places[0][0].whole.left - OVER
        return out

    @property
    def are_beside(self) -> bool:
        """Whether words stand beside the plots, in short lines."""
        return self[0].cell.is_beside

    def free(self, panel: Panel) -> tuple[float, float]:
        """Return from where to where words beside a plot may go while no panel is lit."""
        whole = panel.cell.whole
        row = [each.plot.inner.left for each in self if each.cell.whole.top == whole.top]
        later = [left - BEFORE_PLOT for left in row if left > whole.right]
        return panel.cell.words.left, min(later, default=self.layout.body.right)

    def write_beside(
        self, panels: Sequence[Panel], *lines: Sequence[Lettering], centred: bool = False
    ) -> bool:
        """Put a line, or two that belong together, beside plots; tell whether all have room.

        Each of the lines has its words for each of the panels. There is room for centred words
        only in the middle, and for others also if they are moved aside.
        """
        fit = True
        for panel, *words in zip(panels, *lines, strict=True):
            cell, (left, right) = panel.cell, self.free(panel)
            for line, y in zip(reversed(words), (cell.line, cell.line_over), strict=False):
                half = line.advance / 2
                middle = max(min(cell.middle, right - half), left + half)
                line.place(middle, y, "center")
                fit &= 2 * half <= right - left and not (centred and middle != cell.middle)
        return fit

    def tallies(self, counts: Sequence[int | None], otherwise: Sequence[str]) -> list[Tally]:
        """Return the counted steps that stand in the panels' cells, each a dot.

        Parameters
        ----------
        counts
            How many steps each run needs, or None where there is no such number.
        otherwise
            What is written then.
        """
        most = max((count or 0 for count in counts), default=0) or 1
        width = self.width
        if self.are_beside:
            names = max(panel.name.advance for panel in self)
            width = min(panel.cell.words.width for panel in self) - names - FROM_NAME

        def fitting(sizes: Sequence[float], *, late: bool) -> Iterator[Tally]:
            """Return the tallies of those that have arrived, or of the others, in one size."""
            tried = (
                [
                    Tally(self.look, panel.cell, count, most, words, size)
                    for panel, count, words in zip(self, counts, otherwise, strict=True)
                    if (count is None) is late
                ]
                for size in sizes
            )
            return iter(first_that_fits(tried, width))

        arrived, late = fitting(TALL, late=False), fitting(TALL[3:], late=True)
        return [next(late if count is None else arrived) for count in counts]

    def cells_of_counts(self) -> list[Cell]:
        """Return the cells in which steps are counted: there are no numbers left of them."""
        size, low = self[0].name.size_percent, 0.0 if self.are_beside else LAST
        places = cells(self.layout, len(self), size=size, low=low + UNDER, lit=LIT_COUNT)
        return [cell.counting(TALL[0]) for cell, _ in places]

    def across(self, baseline: float, *tried: Lettering) -> Lettering:
        """Place words, the first that fit, once for all panels."""
        body = self.layout.body
        words = next((words for words in tried if words.advance <= body.width), tried[-1])
        return words.place(body.center[0], baseline, "center")


def first_that_fits(tried: Iterable[list[T]], width: float) -> list[T]:
    """Return the first of several ways to write something that fits, or the last one.

    Those after it are never made, if they are told by a generator.
    """
    written: list[T] = []
    for written in tried:
        if all(each.advance <= width for each in written):
            break
    return written


def cells(
    layout: Layout,
    many: int,
    room: float = 0.0,
    size: float = TYPE.title,
    low: float = 0.0,
    lit: float = LIT,
) -> tuple[tuple[Cell, bool], ...]:
    """Return the cells of so many panels, and whether each stands first in its row.

    Parameters
    ----------
    layout, many
        The frame's regions, and how many panels there are.
    room
        Left of each row, for the labels of its first panel.
    size
        Of the names of the panels.
    low
        Under the last row, for words.
    lit
        Beside each panel, for its light.
    """
    left, lower = max(room + INDENT, lit), LOWER if layout.footer.height else 0.0
    region = layout.body.inset(left, TALLER - lower + low, lit - MARGIN, TALLER - HIGHER)
    # Less light leaves more between two of them.
    columns, gap = many, GAP + 2 * (LIT - lit)
    if many > 2 and (region.width + gap) / many - gap < NARROW:
        columns = -(-many // 2)
    return tuple(
        (Cell.of(cell, size), index == 0)
        for row in region.rows(*[1.0] * -(-many // columns), gap=ROW_GAP)
        for index, cell in enumerate(row.columns(*[1.0] * columns, gap=gap))
    )[:many]


def _label_room(look: Look, cell: Cell, window: Window, rows: int) -> float:
    """Return how much room the labels of a row's first panel need on its left."""
    plot = small_plot(look, cell.plot, window)
    labels = [part for part in scale_of(look, plot, cell) if isinstance(part, Lettering)]
    widest = max(SCALE + label.advance for label in labels)
    names = axis_name(look, plot, name_of_rows(cell), cell), labels[-1]
    out = SCALE + max(name.advance for name in names)
    return float(max(widest, out, Strip.room_for(look, rows)))


def _longest(traces: Sequence[Trace], minimum: float | None) -> float:
    """Return the longest distance to the minimum that is told, in parts of the first one."""
    first = abs(traces[0].start[0] - (minimum or 0.0))
    if minimum is None or not first:
        return 1.0
    every = (abs(x - minimum) / first for run in traces for (x,) in run.points[: MOVES + 1])
    # What is no number at all is farthest.
    return max(min(FARTHEST, share) for share in every)

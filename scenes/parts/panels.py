"""Several panels that show the same stretch of the same function, and what they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from gdcore import Trace
from scenes.layout import Layout, Region
from scenes.look import Look
from scenes.parts.cell import MARGIN, Cell
from scenes.parts.counters import NAMES as BEFORE
from scenes.parts.counters import Readout
from scenes.parts.lettering import Lettering
from scenes.parts.panel import (
    INDENT,
    LIT,
    SCALE,
    TALLER,
    Panel,
    axis_name,
    name_of_rows,
    room_of_names,
    scale_of,
    small_plot,
)
from scenes.parts.strip import Strip
from scenes.parts.tally import Tally
from scenes.parts.window import Drawable, Window
from scenes.theme import TYPE
from scenes.words import decimals_for

NARROW = 1.6
"""Panels narrower than this stand nearer together, in units."""

GAP, SMALL_GAP, ROW_GAP = 0.55, 0.48, 0.5
"""Between two panels of a row, wide or narrow ones, and between two rows, in units."""

HIGHER, LOWER = 0.1, 0.08
"""So far panels reach over the body, and under it where a caption follows, in units."""

AIR, OVER = 0.08, 0.1
"""The least free space between words and the edge of a light, and between words of two panels, in
units."""

SIZES = (TYPE.label, 4.2, 3.9, TYPE.tick, TYPE.minimum)
"""Sizes that are tried, the largest first: all panels have the same."""

WIDER = 0.12
"""Where plots are small, counted steps have so much more room on both sides, in units."""

TALL = (1.25 * TYPE.equation, TYPE.equation, TYPE.caption)
"""Sizes of counts that are tried."""


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
    whole
        Where all of them stand.
    """

    look: Look
    width: float
    pitch: float
    whole: Region

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
        whole = cells(layout, len(names), room)[0][0].whole
        decimals = decimals_for(list(near))
        width = whole.width + 2 * LIT - MARGIN - 2 * AIR

        def titles(size: float) -> list[Lettering]:
            return [look.text(name, size=size) for name in names]

        def readouts(name: str, ending: str, size: float) -> list[Readout]:
            return [
                Readout(look, trace, last, decimals, size, name=name, ending=ending, others=traces)
                for trace in traces
            ]

        tried = (titles(size) for size in (TYPE.title, TYPE.caption, *SIZES))
        # Left of the first name stands that of the axis.
        written = first_that_fits(tried, min(width, whole.width))
        places = cells(layout, len(names), room, written[0].size_percent)
        numbers = first_that_fits(
            (readouts(*pair, size) for ways in BEFORE for size in SIZES for pair in ways),
            width,
        )
        pairs = list(zip(written, numbers, strict=True))
        out = cls(
            Panel(
                look, cell, trace, function, window, *pair,
                rows=rows, room=room, labelled=labelled, minimum=minimum,
            )
            for (cell, labelled), trace, pair in zip(places, traces, pairs, strict=True)
        )  # fmt: skip
        out.look, out.width, out.whole = look, width, layout.body
        out.pitch = places[1][0].whole.left - places[0][0].whole.left - OVER
        return out

    @property
    def has_two_rows(self) -> bool:
        """Whether the last panel stands under the first one."""
        return self[0].cell.whole.bottom > self[-1].cell.whole.top

    @property
    def are_slim(self) -> bool:
        """Whether the words under the plots have two lines."""
        return self[0].cell.is_slim

    def tallies(self, counts: Sequence[int | None], otherwise: Sequence[str]) -> list[Tally]:
        """Return the counted steps that stand in place of the strips, each a dot.

        Parameters
        ----------
        counts
            How many steps each run needs, or None where there is no such number.
        otherwise
            What is written then.
        """
        wider = WIDER if self.are_slim or self.has_two_rows else 0.0
        heaps = [panel.heap.inset(left=-wider, right=-wider) for panel in self]
        most = max((count or 0 for count in counts), default=0) or 1
        tried = (
            [
                Tally(self.look, heap, panel.cell.count, count, most, words, size)
                for panel, heap, count, words in zip(self, heaps, counts, otherwise, strict=True)
            ]
            for size in TALL
        )
        return first_that_fits(tried, self.width)

    def across(self, *tried: Lettering, over: bool = False) -> Lettering:
        """Place words, the first that fit, once for all panels: under the first row.

        Parameters
        ----------
        *tried
            The words, the best first.
        over
            Whether they stand where else the line over their numbers does.
        """
        words = next((words for words in tried if words.advance <= self.whole.width), tried[-1])
        y = self[0].cell.line if over else self[0].cell.baseline
        return words.place(self.whole.center[0], y, "center")


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
    layout: Layout, many: int, room: float = 0.0, size: float = TYPE.title
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
    """
    columns = -(-many // 2) if layout.is_tall and many > 2 else many
    left, lower = max(room + INDENT, LIT), LOWER if layout.footer.height else 0.0
    region = layout.body.inset(left, TALLER - lower, LIT - MARGIN, TALLER - HIGHER)
    gap = GAP if (region.width - (columns - 1) * GAP) / columns >= NARROW else SMALL_GAP
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
    out = room_of_names(cell) + max(name.advance for name in names)
    return float(max(widest, out, Strip.room_for(look, rows)))

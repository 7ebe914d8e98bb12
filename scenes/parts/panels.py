"""Several panels that show the same stretch of the same function, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from manim import VGroup

from gdcore import Trace
from scenes.layout import Layout
from scenes.look import Look
from scenes.parts.count_bar import CountBar
from scenes.parts.counters import NAMES as BEFORE
from scenes.parts.counters import Readout
from scenes.parts.end_names import EndNames
from scenes.parts.lettering import Lettering, box_of
from scenes.parts.panel import ROOM, ROWS, XNAME, Cell, Panel, small_plot
from scenes.parts.strip import Strip
from scenes.parts.strokes import line, set_lines
from scenes.parts.window import Drawable, Window
from scenes.theme import STROKE, TYPE
from scenes.words import decimals_for

NARROW = 1.6
"""Panels narrower than this stand nearer together, in units."""

GAP, SMALL_GAP, ROW_GAP = 0.55, 0.46, 0.5
"""Between two panels of a row, wide or narrow ones, and between two rows, in units."""

OVER = 0.1
"""The least free space between the numbers of two panels, in units."""

JOINT = 0.16
"""How far a joint stands off the panels that it joins, in units."""

SIZES = (TYPE.label, 4.2, 3.9, TYPE.tick, TYPE.minimum)
"""Sizes that are tried, the largest first: all panels have the same."""

TALL = (1.25 * TYPE.equation, TYPE.equation, TYPE.caption)
"""Sizes of counts that are tried."""


class Written(Protocol):
    """What takes some width."""

    advance: float


T = TypeVar("T", bound=Written)


class Panels(tuple[Panel, ...]):
    """Panels in one row if there is room, else in two."""

    look: Look
    width: float

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
        places = cells(layout, len(names), room)
        decimals = decimals_for(list(near), 5)
        width = pitch([cell for cell, _ in places]) - OVER

        def titles(size: float) -> list[Lettering]:
            return [look.text(name, size=size) for name in names]

        def readouts(name: str, size: float) -> list[Readout]:
            return [Readout(look, trace, last, decimals, size, name=name) for trace in traces]

        tried = [titles(size) for size in (TYPE.caption, *SIZES)]
        # Left of the first name stands that of the axis.
        written = first_that_fits(tried, min(width, places[0][0].whole.width))
        numbers = first_that_fits(
            [readouts(name, size) for name in BEFORE for size in SIZES], width
        )
        pairs = list(zip(written, numbers, strict=True))
        out = cls(
            Panel(
                look, cell, trace, function, window, *pair,
                rows=rows, room=room, labelled=labelled, minimum=minimum,
            )
            for (cell, labelled), trace, pair in zip(places, traces, pairs, strict=True)
        )  # fmt: skip
        out.look, out.width = look, width
        return out

    def count_bars(self, counts: Sequence[int | None], otherwise: Sequence[str]) -> list[CountBar]:
        """Return bars of steps that stand in place of the strips, on one scale.

        Parameters
        ----------
        counts
            How many steps each run needs, or None where there is no such number.
        otherwise
            What is written then.
        """
        most = max((count or 0 for count in counts), default=0) or 1
        return first_that_fits(
            [
                [
                    CountBar(
                        self.look, panel.bars, count, most, words,
                        size, panel.cell.baseline,
                    )
                    for panel, count, words in zip(self, counts, otherwise, strict=True)
                ]
                for size in TALL
            ],
            self.width,
        )  # fmt: skip

    def joint(self, one: int, other: int) -> VGroup:
        """Return a line that joins two panels, with an equals sign in its middle.

        It runs under panels of one row, and beside those of one column. Panels across from each
        other have none, as it would cross a third one.
        """
        first, last = self[one].box, self[other].box
        equals = self.look.math("=", size=TYPE.caption)
        away, half = equals.em * 0.45, equals.advance / 2
        if first.bottom == last.bottom:
            y, near = first.bottom - JOINT, first.bottom - 0.03
            start, end = first.center[0], last.center[0]
            middle = (start + end) / 2
            equals.place(middle, y, "center", "middle")
            pieces = [
                [(start, near), (start, y), (middle - half - 0.1, y)],
                [(middle + half + 0.1, y), (end, y), (end, near)],
            ]
        elif first.right == last.right:
            x, near = first.right + JOINT, first.right + 0.03
            start, end = first.center[1], last.center[1]
            middle = (start + end) / 2
            equals.place(x, middle, "center", "middle")
            pieces = [
                [(near, start), (x, start), (x, middle + away)],
                [(x, middle - away), (x, end), (near, end)],
            ]
        else:
            return VGroup()
        bracket = line(self.look, role="text", width=0.75 * STROKE.curve)
        return VGroup(set_lines(bracket, pieces), equals)


def first_that_fits(tried: Sequence[list[T]], width: float) -> list[T]:
    """Return the first of several ways to write something that fits, or the last one."""
    for written in tried:
        if all(each.advance <= width for each in written):
            return written
    return tried[-1]


def pitch(places: Sequence[Cell]) -> float:
    """Return how far it is from one panel to the next one in its row."""
    if len(places) < 2:
        return places[0].whole.width
    return places[1].whole.left - places[0].whole.left


def cells(layout: Layout, many: int, room: float = 0.0) -> tuple[tuple[Cell, bool], ...]:
    """Return the cells of so many panels, and whether each stands first in its row.

    Parameters
    ----------
    layout, many
        The frame's regions, and how many panels there are.
    room
        Left of each row, for the labels of its first panel.
    """
    columns = -(-many // 2) if layout.is_tall and many > 2 else many
    # Under the panels, or beside them, a joint finds room.
    region = layout.body.inset(left=room + ROOM, right=XNAME)
    region = region.inset(right=2 * JOINT) if layout.is_tall else region.inset(bottom=2 * JOINT)
    gap = GAP if (region.width - (columns - 1) * GAP) / columns >= NARROW else SMALL_GAP
    return tuple(
        (Cell.of(cell), index == 0)
        for row in region.rows(*[1.0] * -(-many // columns), gap=ROW_GAP)
        for index, cell in enumerate(row.columns(*[1.0] * columns, gap=gap))
    )[:many]


def _label_room(look: Look, cell: Cell, window: Window, rows: int) -> float:
    """Return how much room the labels of a row's first panel need on its left."""
    plot = small_plot(look, cell, window)
    names = [*EndNames(look, plot, "x", "f(x)"), look.math(ROWS, size=TYPE.minimum)]
    left = min(box_of(part).left for part in plot)
    widest = max(name.advance for name in names) + 0.1
    return float(max(plot.inner.left - left, widest, Strip.room_for(look, rows)))

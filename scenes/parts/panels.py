"""Several panels that show the same stretch of the same function, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup, VMobject

from gdcore import Trace
from scenes.layout import Layout
from scenes.look import Look
from scenes.parts.axis_names import name_axes
from scenes.parts.counters import Readout, Tally
from scenes.parts.lettering import Lettering, box_of
from scenes.parts.panel import ROOM, Cell, Panel, small_plot
from scenes.parts.slope import slope_role
from scenes.parts.source import Source, figure, ink
from scenes.parts.strip import Strip
from scenes.parts.strokes import line, set_lines
from scenes.parts.window import Drawable, Window
from scenes.theme import STROKE, TYPE
from scenes.words import as_factor, decimals_for, number

NARROWEST = 2.9
"""Panels narrower than this go into two rows, in units."""

GAP, ROW_GAP = 0.5, 0.3
"""Between two panels of a row, and between two rows, in units."""

APART = 0.25
"""The least free space between a name and a number on one line, in units."""

JOINT, END = 0.16, 0.08
"""How far a joint stands off panels, and off the numbers that it joins, in units."""

SIZES = (TYPE.label, 4.2, 3.9, TYPE.tick, TYPE.minimum)
"""Sizes that are tried, the largest first: all panels have the same."""

STEPS = (
    *((True, size, 4) for size in SIZES[:-1]),
    *((False, size, 4) for size in SIZES),
    *((False, size, 2) for size in SIZES),
)
"""How the first steps may be written: as products or alone, in what size, with how many digits."""

TALL = tuple(
    (size, unit)
    for unit in (True, False)
    for size in (1.2 * TYPE.equation, TYPE.equation, *([] if unit else [TYPE.label]))
)
"""Sizes of tallies that are tried, first with their unit, then without."""

DEEPER = 0.12
"""How much deeper than other numbers such tall ones stand, in units."""


class Panels(tuple[Panel, ...]):
    """Panels in one row if there is room, else in two."""

    look: Look

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
        first = cells(layout, len(names))[0][0]
        room = _label_room(look, first, window, rows)
        places = cells(layout, len(names), room)
        decimals = decimals_for(list(near), 5)

        def written(size: float, bare: bool) -> list[tuple[Lettering, Readout]]:
            tall = size if first.is_low else TYPE.caption
            return [
                (look.text(name, size=tall), Readout(look, trace, last, decimals, size, bare=bare))
                for name, trace in zip(names, traces, strict=True)
            ]

        def fits(pairs: Sequence[tuple[Lettering, Readout]]) -> bool:
            taken = [
                readout.advance + (name.advance + APART if first.is_low else 0.0)
                for name, readout in pairs
            ]
            return max(taken) <= places[0][0].whole.width

        pairs = next(
            (
                pairs
                for bare in (False, True)
                for size in SIZES
                if fits(pairs := written(size, bare))
            ),
            written(SIZES[-1], True),
        )
        if first.is_low:
            widest = max(readout.widest for _, readout in pairs)
            for _, readout in pairs:
                readout.widest = widest
        out = cls(
            Panel(
                look, cell, trace, function, window, *pair,
                rows=rows, room=room, labelled=labelled, minimum=minimum,
            )
            for (cell, labelled), trace, pair in zip(places, traces, pairs, strict=True)
        )  # fmt: skip
        out.look = look
        return out

    def first_steps(self, rates: Sequence[float | None]) -> VGroup:
        """Return the numbers of the first step of each run that has one.

        Parameters
        ----------
        rates
            What the slope is multiplied by in each run, or None where the step is no such product.
        """
        going = [
            (panel, rate) for panel, rate in zip(self, rates, strict=True) if panel.trace.steps
        ]
        for scaled, size, digits in STEPS:
            products = [
                self._product(panel, rate if scaled else None, size, digits)
                for panel, rate in going
            ]
            if all(
                product.advance <= self._room(panel)
                for product, (panel, _) in zip(products, going, strict=True)
            ):
                break
        return VGroup(
            *(
                panel.first_step(product)
                for product, (panel, _) in zip(products, going, strict=True)
            )
        )

    def tallies(self, counts: Sequence[int | None], otherwise: Sequence[str]) -> list[Tally]:
        """Return counts of steps that stand in place of the readouts.

        Parameters
        ----------
        counts
            How many steps each run needs, or None where there is no such number.
        otherwise
            What is written then.
        """
        pairs = list(zip(counts, otherwise, strict=True))
        for size, unit in TALL:
            tallies = [Tally(self.look, count, words, size, unit=unit) for count, words in pairs]
            rooms = (
                panel.cell.number.width - (panel.name.advance + APART) * panel.cell.is_low
                for panel in self
            )
            if all(tally.advance <= room for tally, room in zip(tallies, rooms, strict=True)):
                break
        return [panel.cell.write(tally, DEEPER) for panel, tally in zip(self, tallies, strict=True)]

    def _room(self, panel: Panel) -> float:
        """Return how wide the length of a step may be written."""
        if panel.strip is not None:
            return panel.strip.inner.width - APART / 2
        return panel.cell.number.width - panel.name.advance - APART

    def _product(self, panel: Panel, rate: float | None, size: float, digits: int) -> Lettering:
        step = panel.trace.steps[0]
        slope = step.gradient[0]
        delta = Source(f"${figure(number(step.delta[0], digits, sign=True))}$")
        if rate is None:
            return self.look.source(delta, size=size, role="step")
        turned = ink(slope_role(slope), Source(f"${figure(as_factor(number(slope)))}$"))
        scaled = f"${figure(number(-rate))} dot$ {turned} $=$ {ink('step', delta)}"
        return self.look.source(Source(scaled), size=size)

    def joint(self, one: int, other: int) -> VMobject:
        """Return a line that joins the numbers of two panels.

        It runs under the numbers of panels in one row, over them where the picture is under them,
        and beside those of panels in one column. Panels across from each other have none, as it
        would cross a third one.
        """
        out = line(self.look, role="text", width=0.75 * STROKE.curve)
        panels = self[one], self[other]
        first, last = (box_of(panel.readout) for panel in panels)
        (left, high), (right, deep) = (
            (panel.cell.whole.left, panel.cell.baseline) for panel in panels
        )
        low = panels[0].cell.is_low
        if left == right:
            x = panels[0].cell.whole.right + JOINT
            # At the height of the figures, whatever hangs below them.
            ys = [y + 0.1 for y in (high, deep)]
            corners = [
                (first.right + END, ys[0]),
                (x, ys[0]),
                (x, ys[1]),
                (last.right + END, ys[1]),
            ]
            return set_lines(out, [corners])
        if high != deep:
            return out
        near = max(first.top, last.top) + END if low else min(first.bottom, last.bottom) - END
        far = near + (END if low else -END)
        (start, _), (end, _) = first.center, last.center
        return set_lines(out, [[(start, near), (start, far), (end, far), (end, near)]])


def cells(layout: Layout, many: int, room: float = 0.0) -> tuple[tuple[Cell, bool], ...]:
    """Return the cells of so many panels, and whether each stands first in its row.

    Parameters
    ----------
    layout, many
        The frame's regions, and how many panels there are.
    room
        Left of each row, for the labels of its first panel.
    """
    abreast = not layout.is_tall and layout.body.width >= many * NARROWEST
    columns = many if abreast else -(-many // 2)
    region = layout.body.inset(left=room, right=ROOM if abreast else 2 * JOINT)
    return tuple(
        (Cell.of(cell), index == 0)
        for row in region.rows(*[1.0] * -(-many // columns), gap=ROW_GAP)
        for index, cell in enumerate(row.columns(*[1.0] * columns, gap=GAP))
    )[:many]


def _label_room(look: Look, cell: Cell, window: Window, rows: int) -> float:
    """Return how much room the labels of a row's first panel need on its left."""
    plot = small_plot(look, cell, window)
    names = name_axes(look, plot, "", "f(x)")
    left = min(box_of(part).left for part in (plot, names))
    rooms = [plot.inner.left - left]
    if cell.strip is not None:
        rooms.append(Strip.room_for(look, rows))
    return max(rooms)

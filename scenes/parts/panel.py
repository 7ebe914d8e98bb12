"""One of several small pictures abreast: a run with its name, its plot, its history, its number."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from manim import VGroup, VMobject

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.cell import GAUGE, MARGIN, Cell
from scenes.parts.counters import HEADED, Readout
from scenes.parts.distances import ToMinimum
from scenes.parts.end_name import EndName
from scenes.parts.lettering import Lettering
from scenes.parts.lit import lit_color
from scenes.parts.plot import TICK, Plot
from scenes.parts.runner import Runner
from scenes.parts.source import mark
from scenes.parts.strip import Strip
from scenes.parts.strokes import dashes, line, rectangle, set_lines
from scenes.parts.unrolling import Unrolling
from scenes.parts.window import Drawable, Window, ticks
from scenes.theme import SHORT_SIDE, STROKE, TYPE, stroke_width
from scenes.words import number

ON_PANEL = ("text", "muted", "curve", "point", "slope_up", "slope_down", "step", "minimum")
"""The roles of the type in a panel."""

APART, LEAST = 0.85, 0.45
"""The dots of a strip in parts of the distance of its rows, and at least, in % of the side."""

OVER, UNDER = 0.1, 0.22
"""From the ends of the upright axis to the first row of a strip and to the last, in units."""

LIT, LIT_COUNT, TALLER = 0.29, 0.24, 0.06
"""What a light shows beside a plot, the name of its x-axis too, beside counted steps, and over and
under a panel."""

SCALE = 0.75 * TICK + 0.1
"""From an upright axis to its numbers and to its name, in units."""

INDENT = 0.1
"""From the edge of a light to what is written left of an axis, in units."""

ABOVE_WORDS = 0.05
"""Under the numbers of a strip's axis there is so much more air than over a gauge, in units."""

BEYOND = 0.12, 0.1
"""How far the mark of the minimum goes on over and under the rows, in units."""

DOT, GHOST = 1.1, 1.5
"""Sizes of the dots in a small strip and plot: many stand in little room."""

ROW_DOT = 1.4
"""Size of the dots in a strip that has the height of a panel."""

OVERHANG = 0.15
"""So far a number may reach beyond its axis, and so far apart are two of them, in units."""

ROWS, FEW_LETTERS = '"step" n', '"step"'
"""What the rows of a strip count, in Typst mathematics, and left of an axis."""

CROWD = 5
"""From so many numbers on, an axis keeps every second one."""

MOVES = 2
"""So many steps are drawn with their moves."""


class Light(VMobject):
    """A framed shade behind a panel that is talked about; its position is how much it is lit."""

    def __init__(self, look: Look, region: Region) -> None:
        super().__init__(
            stroke_color=look.color("axis"),
            stroke_width=stroke_width(STROKE.axis),
            fill_color=lit_color(look.theme, ON_PANEL),
            fill_opacity=1,
        )
        self.role, self.backdrop = "muted", True
        self.cover(region)

    def cover(self, region: Region) -> None:
        """Stand behind another region."""
        set_lines(self, [rectangle(region)])

    def show(self, level: float) -> None:
        """Light the panel by so much, from 0 to 1."""
        self.set_fill(opacity=level)
        self.set_stroke(opacity=level)


class Panel:
    """A run in a panel of its own: parts that rest, a curve, and parts that follow a playhead.

    Parameters
    ----------
    look, cell, trace
        The look, where it stands, and the run of one variable.
    function, window
        What is descended, and what all panels show of it.
    name, readout
        What is written over it, and the number that goes along; both are put in their places.
    rows
        The last step in the strip.
    room
        Left of the plot, for the labels of those panels that have some.
    labelled
        Whether the panel writes numbers on the axes that go upward.
    minimum
        The x of the minimum, which the strip marks, or None.
    most
        The longest distance to the minimum, in parts of the first one, of all panels.
    named
        Whether the x-axis has its name.

    Attributes
    ----------
    light, frame, scale, curve
        What rests: the shade behind it, the axes and names, the numbers of f, the function.
    plot, end, axes
        The axes, the name of x if it has one, and both; at 1 they are higher and make room for a
        strip.
    runner
        The walker, which follows the playhead from the start.
    distance
        How far it is to the minimum, under the plot or beside it, if there is one.
    lift
        How much higher words stand over the last number, whose name may be between.
    strip, mark, rows_name
        The history in place of the curve, where the minimum is in it, and what its rows count.
    """

    def __init__(
        self,
        look: Look,
        cell: Cell,
        trace: Trace,
        function: Drawable,
        window: Window,
        name: Lettering,
        readout: Readout,
        *,
        rows: int,
        room: float,
        labelled: bool,
        minimum: float | None,
        most: float,
        named: bool,
    ) -> None:
        self.look, self.cell, self.trace = look, cell, trace
        self.name = cell.write_name(name)
        self.lift = cell.lift if readout.ending == HEADED else 0.0
        lower = 0.0 if cell.is_beside else GAUGE - ABOVE_WORDS - self.lift
        self.plot = small_plot(look, cell.plot, window, room, lower=lower)
        self.curve = self.plot.curve(function)
        self.end = EndName(look, self.plot, "x") if named else None
        self.axes = VGroup(*filter(None, [self.plot, self.end]))
        self.frame = VGroup(self.axes, self.name)
        self.scale = VGroup(*scale_of(look, self.plot, cell)) if labelled else VGroup()
        self.runner = Runner(look, self.plot, trace, told=MOVES, ghost=GHOST, small=True)
        self.readout = readout.place(cell.middle, cell.baseline, cell.lift)
        self.distance = None
        if minimum is not None:
            place = cell.gauge if cell.is_beside else None
            y = cell.gauge.center[1]
            self.distance = ToMinimum(look, self.plot, self.runner, minimum, y, place, most)
        # The rows have the room of the bars, too.
        self.plot.show(1.0)
        inner = self.plot.inner
        pitch = 100 / SHORT_SIDE * (inner.height - OVER - UNDER) / rows
        self.strip = Strip(
            look, self.plot, inner.inset(top=OVER - 0.2), trace, rows=rows, numbered=labelled,
            dot=max(min(ROW_DOT, APART * pitch), LEAST), foot=UNDER, name="",
        )  # fmt: skip
        self.rows_name = VGroup()
        if labelled:
            rows_at = map(self.strip.row, self.strip.numbers)
            self.rows_name.add(axis_name(look, self.plot, name_of_rows(cell), cell, rows_at))
        self.mark = VMobject() if minimum is None else minimum_mark(look, self.strip, minimum)
        self.plot.show(0.0)
        left = room + INDENT if labelled else LIT
        self.box = cell.whole.inset(-left, -TALLER, MARGIN - LIT, -TALLER)
        self.light = Light(look, self.box)

    def unrolling(self, position: float) -> Unrolling:
        """Return what the run has left on the curve, on its way to the rows of the strip."""
        return Unrolling(self.look, self.runner, self.strip, position)

    def count_in(self, cell: Cell) -> None:
        """Let the light and the name stand in a cell in which steps are counted."""
        self.cell = cell
        cell.write_name(self.name)
        self.light.cover(cell.whole.inset(-LIT_COUNT, 0.0, MARGIN - LIT_COUNT, -TALLER))


def minimum_mark(look: Look, strip: Strip, x: float) -> VMobject:
    """Return a dashed line where the minimum is in a strip."""
    place, inner = strip.across.x(x), strip.inner
    over, under = BEYOND
    ends = (place, inner.top + over), (place, inner.bottom - under)
    return set_lines(line(look, role="minimum"), dashes(*ends))


def name_of_rows(cell: Cell) -> str:
    """Return what the rows of a strip are called in a panel, in Typst mathematics."""
    return FEW_LETTERS if cell.is_beside else ROWS


def axis_name(
    look: Look, plot: Plot, name: str, cell: Cell, levels: Iterable[float] = ()
) -> Lettering:
    """Return the name of an upright axis, over its numbers, on the baseline of the panel's name.

    Where that stands elsewhere, the name is between the numbers, whose levels are told.
    """
    words = look.math(name, TYPE.tick if name == "f(x)" else TYPE.minimum, "muted")
    x, inner = plot.inner.left - SCALE, plot.inner
    if not cell.is_beside:
        return words.place(x, cell.baseline_of_name, "right")
    gaps = itertools.pairwise(sorted({inner.bottom, *levels, inner.top}))
    low, high = max(gaps, key=lambda gap: (round(gap[1] - gap[0], 2), gap))
    return words.place(x, (low + high) / 2, "right", "middle")


def scale_of(look: Look, plot: Plot, cell: Cell) -> list[VMobject]:
    """Return the few numbers of f on the upright axis of a plot, their marks, and its name."""
    left, window = plot.inner.left, plot.window
    values = ticks(window.bottom, window.top, 2)
    marks = [[(left, plot.y(value)), (left - 0.75 * TICK, plot.y(value))] for value in values]
    labels = [
        look.math(mark(number(value, 6)), TYPE.tick, "muted").place(
            left - SCALE, plot.y(value), "right", "middle"
        )
        for value in values
    ]
    return [
        set_lines(line(look, role="axis"), marks),
        *labels,
        axis_name(look, plot, "f(x)", cell, map(plot.y, values)),
    ]


def small_plot(
    look: Look,
    region: Region,
    window: Window,
    room: float = 0.0,
    *,
    labelled: bool = False,
    lower: float = 0.0,
) -> Plot:
    """Return the plot of a panel: few numbers, and names that cost no room.

    It has numbers on its upright axis if it is labelled; room for labels lies left of the region.
    At 1 its lower edge is so much lower.
    """
    inner = region.width - MARGIN

    def marks(about: int) -> list[float]:
        """Return some numbers whose labels keep clear of each other and of the next panel."""
        every = ticks(window.left, window.right, about)
        kept: list[float] = []
        end = -OVERHANG
        for value in every[::2] if len(every) >= CROWD else every:
            middle = inner * (value - window.left) / (window.right - window.left)
            half = look.math_width(mark(number(value, 6)), size=TYPE.tick) / 2
            if middle - half >= end and middle + half <= inner + OVERHANG:
                kept.append(value)
                end = middle + half + OVERHANG
        return kept

    across = max((marks(about) for about in (5, 4, 3)), key=lambda few: (len(few) > 2, -len(few)))
    place = region.inset(left=-room)
    return Plot(
        look,
        place,
        window,
        x_name="",
        y_name="",
        x_ticks=across,
        y_ticks=ticks(window.bottom, window.top, 2) if labelled else (),
        left_room=room,
        over=0.0,
        later=[window] if lower else (),
        rooms=[place.inset(bottom=-lower)] if lower else (),
    )

"""One of several small pictures abreast: a run with its name, its plot, its history, its number."""

from __future__ import annotations

from dataclasses import dataclass

from manim import VGroup, VMobject

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.counters import Readout
from scenes.parts.end_names import EndNames
from scenes.parts.lettering import Lettering
from scenes.parts.plot import Plot
from scenes.parts.runner import Runner
from scenes.parts.source import mark
from scenes.parts.strip import Strip
from scenes.parts.strokes import dashes, rim, set_lines
from scenes.parts.window import Drawable, Window, ticks
from scenes.parts.zoom import Zoom
from scenes.theme import SHORT_SIDE, STROKE, TYPE, stroke_width, units
from scenes.words import number

HEAD, FOOT = 0.56, 0.62
"""Heights of the lines over and under a panel's picture, in units."""

PRODUCT = 0.56
"""Height of the line of a step's numbers under a plot that stands alone, in units."""

APART, LEAST = 0.85, 0.45
"""The dots of a strip in parts of the distance of its rows, and at least, in % of the side."""

BASE, AIR = 0.46, 0.1
"""From the baseline of the number up to counted steps, and over their number, in units."""

NAMES = 0.4
"""What the names under a strip need, in units."""

LIT, TALLER = 0.31, 0.06
"""What a light shows beside a plot, the name of its x-axis too, and over and under a panel."""

MARGIN = 0.1
"""Free space right of a plot inside its panel, in units."""

ASIDE = LIT - 0.09
"""So much farther than elsewhere the numbers are from an upright axis: out of the light."""

FNAME = LIT + 0.06
"""So far left of its axis the name of an upright axis ends: out of the light, too."""

BEYOND = 0.12, 0.1
"""How far the mark of the minimum goes on over and under the rows, in units."""

DOT, GHOST = 1.1, 1.5
"""Sizes of the dots in a panel's strip and plot: many stand in little room."""

OVERHANG = 0.15
"""So far a number may reach beyond its axis, and so far apart are two of them, in units."""

ROWS = '"step" n'
"""What the rows of a strip count, in Typst mathematics."""

CROWD = 5
"""From so many numbers on, an axis keeps every second one."""


@dataclass(frozen=True)
class Cell:
    """Where the parts of a panel stand.

    Attributes
    ----------
    whole
        All of it.
    name, number
        The lines of the two.
    plot, strip
        The picture's parts.
    alone
        Where the plot stands before there is a strip; None where there is one from the start.
    """

    whole: Region
    name: Region
    number: Region
    plot: Region
    strip: Region
    alone: Region | None = None

    @classmethod
    def of(cls, region: Region) -> Cell:
        """Cut a region into the parts of a panel."""
        above = region.inset(bottom=region.height - HEAD)
        middle = region.inset(top=HEAD, bottom=FOOT)
        plot, strip = middle.rows(0.92, 1.08, gap=0.06)
        below = region.inset(top=region.height - FOOT)
        return cls(region, above, below, plot, strip, middle.inset(bottom=PRODUCT))

    @property
    def baseline(self) -> float:
        """Where the number stands."""
        return self.number.bottom + 0.2

    @property
    def baseline_of_name(self) -> float:
        """Where the name stands."""
        return self.name.bottom + 0.22

    @property
    def line(self) -> float:
        """Where the words under a plot stand that stands alone."""
        assert self.alone is not None
        return self.alone.bottom - 0.43

    @property
    def middle(self) -> float:
        """The x of all that is centred: the middle of the plot."""
        return self.whole.center[0] - MARGIN / 2

    def write_name(self, words: Lettering) -> Lettering:
        """Put the name in its place."""
        return words.place(self.middle, self.baseline_of_name, "center")


class Light(VMobject):
    """A shade behind a panel that is talked about; its position is how much it is lit."""

    def __init__(self, look: Look, region: Region) -> None:
        color = look.theme.blend("muted", 0.9, floor=1)
        super().__init__(stroke_width=0, fill_color=color, fill_opacity=1)
        self.role, self.backdrop = "muted", True
        set_lines(self, [rim(region)])

    def show(self, level: float) -> None:
        """Light the panel by so much, from 0 to 1."""
        self.set_fill(opacity=level)


class Mark(VMobject):
    """Where the minimum is in a panel's strip; its position is how much of it is there."""

    def __init__(self, look: Look, strip: Strip, x: float) -> None:
        super().__init__(stroke_color=look.color("minimum"), stroke_width=stroke_width(STROKE.axis))
        self.role = "minimum"
        place, inner = strip.across.x(x), strip.inner
        over, under = BEYOND
        set_lines(self, dashes((place, inner.top + over), (place, inner.bottom - under)))

    def show(self, level: float) -> None:
        """Show so much of the mark, from 0 to 1."""
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

    Attributes
    ----------
    light, frame, curve
        What rests: the shade behind it, the axes and names, the function.
    zoom
        What takes the plot from where it stands alone to where it stands over the strip.
    moving
        What follows the playhead from the start.
    strip, mark, names
        The history, where the minimum is in it, if there is one, and what both are called.
    box
        What is lit.
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
    ) -> None:
        self.look, self.cell, self.trace = look, cell, trace
        self.name = cell.write_name(name)
        self.plot = small_plot(look, cell, window, room, labelled=labelled, aside=ASIDE)
        self.zoom = Zoom(look, self.plot, function)
        self.curve = self.zoom.curve
        up = cell.baseline_of_name - self.plot.inner.top
        self.ends = EndNames(look, self.plot, "x", "f(x)" if labelled else "", up, FNAME)
        self.frame = VGroup(self.plot, self.ends, self.name)
        self.runner = Runner(look, self.plot, trace, told=True, ghost=GHOST, small=True)
        self.readout = readout.place(cell.middle, cell.baseline)
        pitch = 100 / SHORT_SIDE * (cell.strip.height - NAMES) / rows
        self.strip = Strip(
            look, self.plot, cell.strip, trace, rows=rows, numbered=labelled,
            dot=max(min(DOT, APART * pitch), LEAST), foot=NAMES, named=False,
            aside=ASIDE,
        )  # fmt: skip
        self.mark = None if minimum is None else Mark(look, self.strip, minimum)
        self.names = self._strip_names(minimum) if labelled else VGroup()
        self.moving = self.runner, self.readout
        self.box = cell.whole.inset(-LIT, -TALLER, MARGIN - LIT, -TALLER)
        self.light = Light(look, self.box)

    @property
    def heap(self) -> Region:
        """Where counted steps stand in place of the strip, over the baseline of the number."""
        inner, bottom = self.strip.inner, self.cell.baseline + BASE
        return Region(inner.left, bottom, inner.right, self.cell.strip.top - AIR)

    def arriving(self, count: int | None) -> Runner:
        """Return the run once more, which stops after so many steps or where it ends."""
        run = self.trace if count is None else self.trace.beginning(count)
        return Runner(self.look, self.plot, run, ghost=GHOST, small=True)

    @property
    def under(self) -> float:
        """The baseline of the words right under the strip."""
        return self.strip.inner.bottom - 0.16 - 0.66 * units(TYPE.minimum)

    def _strip_names(self, minimum: float | None) -> VGroup:
        """Return what rows and the line of the minimum are called."""
        inner = self.strip.inner
        rows = self.look.math(ROWS, size=TYPE.minimum, role="muted")
        # Over its axis, as a name of what goes downward.
        out = VGroup(rows.place(inner.left - FNAME, inner.top + 0.17, "right"))
        if minimum is not None:
            words = self.look.text("minimum", size=TYPE.minimum, role="minimum")
            half = words.advance / 2
            x = max(min(self.plot.x(minimum), inner.right - half), inner.left + half)
            out.add(words.place(x, self.under, "center"))
        return out


def small_plot(
    look: Look,
    cell: Cell,
    window: Window,
    room: float = 0.0,
    *,
    labelled: bool = True,
    aside: float = 0.0,
) -> Plot:
    """Return the plot of a panel: few numbers, and names that cost no room."""
    inner = cell.plot.width - MARGIN

    def marks(about: int) -> list[float]:
        """Return some numbers whose labels keep clear of each other and of the next panel."""
        every = ticks(window.left, window.right, about)
        kept: list[float] = []
        end = -OVERHANG
        for value in every[::2] if len(every) >= CROWD else every:
            middle = inner * (value - window.left) / (window.right - window.left)
            half = look.math(mark(number(value, 6)), size=TYPE.tick).advance / 2
            if middle - half >= end and middle + half <= inner + OVERHANG:
                kept.append(value)
                end = middle + half + OVERHANG
        return kept

    across = max((marks(about) for about in (5, 4, 3)), key=lambda few: (len(few) > 2, -len(few)))
    regions = [region.inset(left=-room) for region in (cell.alone, cell.plot) if region]
    return Plot(
        look,
        regions[0],
        window,
        x_name="",
        y_name="",
        x_ticks=across,
        y_ticks=ticks(window.bottom, window.top, 2) if labelled else (),
        left_room=room,
        later=[window] * (len(regions) - 1),
        rooms=regions[1:],
        aside=aside,
    )

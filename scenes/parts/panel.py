"""One of several small pictures abreast: a run with its name, its plot, its history, its number."""

from __future__ import annotations

from dataclasses import dataclass

from manim import VGroup, VMobject

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_along
from scenes.parts.plot import Plot
from scenes.parts.runner import Runner
from scenes.parts.slope import slope_role
from scenes.parts.source import Source, figure, ink
from scenes.parts.strip import Strip
from scenes.parts.strokes import Points, arrow_outline, dashes, dot_points, line, set_lines, shape
from scenes.parts.window import Drawable, Window
from scenes.theme import STROKE, TYPE, units
from scenes.words import as_factor, fixed, number

HEAD, FOOT = 0.5, 0.68
"""Heights of the lines over and under a panel's picture, in units."""

LOWEST = 2.5
"""A picture lower than this has no room for a strip under its plot."""

ROOM = 0.12
"""Free space round a panel inside its light, in units."""

DOT = 1.1
"""Size of the dots in a panel's strip: many rows share little height."""


@dataclass(frozen=True)
class Cell:
    """Where the parts of a panel stand.

    Attributes
    ----------
    whole
        All of it.
    name, number
        The lines of the two; one and the same where the panel is low.
    plot, strip
        The picture's parts, strip being None where there is no room for it.
    """

    whole: Region
    name: Region
    number: Region
    plot: Region
    strip: Region | None

    @classmethod
    def of(cls, region: Region) -> Cell:
        """Cut a region into the parts of a panel."""
        tall = region.height - HEAD - FOOT
        above = region.inset(bottom=region.height - HEAD)
        if tall < LOWEST:
            return cls(region, above, above, region.inset(top=HEAD), None)
        middle = region.inset(top=HEAD, bottom=FOOT)
        plot, strip = middle.rows(1.25, 1.0, gap=0.06)
        return cls(region, above, region.inset(top=region.height - FOOT), plot, strip)

    @property
    def is_low(self) -> bool:
        """Whether name and number share a line."""
        return self.strip is None

    @property
    def baseline(self) -> float:
        """Where the number stands."""
        return self.number.bottom + (0.2 if self.is_low else 0.26)

    def write_name(self, words: Lettering) -> Lettering:
        """Put the name in its place."""
        if self.is_low:
            return words.place(self.name.left, self.baseline)
        return words.place(self.name.center[0], self.name.bottom + 0.16, "center")


class Light(VMobject):
    """A shade behind a panel that is talked about; its position is how much it is lit."""

    def __init__(self, look: Look, region: Region) -> None:
        color = look.theme.blend("muted", 0.84, floor=1)
        super().__init__(stroke_width=0, fill_color=color, fill_opacity=1)
        self.role, self.backdrop = "muted", True
        left, right, bottom, top = region.left, region.right, region.bottom, region.top
        rim = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
        set_lines(self, [rim])

    def show(self, level: float) -> None:
        """Light the panel by so much, from 0 to 1."""
        self.set_fill(opacity=level)


class Readout(VGroup):
    """Where a run is: ``x_n`` and its number, whose digits keep their places as the run goes on.

    Parameters
    ----------
    look, cell, trace
        The look, the panel's places, and the run of one variable.
    last
        The step at which the number stands in the middle.
    decimals
        How many of them are written.
    """

    def __init__(self, look: Look, cell: Cell, trace: Trace, last: int, decimals: int) -> None:
        super().__init__()
        self.look, self.cell, self.trace, self.decimals = look, cell, trace, decimals
        name, value = self._written(last)
        self.pivot = cell.number.center[0] + (name.advance - value.advance) / 2
        if cell.is_low:
            told = {0, 1, 2, last}
            self.pivot = cell.number.right - max(self._written(n)[1].advance for n in told)

    def _written(self, n: int) -> tuple[Lettering, Lettering]:
        n = min(n, len(self.trace.steps))
        value = figure(fixed(self.trace.points[n][0], self.decimals))
        return (
            self.look.math(f"x_{n} = #h(0.25em)", role="point"),
            self.look.math(value, role="point"),
        )

    def show(self, position: float) -> None:
        """Write where the run is at a position of the playhead."""
        name, value = self._written(max(int(position + 1e-9), 0))
        name.place(self.pivot, self.cell.baseline, "right")
        self.submobjects = [name, value.place(self.pivot, self.cell.baseline)]


class Tally(VGroup):
    """How many steps a run needs for something, counted up to the one that does it.

    Parameters
    ----------
    look, cell
        The look, and the panel's places.
    count
        The number of steps, or None where there is none.
    otherwise
        What is written then.
    """

    def __init__(self, look: Look, cell: Cell, count: int | None, otherwise: str) -> None:
        super().__init__()
        self.look, self.cell, self.count, self.otherwise = look, cell, count, otherwise

    def show(self, position: float) -> None:
        """Write how many steps have been made, up to the one that does it."""
        if self.count is None:
            written = [self.look.text(self.otherwise, size=TYPE.equation, role="warning")]
        else:
            n = min(int(position + 1e-9), self.count)
            role = "text" if n == self.count else "muted"
            written = [
                self.look.math(str(n), size=1.15 * TYPE.equation, role=role),
                self.look.text("step" if n == 1 else "steps", role="muted"),
            ]
        gap = 0.14
        wide = sum(part.advance for part in written) + gap * (len(written) - 1)
        place = self.cell.number
        left = place.right - wide if self.cell.is_low else place.center[0] - wide / 2
        for part in written:
            part.place(left, self.cell.baseline - (0.0 if self.cell.is_low else 0.06))
            left += part.advance + gap
        self.submobjects = list(written)


class Panel:
    """A run in a panel of its own: parts that rest, a curve, and parts that follow a playhead.

    Parameters
    ----------
    look, cell, trace
        The look, where it stands, and the run of one variable.
    function, window
        What is descended, and what all panels show of it.
    name
        What is written over it.
    rows, last, decimals
        The last step in the strip, the last one that is told, and the number's decimals.
    room
        Left of the plot, for the labels of those panels that have some.
    labelled
        Whether the panel writes numbers on the axes that go upward.
    minimum
        The x of the minimum, which the strip marks, or None.
    """

    def __init__(
        self,
        look: Look,
        cell: Cell,
        trace: Trace,
        function: Drawable,
        window: Window,
        name: str,
        *,
        rows: int,
        last: int,
        decimals: int,
        room: float,
        labelled: bool,
        minimum: float | None,
    ) -> None:
        self.look, self.cell, self.trace = look, cell, trace
        self.plot = Plot(
            look,
            cell.plot.inset(left=-room),
            window,
            x_name="",
            y_name="",
            y_ticks=None if labelled else (),
            left_room=room,
        )
        self.name = cell.write_name(look.text(name, size=TYPE.caption))
        self.frame = VGroup(self.plot, self.name)
        self.curve = self.plot.curve(function)
        self.runner = Runner(look, self.plot, trace, told=True)
        self.readout = Readout(look, cell, trace, last, decimals)
        self.strip: Strip | None = None
        self.mark = line(look, role="minimum", width=STROKE.axis)
        if cell.strip is not None:
            self.strip = Strip(
                look, self.plot, cell.strip, trace, rows=rows, numbered=labelled, dot=DOT
            )
            if minimum is not None:
                x, inner = self.plot.x(minimum), self.strip.inner
                set_lines(self.mark, dashes((x, inner.top), (x, inner.bottom)))
        strips = [] if self.strip is None else [self.strip]
        self.moving = VGroup(self.runner, *strips, self.readout)
        left = room if labelled else 0.0
        self.light = Light(look, cell.whole.inset(-left - ROOM, -ROOM, -ROOM, -ROOM / 2))
        self.end = float(len(trace.steps))

    def show(self, position: float) -> None:
        """Show the run at a position of the playhead."""
        for part in self.moving:
            part.show(position if position <= last_shown(self) else max(last_shown(self), 0.0))


def last_shown(panel: Panel) -> float:
    """Return the last position that a panel tells."""
    return panel.end

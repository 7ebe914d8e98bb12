"""One of several small pictures abreast: a run with its name, its plot, its history, its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from manim import VGroup, VMobject

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_names import name_axes
from scenes.parts.counters import Readout
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_along
from scenes.parts.plot import Plot
from scenes.parts.runner import Runner
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.strip import Strip
from scenes.parts.strokes import arrow_outline, dashes, dot_points, set_lines
from scenes.parts.window import Drawable, Window, ticks
from scenes.theme import STROKE, TYPE, stroke_width
from scenes.words import number

HEAD, FOOT, LOW_HEAD = 0.5, 0.68, 0.44
"""Heights of the lines over and under a panel's picture, and of the one line of a low panel."""

LOWEST = 2.5
"""A picture lower than this has no room for a strip under its plot."""

ROOM = 0.12
"""Free space round a panel inside its light, in units."""

DOT, GHOST = 1.1, 1.5
"""Sizes of the dots in a panel's strip and plot: many stand in little room."""

OVERHANG = 0.15
"""So far a number may reach beyond its axis, and so far apart are two of them, in units."""

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
        if region.height - HEAD - FOOT < LOWEST:
            above = region.inset(bottom=region.height - LOW_HEAD)
            return cls(region, above, above, region.inset(top=LOW_HEAD), None)
        above = region.inset(bottom=region.height - HEAD)
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
        return self.number.bottom + (0.16 if self.is_low else 0.24)

    def write_name(self, words: Lettering) -> Lettering:
        """Put the name in its place."""
        if self.is_low:
            return words.place(self.name.left, self.baseline)
        return words.place(self.name.center[0], self.name.bottom + 0.16, "center")

    def write(self, words: Any, deeper: float = 0.0) -> Any:
        """Put a number into its place, or deeper where it has a line of its own."""
        if self.is_low:
            return words.place(self.number.right, self.baseline, "right")
        return words.place(self.number.center[0], self.baseline - deeper, "center")


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


class Mark(VMobject):
    """Where the minimum is in a panel's strip; its position is how much of it is there."""

    def __init__(self, look: Look, strip: Strip, x: float) -> None:
        super().__init__(stroke_color=look.color("minimum"), stroke_width=stroke_width(STROKE.axis))
        self.role = "minimum"
        place, inner = strip.across.x(x), strip.inner
        set_lines(self, dashes((place, inner.top), (place, inner.bottom)))

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
    light, frame, curve, mark
        What rests: the shade behind it, the axes, the function, and where the minimum is, if said.
    moving
        What follows the playhead.
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
        self.plot = small_plot(look, cell, window, room, labelled=labelled)
        names = name_axes(look, self.plot, "x", "f(x)" if labelled else "")
        free = [title for title in names if not title.box.meets(self.name.box, -ROOM / 2)]
        self.frame = VGroup(self.plot, *free, self.name)
        self.curve = self.plot.curve(function)
        self.runner = Runner(look, self.plot, trace, told=True, ghost=GHOST)
        self.readout: Readout = cell.write(readout)
        self.strip: Strip | None = None
        self.mark: Mark | None = None
        if cell.strip is not None:
            self.strip = Strip(
                look, self.plot, cell.strip, trace, rows=rows, numbered=labelled, dot=DOT
            )
            if minimum is not None:
                self.mark = Mark(look, self.strip, minimum)
        self.moving = (self.runner, *([self.strip] if self.strip else []), self.readout)
        left = room if labelled else 0.0
        self.light = Light(look, cell.whole.inset(-left - ROOM, -ROOM, -ROOM, -ROOM / 2))

    def first_step(self, length: Lettering) -> VGroup:
        """Return the numbers of the first step, placed: its slope, and how long it becomes.

        Parameters
        ----------
        length
            Its length, which stands in the strip, or in place of the readout if there is none.
        """
        out = VGroup(length)
        if self.strip is None:
            self.cell.write(length)
        else:
            length.place(*self.strip.inner.center, "center", "middle")
        slope = self.trace.steps[0].gradient[0]
        words = self.look.text(f"slope {number(slope)}", role=slope_role(slope))
        outward = ("left", "right") if slope >= 0 else ("right", "left")
        for segment in self.runner.view.tangent_line(0):
            if place_along(words, segment[0], segment[-1], self._obstacles(), outward).is_free:
                out.add(words)
        return out

    def _obstacles(self) -> Obstacles:
        """Return what the numbers of the first step keep clear of."""
        view = self.runner.view
        clear = Obstacles(self.plot.inner)
        clear.add(self.frame, self.curve)
        for index in (0, 1):
            clear.add_points(dot_points([view.place(float(index))], STROKE.point)[:, :2])
            for guide in view.guide(index):
                clear.add_points(guide)
        for tangent in view.tangent_line(0):
            clear.add_points(tangent)
        clear.add_points(arrow_outline(*view.arrow_ends(0)))
        return clear


def small_plot(
    look: Look, cell: Cell, window: Window, room: float = 0.0, *, labelled: bool = True
) -> Plot:
    """Return the plot of a panel: few numbers, and names that cost no room."""
    inner = cell.plot.width - 0.1

    def marks(about: int) -> list[float]:
        """Return some numbers whose labels keep clear of each other and of the next panel."""
        every = ticks(window.left, window.right, about)
        kept: list[float] = []
        end = -OVERHANG
        for value in every[::2] if len(every) >= CROWD else every:
            middle = inner * (value - window.left) / (window.right - window.left)
            half = look.math(figure(number(value, 6)), size=TYPE.tick).advance / 2
            if middle - half >= end and middle + half <= inner + OVERHANG:
                kept.append(value)
                end = middle + half + OVERHANG
        return kept

    across = max((marks(about) for about in (5, 4, 3)), key=lambda few: (len(few) > 2, -len(few)))
    up: Sequence[float] | None = None if labelled else ()
    if labelled and cell.is_low:
        # The name of the axis needs the room between the first number and the last one.
        up = ticks(window.bottom, window.top, 2)
        up = [up[0], up[-1]] if len(up) > 1 else None
    return Plot(
        look,
        cell.plot.inset(left=-room),
        window,
        x_name="",
        y_name="",
        x_ticks=across,
        y_ticks=up,
        left_room=room,
    )

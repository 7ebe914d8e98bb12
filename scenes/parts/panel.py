"""One of several small pictures abreast: a run with its name, its plot, its history, its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import VGroup, VMobject

from gdcore import Trace
from scenes.layout import Layout, Region
from scenes.look import Look
from scenes.parts.axis_names import name_axes
from scenes.parts.lettering import Lettering, box_of
from scenes.parts.placing import Obstacles, place_along
from scenes.parts.plot import Plot
from scenes.parts.runner import Runner
from scenes.parts.slope import slope_role
from scenes.parts.source import Source, figure, ink
from scenes.parts.strip import Strip
from scenes.parts.strokes import arrow_outline, dashes, dot_points, line, set_lines, shape
from scenes.parts.window import Drawable, Window
from scenes.theme import STROKE, TYPE
from scenes.words import as_factor, fixed, number

HEAD, FOOT = 0.5, 0.68
"""Heights of the lines over and under a panel's picture, in units."""

LOWEST = 2.5
"""A picture lower than this has no room for a strip under its plot."""

NARROWEST = 2.9
"""Panels narrower than this go into two rows, in units."""

GAP = 0.5
"""Between two panels of a row, in units."""

ROOM = 0.12
"""Free space round a panel inside its light, in units."""

JOINT, END = 0.16, 0.08
"""How far a joint stands off panels, and off the numbers that it joins, in units."""

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


def cells(layout: Layout, many: int, room: float = 0.0) -> tuple[tuple[Cell, bool], ...]:
    """Return the cells of so many panels, and whether each stands first in its row.

    Parameters
    ----------
    layout, many
        The frame's regions, and how many panels there are: in one row if they can be.
    room
        Left of each row, for the labels of its first panel.
    """
    abreast = not layout.is_tall and layout.body.width >= many * NARROWEST
    columns = many if abreast else -(-many // 2)
    region = layout.body.inset(left=room, right=ROOM if abreast else 2 * JOINT)
    return tuple(
        (Cell.of(cell), index == 0)
        for row in region.rows(*[1.0] * -(-many // columns), gap=GAP - 0.1)
        for index, cell in enumerate(row.columns(*[1.0] * columns, gap=GAP))
    )[:many]


def label_room(look: Look, cell: Cell, window: Window, runs: Sequence[Trace]) -> float:
    """Return how much room the labels of a row's first panel need on its left."""
    plot = Plot(look, cell.plot, window, x_name="", y_name="")
    rooms = [plot.inner.left - cell.plot.left]
    if cell.strip is not None:
        rooms += [Strip.left_room(look, run) for run in runs]
    return max(rooms)


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
        names = name_axes(look, self.plot, "x", "f(x)" if labelled else "")
        self.frame = VGroup(self.plot, names, self.name)
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
        self.moving = (self.runner, *([self.strip] if self.strip else []), self.readout)
        left = room if labelled else 0.0
        self.light = Light(look, cell.whole.inset(-left - ROOM, -ROOM, -ROOM, -ROOM / 2))

    def first_step(self, factors: tuple[float, float] | None) -> VGroup:
        """Return the numbers of the first step: its slope, and how long it becomes.

        Parameters
        ----------
        factors
            What the step is the product of, or None to write the step alone.
        """
        step, clear = self.trace.steps[0], self._obstacles()
        view, slope = self.runner.view, step.gradient[0]
        out = VGroup()
        words = self.look.text(f"slope {number(slope)}", role=slope_role(slope))
        outward = ("left", "right") if slope >= 0 else ("right", "left")
        for segment in view.tangent_line(0):
            if place_along(words, segment[0], segment[-1], clear, outward).is_free:
                out.add(words)
        delta = ink("step", Source(f"${figure(number(step.delta[0], sign=True))}$"))
        alone = self.look.source(delta, role="step")
        if self.strip is None:
            place_along(alone, *view.arrow_ends(0), clear, ("above",))
            return out.add(alone)
        inner = self.strip.inner
        written = alone
        if factors is not None:
            rate, by = (number(factor) for factor in factors)
            turned = ink(slope_role(slope), Source(f"${figure(as_factor(by))}$"))
            product = f"${figure(number(-factors[0]))} dot$ {turned} $=$ {delta}"
            written = self.look.source(Source(product))
            if written.advance > inner.width:
                written = alone
        return out.add(written.place(inner.center[0], inner.center[1], "center", "middle"))

    def _obstacles(self) -> Obstacles:
        """Return what the first step's numbers keep clear of."""
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


def joint(look: Look, one: Panel, other: Panel) -> VMobject:
    """Return a line that joins the numbers of two panels; none where it would cross a third one.

    It runs under the numbers of panels in one row, over them where the picture is under them, and
    beside those of panels in one column.
    """
    out = line(look, role="text", width=0.75 * STROKE.curve)
    first, last = (box_of(panel.readout) for panel in (one, other))
    rows = abs(one.cell.baseline - other.cell.baseline) > 1e-6
    columns = abs(one.cell.whole.left - other.cell.whole.left) > 1e-6
    if rows and columns:
        return out
    if rows:
        x = one.cell.whole.right + JOINT
        return set_lines(
            out,
            [
                [
                    (first.right + END, first.center[1]),
                    (x, first.center[1]),
                    (x, last.center[1]),
                    (last.right + END, last.center[1]),
                ]
            ],
        )
    low = one.cell.is_low
    ends = max(first.top, last.top) + END if low else min(first.bottom, last.bottom) - END
    y = ends + END if low else ends - END
    return set_lines(
        out,
        [
            [
                (first.center[0], ends),
                (first.center[0], y),
                (last.center[0], y),
                (last.center[0], ends),
            ]
        ],
    )

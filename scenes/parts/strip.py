"""The history of a run in a strip of its own: x across, the step's number downward."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from manim import LineJointType, VGroup

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import GAPS, Obstacles, place_near
from scenes.parts.plot import clip
from scenes.parts.source import Source, figure, join, math
from scenes.parts.spread import sparse_ticks
from scenes.parts.step import LANDED, SCALED, locate, part_of
from scenes.parts.strokes import Points, dashed, dot_points, dots, line, set_lines, thin, thin_dots
from scenes.parts.trail import within
from scenes.parts.window import Window, roomy_ticks, ticks
from scenes.theme import STROKE, TYPE, stroke_width, units
from scenes.words import number

FEWEST_ROWS = 6
"""A strip of a shorter run has so many rows nevertheless: a step must not look like a fall."""

STEP = join("step n")
"""The name of the axis of n."""

OVERHANG = 0.18
"""So far a number of a ruler may reach beyond it, in units."""

NUMBER_GAP = 0.18
"""Between the numbers of the rows and the axis, in units."""

DOT = 1.6
"""Size of the rows' dots, in % of the frame's shorter side."""

LAST = 1.15 * STROKE.ghost
"""Size of the dot of the last row."""

MARK = 0.08
"""Length of a tick mark of the rows, in units."""

RING = 1.45
"""So large are the rings of a run that is compared, in parts of the dots that they go round."""

RIM = 0.36
"""How thick these rings are drawn, in % of the frame's shorter side."""

MANY, FEW = 10, 4
"""Of more rows than this no more than so many have a number, but for the first one."""


class Across(Protocol):
    """What gives a strip its x-axis: a `Plot`, or a `Ruler`."""

    window: Window
    inner: Region
    x_ticks: Sequence[float]

    def x(self, value: float) -> float:
        """Return the frame's x of a data value."""


class Ruler(VGroup):
    """An x-axis of its own, for a strip that stands under no plot.

    Parameters
    ----------
    look, region, window
        The look, where the strip is to stand above the ruler, and the data that it spans.
    name
        Typst mathematics for the axis's name, which stands beyond its end; none if empty.
    numbers
        What it has numbers at, or None for round ones.
    corner
        Nearer to its left end, in units, there are no round ones.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        window: Window,
        name: str = "",
        numbers: Sequence[float] | None = None,
        corner: float = 0.0,
    ) -> None:
        super().__init__()
        em = units(TYPE.tick)
        self.window = window
        self.inner = region.inset(bottom=0.2 + 0.95 * em)
        left, right, y = self.inner.left, self.inner.right, self.inner.bottom
        axis = line(look, role="axis")
        marks = [[(left, y), (right, y)]]
        self.add(axis)
        if name:
            self.add(look.math(name, role="muted").place(right + 0.1, y, on="middle"))

        def label(value: float) -> Lettering:
            return look.math(figure(number(value, 6)), size=TYPE.tick, role="muted")

        low, high = window.left, window.right
        if numbers is None:
            length, first = right - left, low + corner / (right - left) * (high - low)

            def wide(value: float) -> float:
                return label(value).advance

            numbers = [x for x in roomy_ticks(low, high, length, wide, 5) if x >= first]
            if len(numbers) < 2:
                numbers = sparse_ticks(first, high, length - corner, (), wide)
        self.x_ticks = tuple(value for value in numbers if low <= value <= high)
        for value in self.x_ticks:
            x = self.x(value)
            marks.append([(x, y), (x, y - 0.1)])
            written = label(value).place(x, y - 0.18 - 0.66 * em, "center")
            # A number may stand half out at the ends; farther, it would meet what is beside.
            if (
                region.left - OVERHANG
                < written.box.left
                < written.box.right
                < region.right + OVERHANG
            ):
                self.add(written)
        set_lines(axis, marks)

    def x(self, value: float) -> float:
        """Return the frame's x of a data value."""
        part = (value - self.window.left) / (self.window.right - self.window.left)
        return self.inner.left + part * self.inner.width


class Strip(VGroup):
    """The history of one coordinate: x across, the step's number downward.

    A chord from one row to the next says that the walker flew; rows are shared with nothing else.
    `show` draws the history up to the playhead.

    Parameters
    ----------
    look, across, region
        The look, what gives the x-axis (the plot above, or a ruler), and where the strip is.
    trace
        The run.
    role
        The colour; the point's own run wears the trail's.
    rows
        The last step that has a row; None for the run's own.
    growing
        Whether the rows fill the strip from the first steps on, and close up as more are taken.
    dash
        Draw the chords dashed and rings instead of dots, for a run that is compared.
    numbered
        Draw the axis of n with its numbers; a second run in the same rows goes without.
    dot
        Size of the rows' dots.
    foot
        Room under the rows, in units.
    name, name_size, aside
        Typst source of the name of the axis of n, none if empty, its size, and how far before the
        axis it may end, in units, where its numbers leave room for that.
    lit
        Whether all of the run wears its full colour, and not only its last row.
    over
        From the first row up to the foot of the names over the strip, in units.
    last
        Size of the last row's dot, where not all rows are lit.

    Attributes
    ----------
    beside
        Where the name of the axis of n ends.
    numbers
        The written numbers of some rows, by their row.
    """

    def __init__(
        self,
        look: Look,
        across: Across,
        region: Region,
        trace: Trace,
        role: str = "point",
        rows: int | None = None,
        growing: bool = False,
        dash: bool = False,
        numbered: bool = True,
        dot: float = DOT,
        foot: float = 0.0,
        name: str = math("n"),
        name_size: float = TYPE.label,
        aside: float = 0.0,
        lit: bool = False,
        over: float = 0.2,
        last: float = LAST,
    ) -> None:
        super().__init__()
        self.look, self.across, self.dash, self.role = look, across, dash, role
        # A ring leaves the run in sight that this one is compared with, where both have one place.
        larger = RING if dash else 1.0
        self.dot, self.foot, self.over = dot * larger, foot, over
        self.window: Window | None = None
        self.numbered = 0.0
        self.rows = rows or _row_count(trace)
        self.growing, self.shown = growing, float(FEWEST_ROWS if growing else self.rows)
        bottom = region.bottom + (foot or 0.12)
        self.inner = Region(across.inner.left, bottom, across.inner.right, region.top - over)
        self.xs = np.array([point[0] for point in trace.points[: self.rows + 1]])
        quiet = "trail" if role == "point" and not lit else role
        self.beside = self.inner.left
        self.axis = line(look, role="axis")
        # First the numbers of so many rows as are shown at first, if few of the others are there.
        self.numbers = _row_numbers(look, self.rows) if numbered else {}
        late = growing and numbered and sorted(self.numbers)[:3][-1] > FEWEST_ROWS
        self.few = _row_numbers(look, FEWEST_ROWS) if late else {}
        self.frame = self._frame(name, name_size, aside) if numbered else VGroup()
        self.chord = line(look, role=quiet, width=0.4 if dash else 0.35)
        # Chords turn back so sharply that their corners would stick out of the dots.
        self.chord.joint_type = LineJointType.ROUND
        self.marks, self.head = dots(look, role=quiet), dots(look, role=role)
        if dash:
            for rings in (self.marks, self.head):
                rings.set_fill(look.color("background")).set_stroke(
                    look.color(role), stroke_width(RIM)
                )
        # Where all rows are lit, the last one needs no more room than the others.
        self.size = self.dot if lit or dash else last
        self.add(self.frame, self.chord, self.marks, self.head)
        self.refresh()

    def row(self, n: float) -> float:
        """Return the y of a step's row."""
        return self.inner.top - n / self.shown * self.inner.height

    @property
    def wide(self) -> Region:
        """The strip with room for dots at its edges."""
        return self.inner.inset(-0.03, -0.1, -0.03, -0.1)

    def _frame(self, source: str, size: float, aside: float) -> VGroup:
        name = self.look.source(Source(source), size, role="muted")
        # At the end of the axis, clear of the number beside it, and no farther out than these.
        out = min(name.advance + aside, self.room_for(self.look, self.rows))
        name.place(self.inner.left - out, self.inner.top + self.over)
        self.beside = name.origin[0] + name.advance
        return VGroup(self.axis, *self.numbers.values(), *self.few.values(), name)

    def _number(self) -> None:
        """Put the numbers of the rows beside these, as far as they are shown."""
        left, few = self.inner.left, self.few
        lines = [[(left, self.inner.top), (left, self.inner.bottom)]]
        # The first ones are gone before the others come.
        pace = min(FEWEST_ROWS, (self.rows - FEWEST_ROWS) / 2)
        past = (self.shown - FEWEST_ROWS) / pace if few else 2.0
        for named, strength in ((self.numbers, past - 1), (few, 1 - past)):
            for n, written in named.items():
                there = 1.0 if n == 0 and named is not few else strength * (n > 0)
                # A number comes in with the edge that reaches its row.
                there = min(max(there, 0.0), 1.0, max(1 + 2 * (self.shown - n), 0.0))
                if n <= self.shown and there > 0:
                    lines.append([(left, self.row(n)), (left - MARK, self.row(n))])
                written.place(left - NUMBER_GAP, self.row(n), "right", "middle")
                written.set_fill(opacity=there)
        set_lines(self.axis, lines)

    @staticmethod
    def left_room(look: Look, trace: Trace) -> float:
        """Return how much room the numbers of a run's rows need left of the axis."""
        return Strip.room_for(look, _row_count(trace))

    @staticmethod
    def room_for(look: Look, rows: int) -> float:
        """Return how much room the numbers of so many rows need left of the axis."""
        numbers = _row_numbers(look, rows).values()
        return NUMBER_GAP + max(written.advance for written in (*numbers, look.math("n")))

    def refresh(self) -> None:
        """Find the places of all rows anew where the window is another one, or their number."""
        if self.across.window is self.window and self.shown == self.numbered:
            return
        self.window, self.numbered = self.across.window, self.shown
        self._number()
        places = [self.across.x(x) for x in self.xs]
        self.centers = np.column_stack([places, [self.row(n) for n in range(len(places))]])
        self.kept = np.array(thin(self.centers))
        index = np.flatnonzero(within(self.centers, self.wide))
        index = index[thin_dots(self.centers[index], self.dot)]
        self.births, self.outlines = index, dot_points(self.centers[index], self.dot)

    def path(self, position: float) -> Points:
        """Return the corners (n, 2) of the history up to a position of the playhead."""
        steps = len(self.centers) - 1
        index, phase = locate(min(position, float(steps)), steps)
        done = self.centers[self.kept[self.kept <= index]]
        done = done if len(done) and (done[-1] == self.centers[index]).all() else np.vstack(
            [done, self.centers[index]]
        )  # fmt: skip
        reached = part_of(phase, SCALED, LANDED)
        if not steps or reached == 0:
            return done
        here, there = self.centers[index : index + 2]
        return np.vstack([done, here + (there - here) * reached])

    def show(self, position: float) -> None:
        """Draw the history up to a position of the playhead."""
        if self.growing:
            self.shown = min(max(position, float(FEWEST_ROWS)), float(self.rows))
        self.refresh()
        path = self.path(position)
        pieces = [path] if within(path, self.wide).all() else clip(path, self.wide)
        if self.dash:
            pieces = [dash for piece in pieces for dash in dashed(piece)]
        set_lines(self.chord, pieces)
        index, phase = locate(min(position, len(self.centers) - 1.0), len(self.centers) - 1)
        born = int(np.searchsorted(self.births, index + (phase >= 1), side="right"))
        self.marks.points = self.outlines[: 16 * born]
        end = path[-1:]
        self.head.points = dot_points(end[within(end, self.wide)], self.size)

    def label(
        self, words: Lettering, clear: Obstacles, side: str, gaps: Sequence[float] = GAPS
    ) -> Lettering | None:
        """Put words beside the run's lower rows, or return None where there is no room for them."""
        last = len(self.centers) - 1
        rows = np.linspace(0.3, 0.9, 13) * last
        outer = np.minimum if side == "left" else np.maximum
        # Of a run that jumps, the outer ends are what the words stand beside; or between two.
        ends = outer(self.centers[:-1, 0], self.centers[1:, 0]) if last else self.centers[:, 0]
        outside = np.arange(len(ends)) + 0.5 * bool(last), ends
        inner = self.inner
        prefer = (side, f"above {side}", f"below {side}")
        for at, ends in (outside, (np.arange(last + 1), self.centers[:, 0])):
            xs = np.clip(np.interp(rows, at, ends), inner.left, inner.right)
            anchors = np.column_stack([xs, list(map(self.row, rows))])
            place_near(words, anchors, clear.copy(), prefer, gaps, only=True)
            if clear.trouble(words.box) == 0:
                clear.add(words)
                return words
        return None


def _row_count(trace: Trace) -> int:
    return max(FEWEST_ROWS, len(trace.steps))


def _row_numbers(look: Look, rows: int) -> dict[int, Lettering]:
    """Return the written numbers of some rows."""
    shown = [int(n) for n in ticks(0, rows, 3) if n == int(n)]
    if rows > MANY and len(shown) > FEW:
        shown = shown[::2]
    return {n: look.math(f"{n}", size=TYPE.minimum, role="muted") for n in shown}

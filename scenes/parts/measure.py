"""Distances to a minimum, measured under the x-axis of a plot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject

from gdcore import Step
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import TICK, Plot
from scenes.parts.source import figure, math
from scenes.parts.strokes import Points, line, outside, set_lines
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

END = 0.09
"""Half the length of an end mark, in units."""

BELOW = 0.27
"""From the tick labels' foot down to the first bar, in units."""

ROW = 0.42
"""From one bar down to the next, in units."""

ROOM = BELOW + ROW + 0.12
"""What two bars need below a plot, in units."""

INSIDE, STUB = 0.6, 0.18
"""What a bar has beside its number, and on each side at least, to be seen as one, in units."""

UNDER = 0.33
"""From a bar down to the middle of a number under it, in units: it belongs to the bar."""

OVERHANG = 0.3
"""So far a number may stand beyond the plot, in units."""

WIDTH, HEIGHT, PART = 0.5, 0.26, 0.13
"""How thick the mark of a minimum is, in % of the frame's shorter side, how high it is in units,
and in parts of a plot that is low: there it would come up to the levels that are told."""

CLEAR = 0.03
"""Between the mark and a point that stands in front of it, in units."""

NAME_GAPS = (0.1, 0.2, 0.3, 0.45, 0.6)
"""From the mark of a minimum up to its name, in units, the best first."""


def bar_height(plot: Plot, row: int = 0) -> float:
    """Return the y of a bar under the tick labels of a plot."""
    foot = plot.inner.bottom - TICK - 0.08 - 0.66 * units(plot.tick_size)
    return foot - BELOW - row * ROW


class Distance(VGroup):
    """How far two places of the x-axis are apart: a bar with end marks, and its number in it.

    Parameters
    ----------
    look, plot
        The look, and what gives the places.
    start, end
        Data x.
    y
        Where the bar lies, in units.
    role
        The colour.
    written
        What stands in the bar instead of its length, the best first, as far as there is room.
    deep
        Whether there is so much room under the bar that a number too long for it stands there
        rather than in smaller type.

    Attributes
    ----------
    is_deep
        Whether its number stands under the bar.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        start: float,
        end: float,
        y: float,
        role: str = "minimum",
        written: Sequence[Lettering] = (),
        deep: bool = False,
    ) -> None:
        super().__init__()
        inner = plot.inner
        ends = (float(np.clip(plot.x(x), inner.left, inner.right)) for x in (start, end))
        left, right = sorted(ends)
        self.bar = line(look, role=role, width=STROKE.curve * 0.75)
        every = written or [look.math(figure(number(abs(end - start))), role=role)]
        fitting = (
            words
            if deep
            else look.fitted(words, right - left - INSIDE, words.size_percent, TYPE.tick)
            for words in every
        )
        self.is_deep, room = False, right - left - 2 * STUB
        inside = next((words for words in fitting if words.advance < room), None)
        self.label = inside or every[-1]
        middle, half = (left + right) / 2, self.label.advance / 2 + 0.08
        pieces = [[(x, y - END), (x, y + END)] for x in (left, right)]
        if inside:
            pieces += [[(left, y), (middle - half, y)], [(middle + half, y), (right, y)]]
            self.label.place(middle, y, "center", "middle")
        else:
            # Too short for its number: that stands beyond the place where it is measured from, on
            # the other side where it would leave the plot, and else below.
            pieces.append([(left, y), (right, y)])
            wide, after = self.label.advance + 0.12, plot.x(start) > plot.x(end)
            free = {True: inner.right + OVERHANG - right, False: left - inner.left + OVERHANG}
            sides = [side for side in (after, not after) if free[side] >= wide and not deep]
            self.is_deep = not sides
            if sides:
                x = right + 0.12 if sides[0] else left - 0.12
                self.label.place(x, y, "left" if sides[0] else "right", "middle")
            else:
                if not deep:
                    # Wider than the bar it would be taken for a line of what stands below.
                    self.label = look.fitted(
                        self.label, right - left, self.label.size_percent, TYPE.tick
                    )
                half = self.label.advance / 2
                middle = min(max(middle, inner.left + half), inner.right + OVERHANG - half)
                self.label.place(middle, y - UNDER, "center", "middle")
        set_lines(self.bar, pieces)
        self.add(self.bar, self.label)


class Comparison(VGroup):
    """The distance from a step's start to the minimum, and from there to where it lands.

    Both are measured in a second row under the tick labels, so that they are seen against the step
    in the first one.

    Parameters
    ----------
    look, plot
        The look, and the plot, with `ROOM` below it.
    step, minimum
        The step of a run of one variable, and the x of the minimum.
    beyond
        Whether the way from the minimum to the landing is measured too.
    """

    def __init__(
        self, look: Look, plot: Plot, step: Step, minimum: float, *, beyond: bool = False
    ) -> None:
        super().__init__()
        for (x,) in (step.point, step.next_point)[: 1 + beyond]:
            # A number alone, under another one, would be taken for an x.
            size = figure(number(abs(x - minimum)))
            words = look.text("distance ", math(size), role="minimum")
            written = words, look.math(size, role="minimum")
            y = bar_height(plot, 1)
            self.add(Distance(look, plot, x, minimum, y, written=written))


class MinimumMark(VGroup):
    """Where the minimum is on the x-axis: an upright line, seen also where an arrow passes.

    Parameters
    ----------
    look, plot, minimum
        The look, the plot, and the x of the minimum.
    arrows
        What may pass over it: there it has the background round it.
    point
        What it stays behind: the point of the run.

    Attributes
    ----------
    strength
        How much of it is there.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        minimum: float,
        arrows: Sequence[VMobject] = (),
        point: VMobject | None = None,
    ) -> None:
        super().__init__()
        self.plot, self.minimum, self.arrows, self.point = plot, minimum, arrows, point
        self.strength = 1.0
        self.ground = line(look, role="background", width=2.4 * WIDTH)
        # It only hides what it lies on.
        self.ground.backdrop = True
        self.line = line(look, role="minimum", width=WIDTH)
        self.add(self.ground, self.line)
        self.show(0.0)

    @property
    def height(self) -> float:
        """How far it goes up from the axis, in units."""
        return min(HEIGHT, PART * self.plot.inner.height)

    def show(self, position: float) -> None:
        """Stand where the minimum is in the window as it is now."""
        inner, x = self.plot.inner, self.plot.x(self.minimum)
        foot, head = (x, inner.bottom - TICK), (x, inner.bottom + self.height)
        seen = inner.left <= x <= inner.right and self.strength > 0
        set_lines(self.line, self._before_point([foot, head]) if seen else [])
        self.line.set_stroke(opacity=self.strength)
        over = units(STROKE.arrow) / 2 + 0.01
        ends = [(x, inner.bottom - over), (x, inner.bottom + over)]
        strength = max(
            (arrow.get_fill_opacity() for arrow in self.arrows if _spans(arrow, x)), default=0.0
        )
        set_lines(self.ground, [ends] if seen and strength else [])
        self.ground.set_stroke(opacity=strength * self.strength)

    def _before_point(self, upright: Sequence[tuple[float, float]]) -> list[Points]:
        """Return what of the mark is not hidden by the point: it lies over the arrows."""
        if self.point is None or not len(self.point.points):
            return [np.array(upright)]
        outline = self.point.points[:, :2]
        middle = (outline.min(axis=0) + outline.max(axis=0)) / 2
        radius = float(np.ptp(outline[:, 0])) / 2
        if abs(middle[0] - upright[0][0]) > radius + units(WIDTH) / 2:
            return [np.array(upright)]
        return outside(upright, middle, radius + CLEAR)

    def word(self, look: Look, clear: Obstacles) -> Lettering | None:
        """Return the name of the minimum over its mark, or None where it has no room."""
        inner, x = self.plot.inner, self.plot.x(self.minimum)
        if not inner.left <= x <= inner.right:
            return None
        for size in (TYPE.label, TYPE.tick):
            words = look.text("minimum", size=size, role="minimum")
            place_near(
                words,
                (x, inner.bottom + self.height),
                clear.copy(),
                ("above",),
                NAME_GAPS,
                only=True,
            )
            if words.is_free:
                return words
        return None


def _spans(arrow: VMobject, x: float) -> bool:
    """Whether an arrow along the axis passes over a place."""
    across = arrow.points[:, 0]
    return len(across) > 0 and bool(across.min() < x < across.max())

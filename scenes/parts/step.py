"""One step of descent, always the same three moves: measure the slope, scale it, land.

The step lives on the x-axis: the tangent is measured at the point, its slope times the rate
becomes a solid arrow along the axis, and the point drops to the axis, goes along the arrow and
rises back to the curve. Dotted guides tie the two places together.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from manim import VGroup, VMobject
from manim.utils.rate_functions import smooth

from gdcore import Trace
from scenes.look import Look
from scenes.parts.plot import Plot, clip
from scenes.parts.strokes import (
    Points,
    dashes,
    dot_points,
    line,
    outside,
    set_arrow,
    set_lines,
    shape,
)
from scenes.parts.tangents import OVER_AXIS, TANGENT_LENGTH, above_axis, tangent_segment
from scenes.theme import STROKE, units

MEASURED, SCALED, DROPPED, SLID, LANDED = 0.25, 0.5, 0.64, 0.84, 1.0
"""Where in a step each move is done, in parts of the step."""

FUSED = 0.1
"""Guides nearer to each other than that look like one: the second is left out, in units."""

SLIM = 0.4
"""How wide a tangent is drawn in a small plot, in % of the side: less than the curve, which is seen
under it."""

TANGENT_AIR = 0.05
"""Between a tangent and a point that has landed beside it, in units."""

RIM = 0.4
"""So wide is the background round an arrow whose tip lies on the point, or, in a small plot, round
a point at the tip of its arrow, in % of the side."""


def locate(position: float, steps: int) -> tuple[int, float]:
    """Return the step that a playhead is in and how much of it is done, in (0, 1].

    At a whole number the step that has just landed is still the one that is shown.

    Examples
    --------
    >>> locate(0.0, 5), locate(2.0, 5), locate(2.5, 5), locate(9.0, 5)
    ((0, 0.0), (1, 1.0), (2, 0.5), (4, 1.0))
    """
    if position <= 0 or steps == 0:
        return 0, 0.0
    position = min(position, float(steps))
    index = int(np.ceil(position - 1e-9)) - 1
    return index, min(position - index, 1.0)


def part_of(phase: float, start: float, end: float) -> float:
    """Return how much of a move is done, eased, when it lasts from start to end of a step."""
    return float(smooth(min(max((phase - start) / (end - start), 0.0), 1.0)))


class StepView(VGroup):
    """The step in progress: tangent, guides, arrow and point, as a function of the playhead.

    Parameters
    ----------
    look, plot, trace
        The look, where to draw, and the run of one variable whose steps are shown.
    told
        The steps whose tangent is drawn. The others pass with arrow and point alone, as nobody
        could read a tangent that stands for a tenth of a second. None means all of them.
    tangent_length
        Length of the tangents in units; None for one that suits the plot.
    tangent_reach
        Instead of a length: how far they go downhill and uphill, in diagonals of the plot as it
        stands. Uphill a tangent can hug the curve for long.
    staying
        The steps whose tangent is there after the landing too; None means all of them.
    role
        The colour of the point.
    lasting
        Whether the steps that are not told leave arrow and guides behind too, until the next one.
        Else the point takes the arrow along, and steps that follow each other fast do not flicker.
    plumbed
        Whether the way down from a step's start is there before its arrow is.
    diameter
        Of the point, in % of the frame's shorter side.
    through
        Whether a tangent that stays goes on under the point that has landed, and beyond.
    over_axis
        How far over the axis tangents end, in units.
    halfway
        Whether a tangent that stays ends half way across the step once the point has landed: where
        it hugs the curve, it would look like a line through both points.
    small
        Whether to draw for a small plot: tangents are thin, and arrows lie under the point.

    Attributes
    ----------
    front
        The point, and over it the arrows: they end where a step does, and no point hides that. In
        a small plot, where a head would hide most of the point, that is the last.
    reaches
        How far tangents go that do not go as far as the others, by their step.
    hush
        What is no longer talked about: at 2n + 1 the tangent of step n is gone, at 2n + 2 its arrow
        and guides are.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        trace: Trace,
        told: Sequence[int] | None = None,
        tangent_length: float | None = None,
        role: str = "point",
        lasting: bool = True,
        tangent_reach: tuple[float, float] | None = None,
        staying: Collection[int] | None = None,
        plumbed: bool = False,
        diameter: float = STROKE.point,
        through: bool = False,
        over_axis: float = OVER_AXIS,
        halfway: bool = False,
        small: bool = False,
    ) -> None:
        super().__init__()
        self.look, self.plot, self.lasting = look, plot, lasting
        self.diameter, self.plumbed = diameter, plumbed
        self.through, self.over_axis = through, over_axis
        self.halfway, self.small = halfway, small
        steps = trace.steps
        self.told = set(range(len(steps)) if told is None else told)
        self.tangent_length = tangent_length or TANGENT_LENGTH * plot.inner.height
        self.tangent_reach, self.staying = tangent_reach, staying
        self.reaches: dict[int, tuple[float, float]] = {}
        self.xs = np.array([point[0] for point in trace.points])
        self.fs = np.array(trace.values)
        self.slopes = np.array([gradient[0] for gradient in trace.gradients])
        width = SLIM if small else STROKE.tangent
        self.last_tangent, self.tangent = (line(look, width=width) for _ in range(2))
        self.last_guides, self.guides = (line(look, role="muted") for _ in range(2))
        self.last_arrow, self.arrow = (shape(look, role="step") for _ in range(2))
        self.rim = shape(look, role="background")
        self.point = shape(look, role=role)
        self.hush = 0.0
        self.add(self.last_guides, self.guides, self.last_tangent, self.tangent)
        arrows = self.last_arrow, self.arrow
        self.front: tuple[VMobject, ...] = (self.point, self.rim, *arrows)
        if small:
            self.front = (self.rim, *arrows, self.point)
        self.add(*self.front)

    @property
    def steps(self) -> int:
        """How many steps the run has."""
        return len(self.xs) - 1

    def show(self, position: float) -> None:
        """Draw the run at a position of the playhead; past the last step its arrow fades."""
        index, phase = locate(position, self.steps)
        stays = 1 - part_of(position - self.steps, 0.0, MEASURED) if self.steps else 1.0
        place = self.place(position)
        self._draw_step(self.tangent, self.guides, self.arrow, index, phase, stays, place)
        leaving = 1 - part_of(phase, 0.0, 0.6 * MEASURED)
        last = self.last_tangent, self.last_guides, self.last_arrow
        # Drawn even when it is not seen: else it would keep the look of whichever frame was drawn
        # last, and a segment would not be found again in the cache.
        self._draw_step(*last, max(index - 1, 0), 1.0, leaving if index else 0.0, place)
        if not index or leaving <= 0:
            for mobject in last:
                mobject.points = np.zeros((0, 3))
        self.point.points = dot_points([place] if self.in_plot(place) else [], self.diameter)

    def place(self, position: float) -> Points:
        """Return where the point is, in units."""
        index, phase = locate(position, self.steps)
        start = self.plot.at(self.xs[index], self.fs[index])
        if phase <= SCALED:
            return self._held(start)
        end = self.plot.at(self.xs[index + 1], self.fs[index + 1])
        floor = self.plot.inner.bottom
        down = part_of(phase, SCALED, DROPPED)
        along = part_of(phase, DROPPED, SLID)
        up = part_of(phase, SLID, LANDED)
        x = start[0] + (end[0] - start[0]) * along
        y = start[1] + (floor - start[1]) * down if up == 0 else floor + (end[1] - floor) * up
        return self._held(np.array([x, y]))

    def in_plot(self, point: Points) -> bool:
        """Whether a point can be seen: a run that leaves the window leaves the picture."""
        inner, rim = self.plot.inner, units(STROKE.point) / 2
        across = inner.left - rim <= point[0] <= inner.right + rim
        return bool(across and inner.bottom - rim <= point[1] <= inner.top + rim)

    def _held(self, point: Points) -> Points:
        """Return a point, far outside the frame rather than at infinity."""
        return np.clip(np.nan_to_num(point, nan=1e3, posinf=1e3, neginf=-1e3), -1e3, 1e3)

    def _draw_step(
        self,
        tangent: VMobject,
        guides: VMobject,
        arrow: VMobject,
        index: int,
        phase: float,
        opacity: float,
        place: Points,
    ) -> None:
        if self.steps == 0 or index not in self.told:
            measured = 0.0
        else:
            measured = part_of(phase, 0.0, MEASURED)
        stays = self.staying is None or index in self.staying
        landed = part_of(phase, SLID, LANDED) if self.steps else 0.0
        kept = 1.0 if stays else 1 - landed
        self._draw_tangent(tangent, index, measured, landed)
        scaled = part_of(phase, MEASURED, SCALED) if self.steps else 0.0
        fleeting = not self.lasting and index not in self.told
        gone = part_of(phase, DROPPED, SLID) if fleeting else 0.0
        start, tip = self.arrow_ends(index, scaled, gone)
        covering = self._covering(index, phase)
        set_arrow(arrow, start, tip)
        lines: list[Points] = []
        if (scaled > 0 or (self.plumbed and self.steps)) and not fleeting:
            lines += self.guide(index, 1.0)
            if phase > SLID and not self._fused(index):
                lines += self.guide(index + 1, part_of(phase, SLID, LANDED))
        set_lines(guides, lines)
        hush = self.hush - 2 * index
        dim = opacity * (1 - min(max(hush - 1, 0.0), 1.0))
        tangent.set_stroke(opacity=opacity * kept * (1 - min(max(hush, 0.0), 1.0)))
        guides.set_stroke(opacity=dim)
        seen = dim * self._uncovered(index, place)
        arrow.set_fill(opacity=seen)
        # An arrow that leaves takes its rim along: the next one needs none so early.
        if arrow is self.arrow or opacity > 0:
            self._set_rim(start, tip, place, covering)
            self.rim.set_fill(opacity=seen)

    def _covering(self, index: int, phase: float) -> float:
        """Return how much of the point's width lies at the tip of its arrow, from 0 to 1."""
        over = self._landing(index)[1] - self.plot.inner.bottom
        return part_of(phase, DROPPED, SLID) * self._chord(part_of(phase, SLID, LANDED) * over)

    def _chord(self, over: float) -> float:
        """Return what part of its width a point covers of the axis that it stands so far over."""
        return math.sqrt(max(1 - (over / (units(self.diameter) / 2)) ** 2, 0.0))

    def _uncovered(self, index: int, place: Points) -> float:
        """Return how much is seen of an arrow, from 0 to 1, when the point is at a place.

        One that is shorter than the point would be a speck on it where the point covers it.
        """
        start, tip = self.arrow_ends(index)
        if abs(float(tip[0] - start[0])) >= units(self.diameter):
            return 1.0
        return 1 - self._chord(float(place[1]) - self.plot.inner.bottom)

    def _set_rim(self, start: Points, tip: Points, place: Points, covering: float) -> None:
        """Set off the arrow from the point; or, in a small plot, both from the curve there.

        There the arrow is seen to reach the point, which hides its tip.
        """
        wide, long = covering * RIM, np.sign(tip - start) * covering * units(RIM)
        outline = set_arrow(
            self.rim, start, tip + long, STROKE.arrow + 2 * wide, STROKE.arrow_head + 2 * wide
        )
        if self.small:
            outline.points = dot_points([place], self.diameter + 2 * wide)
        if not wide:
            outline.points = np.zeros((0, 3))

    def _landing(self, index: int) -> Points:
        """Return where the point lands after a step."""
        end = min(index + 1, self.steps)
        return self._held(self.plot.at(self.xs[end], self.fs[end]))

    def arrow_ends(
        self, index: int, grown: float = 1.0, gone: float = 0.0
    ) -> tuple[Points, Points]:
        """Return start and tip of a step's arrow, inside the plot, a part of it gone already."""
        start = self._held(self.plot.on_axis(self.xs[index]))
        end = self._held(self.plot.on_axis(self.xs[min(index + 1, self.steps)]))
        start, tip = start + (end - start) * gone, start + (end - start) * grown
        for place in (start, tip):
            place[0] = np.clip(place[0], self.plot.inner.left, self.plot.inner.right)
        return start, tip

    def _fused(self, index: int) -> bool:
        """Whether both guides of a step would look like one."""
        start, tip = self.arrow_ends(index)
        return abs(float(tip[0] - start[0])) < FUSED

    def guide(self, index: int, grown: float = 1.0) -> list[Points]:
        """Return the dotted line from the axis up to an iterate, as far as the plot goes."""
        inner = self.plot.inner
        top = self._held(self.plot.at(self.xs[index], self.fs[index]))
        if not inner.left - 0.2 <= top[0] <= inner.right + 0.2 or not np.isfinite(self.fs[index]):
            return []
        height = min(top[1], inner.top) - inner.bottom
        if height <= 0.05:
            return []
        base = np.array([top[0], inner.bottom])
        return dashes(base, base + np.array([0, height * grown]))

    def _draw_tangent(self, tangent: VMobject, index: int, grown: float, landed: float) -> None:
        slope = self.slopes[index]
        tangent.role = "slope_up" if slope >= 0 else "slope_down"
        tangent.set_stroke(color=self.look.color(tangent.role))
        lines = self.tangent_line(index, grown)
        end = self._landing(index)
        back = self.plot.at(self.xs[index], self.fs[index]) - end
        free = landed * (units(self.diameter) / 2 + TANGENT_AIR)
        if not self.through and float(np.hypot(*back)) > free > 0:
            # It belongs to the start: the point where the run has landed stands clear of it.
            parts = [part for piece in lines for part in outside(piece, end, free)]
            lines = [part for part in parts if (part.mean(axis=0) - end) @ back > 0]
        # Points that lie on each other are one spot, through which no line is misread.
        if self.halfway and float(np.hypot(*back)) > units(self.diameter):
            lines = self._drawn_back(lines, float(end[0] + back[0] / 2), float(back[0]), landed)
        set_lines(tangent, lines)

    def _drawn_back(
        self, lines: list[Points], middle: float, back: float, moved: float
    ) -> list[Points]:
        """Return a tangent whose end on the side of its step has moved toward the step's middle.

        `back` is the way back from where the step lands, and `moved` how much of the end's way is
        done; an end that does not reach the middle stays where it is.
        """
        inner, way = self.plot.inner, math.copysign(1.0, back)
        far = min((way * float(x) for piece in lines for x in piece[:, 0]), default=way * middle)
        limit = way * (far + max(way * middle - far, 0.0) * moved)
        room = replace(inner, left=limit) if way > 0 else replace(inner, right=limit)
        return [part for piece in lines for part in clip(piece, room)]

    def tangent_line(self, index: int, grown: float = 1.0) -> list[Points]:
        """Return the tangent at an iterate, from two mapped points, clipped to the plot."""
        down, up = self.tangent_length / 2, self.tangent_length / 2
        if (reaches := self.reaches.get(index, self.tangent_reach)) is not None:
            inner = self.plot.inner
            diagonal = float(np.hypot(inner.width, inner.height))
            down, up = (reach * diagonal for reach in reaches)
        slope = self.slopes[index]
        before, after = (down, up) if slope >= 0 else (up, down)
        middle = self._held(self.plot.at(self.xs[index], self.fs[index]))
        return tangent_segment(
            self.plot,
            self.xs[index],
            self.fs[index],
            slope,
            2 * before * grown,
            2 * after * grown,
            above_axis(self.plot, middle, self.over_axis),
        )

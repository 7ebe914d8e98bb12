"""A run told in one part: its first steps move by move, all others at a run."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.beads import Arrivals
from scenes.parts.lettering import CAP_HEIGHT, Lettering
from scenes.parts.placing import Obstacles, dense, outline_of, place_along, place_near
from scenes.parts.plot import Plot
from scenes.parts.slope import beside_tangent, slope_role, slope_words
from scenes.parts.source import figure, math, told
from scenes.parts.step import MEASURED, StepView
from scenes.parts.strokes import Points, arrow_outline, dot_points, line, set_lines, shape
from scenes.parts.tangents import NEAR_AXIS, OVER_AXIS, tangent_segment
from scenes.parts.trail import RunGhosts
from scenes.theme import STROKE, WORD_SIZES, stroke_width, units
from scenes.words import equals, number

LEVEL, CLEAR = 2.4, 0.3
"""Length of the tangent at the end of a run, and how far from the upright axis it stays where it
can, in units."""

STUMP = 1.2
"""It is not made shorter than that for it."""

QUIETER = 0.7
"""How far the colour of a run's trail is faded."""

SHORT, UPHILL = 0.16, 0.2
"""How far a short tangent goes downhill, in diagonals of the plot, and uphill, in units: there it
would hide the curve."""

TOUCH = 0.9
"""A point touches what is no farther from its middle, in diameters."""

SMALL = 0.72
"""Size of the point in a small plot, in parts of the usual."""

LEAVES, FARTHEST = (0.8, 0.36), 0.55
"""A short tangent's lower end stands so far off the curve, in units, the first for a steep one, if
that takes no more than so many diagonals: one that hugs the curve would be a piece of it."""

DOWNHILL = (1.0, 0.12)
"""How far the tangent goes downhill and uphill there, in diagonals: uphill it hugs the curve."""

STEEP = 6.0
"""So many times as high as wide on the screen a tangent is steep: it leaves the curve late."""

ALONG, NEAR_STEEP = (0.2, 0.17, 0.23, 0.14, 0.26, 0.3), (0.16, 0.22)
"""Where on its way downhill such a tangent's slope may stand, where it hides the curve, and how far
off, in units."""

ROWS, ROWS_OF_VALUE = (0.25, 0.7), (0.25, 0.5, 0.7)
"""So far under the line at the end of a run words stand, in units, and the value, which has a row
between both where nothing stands in the first."""

COUNTED, NEAR = ("above", "above left", "above right"), (0.36, 0.46, 0.26)
"""Where at the start of a run the number of its steps may stand, the best first, and how far off,
in units: farther, it seems to be another place's."""


class Runner(VGroup):
    """The point of a run with its trail, as a function of the playhead.

    The first step can be drawn with tangent, arrow and guides, those after it with the last two.
    Then the point stands at one iterate and then at the next: steps that pass in a moment are
    jumps, not moves.

    Parameters
    ----------
    look, plot, trace
        The look, where to draw, and the run of one variable.
    role
        The colour of the point; the trail is a quieter shade of it.
    hollow
        Draw the point as a ring: runs differ by shape, not by colour alone.
    told
        How many steps are drawn with their moves.
    measured, brief
        Whether a tangent belongs to them, and whether it is short, so that it can stay when the
        step has landed; it goes with the landing where the point would touch it.
    curve
        The graph that a short tangent is to part from, or None: a steep one is longer for that.
    ghost
        Size of the trail's dots.
    small
        Draw for a small plot: a smaller point, a tangent that goes downhill, as long in each of
        several plots, and a trail of beads, as steps that are short on the screen would merge.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        trace: Trace,
        role: str = "point",
        *,
        hollow: bool = False,
        told: int = 0,
        measured: bool = True,
        brief: bool = False,
        curve: VMobject | None = None,
        ghost: float = STROKE.ghost,
        small: bool = False,
    ) -> None:
        super().__init__()
        self.look, self.plot, self.trace, self.role = look, plot, trace, role
        size = SMALL * STROKE.point if small else STROKE.point
        self.uphill = UPHILL / float(np.hypot(plot.inner.width, plot.inner.height))
        self.view = StepView(
            look, plot, trace.beginning(told or 1), told=(0,) if measured else (),
            tangent_reach=(SHORT, self.uphill) if brief else DOWNHILL if small else None,
            diameter=size, through=small, small=small,
            over_axis=NEAR_AXIS if small else OVER_AXIS,
        )  # fmt: skip
        self.steep = brief and self._is_steep()
        if brief and curve is not None and self.view.told:
            self._lengthen(curve)
        if brief and self._touched():
            self.view.staying = ()
        self.told = min(told, len(trace.steps))
        # The point's own trail is the same everywhere.
        trail = "trail" if role == "point" else role
        self.ghosts = (Arrivals if small else RunGhosts)(look, plot, trace, trail, ghost)
        if trail == role:
            self.ghosts.set_fill(look.theme.blend(role, QUIETER))
        self.point = shape(look, role="background" if hollow else role)
        self.point.role = role
        if hollow:
            self.point.set_stroke(look.color(role), stroke_width(0.45 * STROKE.arrow))
        self.diameter = size - (0.3 * STROKE.arrow if hollow else 0.0)
        self.add(self.ghosts, self.point)
        if self.told:
            # The run's own point stands for that of its steps.
            front = [self.point if part is self.view.point else part for part in self.view.front]
            self.view.remove(*self.view.front)
            self.submobjects = [self.view, self.ghosts, *front]

    def show(self, position: float) -> None:
        """Draw the run at a position of the playhead."""
        self.ghosts.show(position)
        if self.told:
            self.view.show(position)
            if position >= self.told + MEASURED:
                # What has faded is in nobody's way any more.
                for part in (*self.view.submobjects, *self.view.front):
                    part.points = np.zeros((0, 3))
        centers = [self.place(position)] if self.seen(position) else np.zeros((0, 2))
        self.point.points = dot_points(centers, self.diameter)

    def _lengthen(self, curve: VMobject) -> None:
        """Let the tangent of the first step go downhill until it parts from the curve.

        Where it never does, or would touch the point that has landed, it stays short.
        """
        outline, view = outline_of(curve), self.view
        far = np.arange(SHORT, FARTHEST, 0.01)
        for leaves, reach in itertools.product(LEAVES if self.steep else LEAVES[1:], far):
            view.reaches[0] = (float(reach), self.uphill)
            pieces = view.tangent_line(0)
            if not pieces:
                break
            end = pieces[0][0] if view.slopes[0] >= 0 else pieces[-1][-1]
            if np.hypot(*(outline - end).T).min() >= leaves and not self._touched():
                return
        del view.reaches[0]

    def _is_steep(self) -> bool:
        """Whether the tangent of the first step is nearly upright on the screen."""
        pieces = self.view.tangent_line(0) if self.view.told else []
        if not pieces:
            return False
        wide, tall = np.abs(pieces[-1][-1] - pieces[0][0])
        return bool(tall > STEEP * wide)

    def _touched(self) -> bool:
        """Whether the point, once it has landed, touches the tangent of the first step."""
        place = self.view.place(1.0)
        pieces = [dense(piece) - place for piece in self.view.tangent_line(0)]
        return any((np.hypot(*piece.T) < TOUCH * units(STROKE.point)).any() for piece in pieces)

    @property
    def keeps_tangent(self) -> bool:
        """Whether the tangent of the first step stays when it has landed."""
        return bool(self.told and self.view.told and self.view.staying is None)

    def place(self, position: float) -> Points:
        """Return where the point is, in units."""
        if position <= self.told:
            return self.view.place(position)
        n = self.reached(position)
        return self.plot.at(self.trace.points[n][0], self.trace.values[n])

    def reached(self, position: float) -> int:
        """Return the number of the last iterate that was reached."""
        return min(max(int(position + 1e-9), 0), len(self.trace.steps))

    def seen(self, position: float) -> bool:
        """Whether the point can be seen: a run that leaves the window leaves the picture."""
        if 0 < position <= self.told:
            return self.view.in_plot(self.view.place(position))
        n = self.reached(position)
        return self.plot.shows(self.trace.points[n][0], self.trace.values[n])

    @property
    def arrived(self) -> bool:
        """Whether the end of the run can be seen."""
        return self.seen(float(len(self.trace.steps)))

    def slope_name(self, clear: Obstacles) -> VGroup:
        """Return the slope of the first step at the end of its tangent, where there is room.

        Parameters
        ----------
        clear
            What it keeps clear of; what the step will draw is added to it.
        """
        if not self.told:
            return VGroup()
        step, view = self.trace.steps[0], self.view
        tangent, slope = view.tangent_line(0), step.gradient[0]
        for segment in (*view.guide(0), *tangent, arrow_outline(*view.arrow_ends(0))):
            clear.add_points(segment)
        clear.add_box(self._disc(0))
        for size in WORD_SIZES:
            words = slope_words(self.look, slope, size)
            if self._along(words, slope, tangent, clear) or beside_tangent(
                words, slope, self.place(0), tangent, clear, off=0.9 * UPHILL
            ):
                return VGroup(words)
        return VGroup()

    def _along(
        self, words: Lettering, slope: float, tangent: Sequence[Points], clear: Obstacles
    ) -> bool:
        """Put a slope beside a steep tangent, where the point that drops does not pass, if it can.

        Over its end it would stand by the curve alone.
        """
        if not self.steep:
            return False
        start, low = self.place(0), tangent[0][0] if slope > 0 else tangent[-1][-1]
        spots = [start + (low - start) * part for part in ALONG]
        side, trial = "left" if slope > 0 else "right", clear.copy()
        if not place_near(words, spots, trial, (side,), NEAR_STEEP, only=True).is_free:
            return False
        clear.add(words)
        return True

    def first_drawn(self) -> list[Points]:
        """Return the outlines of all that the first step will draw, its points included."""
        view = self.view
        discs = [dot_points([view.place(float(n))], self.diameter) for n in (0, 1)]
        lines = [*view.guide(0), *view.guide(1), *view.tangent_line(0)]
        return [*discs, *lines, arrow_outline(*view.arrow_ends(0))]

    def flat(self, clear: Obstacles) -> tuple[VMobject, Lettering]:
        """Return the tangent at the end of a run that has come to rest, and its slope.

        Parameters
        ----------
        clear
            What the words keep clear of; what is returned is added to it.
        """
        (x,), (slope,) = self.trace.points[-1], self.trace.gradients[-1]
        # What is left of the slope has a sign, but none that is worth a colour.
        tangent = line(self.look, role=slope_role(0.0), width=STROKE.tangent)
        room = 2 * (self.plot.x(x) - self.plot.inner.left - CLEAR)
        length = min(LEVEL, max(STUMP, room))
        set_lines(tangent, tangent_segment(self.plot, x, self.trace.values[-1], slope, length))
        clear.add(tangent)
        # How far it is from 0 after the last steps, and by rounding, is told in one digit.
        words = self.look.text("slope ", math(told(slope, 1)), role=slope_role(0.0))
        said = self._under(words, clear, ROWS)
        if not said.is_free:
            place_along(said, tangent.get_start(), tangent.get_end(), clear)
        return tangent, said

    def value_name(self, value: float, clear: Obstacles) -> Lettering | None:
        """Return what f is at the end of the run, under the point, where there is room.

        It is added to what is clear then.
        """
        said = f"f {equals(value)} {figure(number(value))}"
        name = self._under(self.look.math(said, role="curve"), clear, ROWS_OF_VALUE)
        return name if name.is_free else None

    def _under(self, label: Lettering, clear: Obstacles, gaps: Sequence[float]) -> Lettering:
        """Put words under the end of the run, on either side of what leads down from it.

        Words in one row have one baseline, with or without an exponent.
        """
        x, y = self.place(len(self.trace.steps))
        away = label.advance / 2 + 0.14
        for gap, side in itertools.product(gaps, (1, -1)):
            label.place(x + side * away, y - gap - CAP_HEIGHT * label.em, "center")
            label.is_free = not clear.trouble(label.box)
            if label.is_free:
                clear.add(label)
                break
        return label

    def count_steps(self, clear: Obstacles, made: int) -> VGroup:
        """Return the number of steps that have been made over the start, where there is room."""
        for size in WORD_SIZES:
            words, trial = self.look.math(f"n = {made}", size), clear.copy()
            if place_near(words, self.place(0), trial, COUNTED, NEAR, only=True).is_free:
                clear.add(words)
                return VGroup(words)
        return VGroup()

    def _disc(self, position: float) -> Region:
        """Return the square round the point at a position."""
        (x, y), half = self.place(position), units(STROKE.point) / 2
        return Region(float(x - half), float(y - half), float(x + half), float(y + half))

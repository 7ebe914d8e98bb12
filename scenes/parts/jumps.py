"""One run that jumps: its steps on the curve, and its history once that is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from manim import Mobject, VGroup

from gdcore import Step, Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.history import DOT, POINT, History
from scenes.parts.history_rooms import Rooms
from scenes.parts.lettering import Lettering
from scenes.parts.levels import Fall, Level
from scenes.parts.measure import Distance, MinimumMark, bar_height
from scenes.parts.placing import Obstacles, place_along, place_near
from scenes.parts.plot import Plot
from scenes.parts.slope import slope_role
from scenes.parts.source import figure, ink, math
from scenes.parts.step import StepView
from scenes.parts.strokes import Points, arrow_outline, dot_places, dot_points
from scenes.parts.trail import RunGhosts
from scenes.theme import STROKE, units
from scenes.words import number

TANGENT = 0.26, 0.07
"""How far the tangents go downhill and uphill, in diagonals of the plot.

Downhill they leave the curve, so that one sees that they are straight; uphill they would hug it,
and come near the name of the axis.
"""

STEEP = 2.8
"""In a plot higher in proportion than 1 to this they go farther downhill, as the root of that."""

APART = 0.2
"""From the name of a slope to that of the minimum, in units: closer, they read as two lines."""

ASIDE = 0.5
"""So far the name of a slope stays from the upright axis, in units."""

ABOVE = 0.3
"""So far labels may stand above the plot and beyond its right end, in units."""

DOTS = (POINT, STROKE.point), (DOT, STROKE.ghost)
"""Size of the point and of the dots behind it in a low plot and in a high one, in % of the frame's
shorter side: in a low one, over a strip, they lie close together."""

HEIGHTS = 2.0, 3.0
"""So high, in units, are a low plot and a high one."""

LEVEL = 0.3, 0.12
"""So near to the point, and no higher than that above it, the name of a slope would read as its
name, in units."""


class Hush(VGroup):
    """The steps in the plot, with a dial for what is no longer talked about (see `StepView.hush`).

    Parameters
    ----------
    view
        The steps.
    mark, passed
        The mark of a minimum, if there is one, and whether the run leaves it behind: then it goes
        when all steps have grown quiet.
    """

    def __init__(self, view: StepView, mark: MinimumMark | None, *, passed: bool) -> None:
        super().__init__()
        self.view, self.mark, self.passed, self.position = view, mark, passed, 0.0
        self.add(view)

    @property
    def end(self) -> float:
        """Where the dial stands when nothing is talked about any more."""
        return 2.0 * len(self.view.told) + 1

    def show(self, position: float) -> None:
        """Let the steps grow quiet as far as the dial stands."""
        self.view.hush = position
        self.view.show(self.position)
        if self.mark:
            past = position - 2 * len(self.view.told)
            self.mark.strength = 1 - min(max(past, 0.0), 1.0) if self.passed else 1.0
            self.mark.show(self.position)


class Jumps(VGroup):
    """All that is drawn of one run, as one part that a playhead drives.

    Parameters
    ----------
    look, plot, trace
        The look, where the steps are drawn, and the run of one variable.
    told
        The steps whose tangent is drawn.
    minimum, passed
        The x of the minimum that is marked on the axis, or None, and whether the run goes on to
        another one.

    Attributes
    ----------
    mark
        The mark of the minimum, or None.
    hush
        What a dial lets grow quiet.
    history
        Strip and table, once `tell_history` has made them.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        trace: Trace,
        *,
        told: Sequence[int],
        minimum: float | None,
        passed: bool,
    ) -> None:
        super().__init__()
        self.look, self.plot, self.trace = look, plot, trace
        # Where the curve is steep, a tangent has to come farther down until it is seen beside it.
        down, up = TANGENT
        reach = down * max(1.0, STEEP * plot.inner.height / plot.inner.width) ** 0.5, up
        self.view = StepView(look, plot, trace, told, tangent_reach=reach, lasting=False)
        self.ghosts = RunGhosts(look, plot, trace, air=units(STROKE.ghost))
        self.history: History | None = None
        self.position = 0.0
        arrows = self.view.last_arrow, self.view.arrow
        self.mark = (
            None if minimum is None else MinimumMark(look, plot, minimum, arrows, self.view.point)
        )
        self.word: Lettering | None = None
        self.hush = Hush(self.view, self.mark, passed=passed)
        # Dots lie on the tangents, which lie on the guides.
        self.add(self.hush, self.ghosts, *self.view.front)

        # An arrow does not hide the minimum.
        if self.mark is not None:
            self.add(self.mark)

    def show(self, position: float) -> None:
        """Show the run at a position of the playhead."""
        self.position = self.hush.position = position
        self.view.diameter, self.ghosts.diameter = (
            float(np.interp(self.plot.inner.height, HEIGHTS, sizes)) for sizes in DOTS
        )
        for part in (self.history, self.ghosts, self.view, self.mark):
            if part is not None:
                part.show(position)

    def tell_history(
        self, rooms: Rooms, minimum: float | None, *, digits: tuple[int, int], values: float
    ) -> History:
        """Return strip and table under the plot as it stands now; from now on they go along."""
        self.history = History(
            self.look, self.plot, self.trace, rooms, minimum, digits=digits, values=values
        )
        self.history.show(self.position)
        self.submobjects.insert(0, self.history)
        return self.history

    def obstacles(self, *more: Mobject, index: int | None = None) -> Obstacles:
        """Return what labels keep clear of: what is in the plot, or what a step will draw there."""
        clear = Obstacles(self.plot.inner.inset(top=-ABOVE, right=-ABOVE))
        clear.add(self.plot, self.ghosts, *more)
        clear.add(*(part for part in (self.mark, self.word) if part is not None))
        if index is None:
            clear.add(self.view)
            return clear
        for at in (index, index + 1):
            clear.add_points(dot_points([self.view.place(at)], self.view.diameter)[:, :2])
            for guide in self.view.guide(at):
                clear.add_points(guide)
        for tangent in self.view.tangent_line(index):
            clear.add_points(tangent)
        clear.add_points(arrow_outline(*self.view.arrow_ends(index)))
        return clear

    def labels(
        self,
        step: Step,
        curve: Mobject,
        product: str = "",
        *,
        landed: bool = False,
        more: Sequence[Mobject] = (),
    ) -> VGroup:
        """Return the numbers of a step: its length in a bar under the arrow, and its slope.

        Parameters
        ----------
        step, curve
            The step, and what else is in the plot.
        product
            Typst mathematics for how the length comes about, to stand before it.
        landed
            Whether the step has landed: before, the point stands at the tangent, and the step is
            held against a distance in the row below, where else its number may stand.
        more
            What else will be drawn.
        """
        made = f"{product} {ink('text', math('='))} " if product else ""
        equation = self.look.math(made + figure(number(step.delta[0], sign=True)), role="step")
        ends, y = (step.point[0], step.next_point[0]), bar_height(self.plot)
        length = Distance(self.look, self.plot, *ends, y, "step", [equation], landed)
        tangent = self.view.tangent_line(step.index)
        if not tangent:
            return VGroup(length)
        clear = self.obstacles(curve, *more, index=step.index)
        if self.word is not None:
            clear.add_box(self.word.box.inset(*[-APART] * 4))
        # At the upright axis it would be read together with a number there; on the other side it
        # may stand over the name of the x-axis.
        clear.within = clear.within.inset(left=ASIDE)
        if self.plot.x_title is not None:
            clear.within = replace(clear.within, right=self.plot.x_title.box.right)
        slope, (low, high) = step.gradient[0], (tangent[0][0], tangent[0][-1])
        # At the end away from where the step lands; the tangent is drawn from left to right.
        side, away, near = ("right", high, low) if slope >= 0 else ("left", low, high)
        places = [away + (near - away) * part for part in (0.05, 0.12, 0.2, 0.28)]
        words, free = self._slope_name(slope), clear.copy()
        if not landed:
            (x, y), (aside, up) = self.view.place(step.index), LEVEL
            free.add_box(Region(x - aside, self.plot.inner.bottom, x + aside, y + up))
        gaps = (0.14, 0.2) if landed else (0.14, 0.2, 0.28, 0.36, 0.45)
        place_near(words, places, free, (side, f"below {side}"), gaps, only=True)
        if words.is_free:
            return VGroup(length, words)
        words = self._inside(step, away, clear, landed=landed)
        return VGroup(length, words) if words.is_free else VGroup(length)

    def _slope_name(self, slope: float) -> Lettering:
        return self.look.text("slope ", math(figure(number(slope))), role=slope_role(slope))

    def _inside(self, step: Step, away: Points, clear: Obstacles, *, landed: bool) -> Lettering:
        """Return the name of a slope where its tangent touches the curve, on the inner side.

        Farther down the curve would come between the name and the tangent. `away` is the end of
        the tangent on the other side: there it stands while the point is where they touch.
        """
        start, words = self.view.place(step.index), self._slope_name(step.gradient[0])
        inside = "left" if step.gradient[0] >= 0 else "right"
        parts = (0.0, 0.4, 0.8) if landed else (1.0, 0.8, 0.4, 0.0)
        spots = [start + (away - start) * part for part in parts]
        place_near(words, spots, clear.copy(), (inside,), (0.26, 0.34, 0.42), only=True)
        if not words.is_free:
            outer = "right" if inside == "left" else "left"
            place_along(words, away, 2 * start - away, clear, (outer, inside))
        return words

    def minimum_name(self, *more: Mobject) -> Lettering | None:
        """Return the name of the minimum over its mark, clear of the steps that are told."""
        if self.mark is None:
            return None
        clear = self.obstacles(*more)
        for index in range(min(2, len(self.trace.steps))):
            tangent = self.view.tangent_line(index) if index in self.view.told else []
            for stroke in (*tangent, *self.view.guide(index + 1)):
                clear.add_points(stroke)
        self.word = self.mark.word(self.look, clear)
        return self.word

    def fall(self, step: Step, *more: Mobject) -> Fall:
        """Return what a step did to the value, clear of the curve and of what else is told."""
        minimum = None if self.mark is None else self.mark.minimum
        clear = self.obstacles(*more)
        return Fall(self.look, self.plot, step, clear, self._dots(), minimum)

    def whole_fall(self, curve: Mobject) -> Fall | None:
        """Return what the whole run did to the value, where its end is in sight."""
        x, value = self.trace.points[-1][0], self.trace.values[-1]
        if not self.plot.shows(x, value):
            return None
        whole = self.trace.steps[0]._replace(next_point=(x,), next_value=value)
        return self.fall(whole, curve)

    def level(self) -> Level:
        """Return the level of a run that keeps its value."""
        return Level(self.look, self.plot, self.trace.steps[0], self._dots())

    def _dots(self) -> list[tuple[Points, float]]:
        """Return the middles and radii of all dots on the curve as they are now."""
        return [*dot_places(self.ghosts), *dot_places(self.view.point)]

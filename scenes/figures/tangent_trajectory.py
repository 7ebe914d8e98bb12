"""A trajectory with all its tangents: the flatter the tangent, the shorter the step."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from gdcore import GradientDescent, Step
from scenes.figure import Figure
from scenes.layout import Region
from scenes.parts.cascade import Cascade, Tangents, shown_places
from scenes.parts.lettering import Lettering
from scenes.parts.naming import name_line
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.slope import slope_role
from scenes.parts.source import Source, figure, ink, relation
from scenes.parts.strokes import dots
from scenes.parts.window import fit_beside
from scenes.telling import formula, goal, in_frame, rate_of
from scenes.theme import STROKE, TYPE
from scenes.words import as_factor, count, number

HEADROOM = 0.12
"""Air above the start, in parts of the height."""

FAN = 0.95
"""Room right of the plot for the slopes at the ends of the tangents, in units."""


class TangentTrajectory(Figure):
    """A trajectory with all its tangents, and under each the step that its slope makes."""

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.1)
    max_steps = 7
    title = "A trajectory and its tangents"
    heights: ClassVar = {"85mm": 9.6, "170mm": 9.4}

    def construct(self) -> None:
        """Draw the run above, and its steps below."""
        trace, steps = self.trace, self.trace.steps
        rates = {rate_of(self.optimizer, step) for step in steps}
        told = "; below them every step, −{rate} times the slope" if len(rates) == 1 else ""
        if rates == {None}:
            told = "; below them every step"
        with self.picture(
            "The tangents at all points of a run of {n} on {formula}, from x = {x} to {last}"
            f"{told if steps else ''}.",
            n=count(len(steps), "step"),
            formula=formula(self.objective),
            x=trace.points[0][0],
            last=trace.points[-1][0],
            rate=next(iter(rates), None),
        ):
            self.draw()

    def draw(self) -> None:
        """Draw the plot with its tangents, and the rows of the steps below."""
        look, trace = self.look, self.trace
        upper, rows = self.region.rows(0.8 if self.width == "slide" else 1.2, 1.0)
        plot = self.plot_in(upper)
        tangents = Tangents(look, plot, trace)
        curve = plot.curve(self.objective, width=1.2 * STROKE.curve)
        places = list(shown_places(plot, trace).values())
        points = dots(look, places, diameter=0.8 * STROKE.point)
        (x,), n = trace.points[-1], len(trace.steps)
        ending = look.math(f"x_{n} {relation(x)} {figure(number(x))}", TYPE.tick, "point")
        cascade = Cascade(look, plot, rows, trace, self.written, ending)
        # The tangents over the curve: along the first one it could not be told which is which.
        self.add(plot, cascade, curve, tangents, points)
        clear = Obstacles(plot.inner.inset(right=plot.inner.right - self.region.right, top=-0.5))
        clear.add(plot, curve, points, cascade.guides)
        self.add(*tangents.label(self.slope, clear))
        clear.add(tangents)
        name = look.math(f"f(x) = {self.objective.typst}", role="curve")
        if name_line(name, plot.graph(self.objective), clear).is_free:
            self.add(name)

    def plot_in(self, region: Region) -> Plot:
        """Return the plot, with room on the side of the start for what is written at the rows."""
        xs = in_frame([point[0] for point in self.trace.points])
        valley = goal(self.objective, self.trace)
        window = fit_beside(self.objective, xs, valley, headroom=HEADROOM)
        widest = max((self.written(step).advance for step in self.trace.steps), default=0.0)
        room = FAN
        if widest:
            first, last = self.trace.points[0][0], self.trace.points[-1][0]
            inside = (region.width - FAN) / (window.right - window.left)
            if first >= last:
                room = max(FAN, widest + 0.2 - (window.right - first) * inside)
            else:
                lacking = widest + 0.2 - (first - window.left) * inside
                window = replace(window, left=window.left - max(0.0, lacking / inside))
        return Plot(
            self.look,
            region.inset(right=room),
            window,
            x_name="",
            x_ticks=(),
            left_room=0.8,
        )

    def slope(self, index: int) -> Lettering:
        """Return the slope of the tangent at a point, with a word at the first."""
        slope = self.trace.gradients[index][0]
        role = slope_role(slope)
        if index == 0:
            return self.look.text(f"slope {number(slope)}", size=TYPE.tick, role=role)
        return self.look.math(figure(number(slope)), TYPE.tick, role)

    def written(self, step: Step) -> Lettering:
        """Return a step as the product that it is."""
        rate = rate_of(self.optimizer, step)
        word = ink("step", "step ") if step.index == 0 else ""
        delta = ink("step", Source(f"${figure(number(step.delta[0]))}$"))
        if rate is None:
            return self.look.source(Source(word + delta), TYPE.tick)
        slope = ink(
            slope_role(step.gradient[0]),
            Source(f"${figure(as_factor(number(step.gradient[0])))}$"),
        )
        sign = relation(step.gradient[0], step.delta[0])
        return self.look.source(
            Source(f"{word}$-{figure(number(rate))} dot$ {slope} ${sign}$ {delta}"), TYPE.tick
        )

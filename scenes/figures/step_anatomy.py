"""The anatomy of one step: what is measured, what is scaled, where it lands, how far f falls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from manim import VGroup

from gdcore import GradientDescent, Step
from scenes.backstage.formulas import landing_formulas, slope_formulas, step_formulas
from scenes.figure import Figure
from scenes.layout import Region
from scenes.parts.axis_marks import BELOW, AxisMarks
from scenes.parts.fall_axis import FallOnAxis
from scenes.parts.lettering import Lettering
from scenes.parts.moves import Move, Moves, Named, width_of
from scenes.parts.naming import name_line
from scenes.parts.placing import Obstacles, place_along, place_near
from scenes.parts.plot import Plot
from scenes.parts.slope import SlopeTriangle, slope_role
from scenes.parts.source import figure, relation
from scenes.parts.step import StepView
from scenes.parts.strokes import dots
from scenes.parts.window import fit_beside
from scenes.telling import formula, goal, rate_of, up_or_down
from scenes.theme import TYPE
from scenes.words import number

DOES = {"fell": "f falls", "rose": "f rises"}
"""What is written at the arrow on the axis of the values."""


class StepAnatomy(Figure):
    """One step with every piece named: slope, arrow along the axis, landing, and the fall of f."""

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.2)
    max_steps = 1
    title = "The anatomy of a step"
    heights: ClassVar = {"85mm": 8.6, "170mm": 7.4}

    def construct(self) -> None:
        """Draw the step, or what there is of it."""
        step = self.trace.steps[0] if self.trace.steps else None
        if step is None:
            with self.picture(
                "{formula} and a start, but no step. {stop}",
                formula=formula(self.objective),
                stop=self.trace.stop.sentence,
            ):
                self.draw_start()
            return
        rate, moved = rate_of(self.optimizer, step), up_or_down(step.value, step.next_value)
        scaled = "−{rate} times the slope is" if rate is not None else "{method} makes of it"
        ending = "{moved} from {value} to {next_value}" if moved != "stayed" else "stays {value}"
        with self.picture(
            "One step on {formula}: at x = {x} the slope is {slope}; "
            f"{scaled} a step of {{delta}} along the x-axis, to {{next_x}}; f {ending}.",
            step,
            formula=formula(self.objective),
            rate=rate,
            method=type(self.optimizer).__name__,
            moved=moved,
        ):
            self.draw(step)

    def draw_start(self) -> None:
        """Draw where a run starts that has no step."""
        plot, pair = self.lay_out(self.region, [self.trace.values[0]]), self.places()[0]
        self.add(plot, self.curve, self.marks())
        if plot.shows(*pair):
            point = dots(self.look, [plot.at(*pair)])
            clear = Obstacles(plot.inner)
            clear.add(plot, self.curve, point)
            start = self.look.text("start", role="point")
            self.add(point, place_near(start, plot.at(*pair), clear))

    def places(self) -> list[tuple[float, float]]:
        """Return the start, and the landing if there is one, as data points."""
        pairs = zip(self.trace.points[:2], self.trace.values[:2], strict=True)
        return [(x, value) for (x,), value in pairs]

    def lay_out(self, stage: Region, values: Sequence[float]) -> Plot:
        """Fit the plot to the step, with room for the names of its values."""
        xs = [x for x, _ in self.places()]
        window = fit_beside(self.objective, xs, goal(self.objective, self.trace), headroom=0.22)
        self.values = [(value, self.value_name(index, value)) for index, value in enumerate(values)]
        room = AxisMarks.room(*(words for _, words in self.values))
        stage = stage.inset(bottom=BELOW)
        self.plot = Plot(self.look, stage, window, x_ticks=(), y_ticks=(), left_room=room)
        self.curve = self.plot.curve(self.objective)
        return self.plot

    def marks(self) -> VGroup:
        """Return the marks on both axes."""
        xs = [
            (x, self.look.math(f"x_{index} {relation(x)} {figure(number(x))}", role="point"))
            for index, (x, _) in enumerate(self.places())
        ]
        return VGroup(
            AxisMarks(self.look, self.plot, xs),
            AxisMarks(self.look, self.plot, self.values, upright=True),
        )

    def value_name(self, index: int, value: float) -> Lettering:
        """Return the name of a value."""
        written = f"f(x_{index}) {relation(value)} {figure(number(value))}"
        return self.look.math(written, TYPE.tick, "curve")

    def triangle(self, step: Step) -> SlopeTriangle:
        """Return the triangle of the step's tangent."""
        return SlopeTriangle(self.look, self.plot, step.point[0], step.value, step.gradient[0])

    def moves(self, step: Step, triangle: SlopeTriangle) -> list[Move]:
        """Return the three moves of the step."""
        role = slope_role(step.gradient[0])
        rate = rate_of(self.optimizer, step)
        scale = "Multiply by −rate" if rate is not None else type(self.optimizer).__name__
        slopes = slope_formulas(step)
        if step.gradient[0]:
            quotient = f"{figure(number(triangle.rise))} \\/ {figure(number(triangle.run))}"
            slopes = slope_formulas(step, quotient)
        rows = (
            ("Measure the slope", role, slopes),
            (scale, "step", step_formulas(self.optimizer, step)),
            ("Step, and land", "point", landing_formulas(step)),
        )
        return [
            Move(
                self.look.text(words, role=role),
                [self.look.math(source, role=role) for source in sources],
            )
            for words, role, sources in rows
        ]

    def draw(self, step: Step) -> None:
        """Draw all pieces of the step, then their names where they find room."""
        look, ends = self.look, (step.value, step.next_value)
        stage, side = self.region.rows(6.1, 2.0, gap=0.25)
        if not self.is_narrow:
            self.lay_out(self.region, ends)
            width = min(width_of(self.moves(step, self.triangle(step))), 0.4 * self.region.width)
            stage = self.region.inset(right=width + 0.7)
            side = self.region.inset(left=self.region.width - width)
        plot, triangle = self.lay_out(stage, ends), self.triangle(step)
        view = StepView(look, plot, self.trace, tangent_length=2.3 * plot.inner.height)
        view.show(1.0)
        pairs = (step.point[0], step.value), (step.next_point[0], step.next_value)
        fall = FallOnAxis(look, plot, pairs)
        points = dots(look, [plot.at(*pair) for pair in self.places() if plot.shows(*pair)])
        measured = [triangle] if step.gradient[0] else []
        # The curve over its tangent: along the start it could not be told which is which.
        drawn = [plot, fall, view, self.curve, *measured, points]
        self.add(*drawn)
        self.add(self.marks())
        clear = Obstacles(plot.inner)
        clear.add(*drawn)
        self.add(*(name for name in self.names(step, view, triangle, fall, clear) if name.is_free))
        self.add(Moves(look, side, self.moves(step, triangle)))

    def names(
        self,
        step: Step,
        view: StepView,
        triangle: SlopeTriangle,
        fall: FallOnAxis,
        clear: Obstacles,
    ) -> Iterator[Lettering]:
        """Yield the names of all pieces, placed."""
        look, role = self.look, slope_role(step.gradient[0])
        uphill, downhill = ("right", "left") if step.gradient[0] > 0 else ("left", "right")
        if step.gradient[0]:
            run, rise = (
                look.math(figure(number(abs(leg))), role=role)
                for leg in (triangle.run, triangle.rise)
            )
            yield place_near(run, triangle.across_middle, clear, ("below", "above"))
            yield place_near(rise, triangle.up_middle, clear, (uphill, downhill))
            slope = Named(look, 1, look.text("slope", role=role))
            low, high = (
                triangle.corner + (triangle.here - triangle.corner) * part for part in (0.1, 0.85)
            )
            yield place_near(slope, [low, high], clear, (uphill,))
            arrow = Named(look, 2, look.text("step", role="step"))
            tail, tip = view.arrow_ends(0)
            yield place_along(arrow, tail, tip, clear, ("above",))
        landing = Named(look, 3, look.text("landing", role="point"))
        places = [self.plot.at(*pair) for pair in self.places()]
        yield place_near(look.text("start", role="point"), places[0], clear, (uphill, "above left"))
        if self.plot.shows(*self.places()[1]):
            yield place_near(landing, places[1], clear, ("above left", "above right"))
        for tangent in view.tangent_line(0):
            words = look.text("tangent", role=role)
            yield place_along(words, tangent[0], tangent[-1], clear, ("right", "left"))
        does = DOES.get(up_or_down(step.value, step.next_value))
        if does:
            yield place_near(look.text(does, role="curve"), fall.middle, clear, ("right",))
        name = look.math(f"f(x) = {self.objective.typst}", role="curve")
        yield name_line(name, self.plot.graph(self.objective), clear)

"""The first steps of several optimisers from one point, side by side."""

from __future__ import annotations

from typing import Any, ClassVar

from manim import VGroup

from gdcore import GradientDescent, Nesterov, Trace
from gdcore.floor import floor_of
from scenes.backstage.methods import race_of, with_own
from scenes.backstage.racer import Racer
from scenes.backstage.racing import equation, symbols
from scenes.figure import Figure
from scenes.parts.axis_names import name_axes
from scenes.parts.contour import Contours, geometric_levels
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.strides import Strides, small_plane, steps_window
from scenes.parts.strokes import dots, grounded
from scenes.telling import formula
from scenes.theme import STROKE, TYPE
from scenes.words import count, spot

FIRST = GradientDescent(learning_rate=0.1)

HEAD, LEADING = 0.34, 0.36
"""From the top of a picture's words to their first baseline, and from line to line, in units."""

LEFT, FOOT, RIGHT = 0.55, 0.42, 0.3
"""Room for the numbers of the axes, and for the name of the one to the right, in units."""

CORNER = 0.06
"""What is written inside a picture keeps so far off its edges, in units."""

STEEPEST = ("steepest at the start", "steepest")
"""What the dotted line is called."""

ALONG = (0.85, 0.78, 0.92, 0.7, 0.62, 0.55, 0.48)
"""Where along that line its name may stand, in parts of it."""

GAP = 0.4
"""Between two pictures, in units."""


class FirstSteps(Figure):
    """The first steps of several optimisers from one point, each on the same contour lines.

    Parameter of its own: `runs`, one to six optimisers with rate and hyper-parameters, as in
    "descent 0.1; adam 0.8". An `optimizer` or hyper-parameter given alone takes the place of the
    first run.
    """

    objective = "(x**2 + 4*y**2)/2"
    start = (4.0, 2.0)
    optimizer = FIRST
    max_steps = 3
    title = "First steps"
    runs: Any = "descent 0.1; momentum 0.1; nesterov 0.1; adagrad 0.8; rmsprop 0.08; adam 0.8"
    dimensions = 2
    kinds: ClassVar = {"runs": race_of(1, 6)}
    heights: ClassVar = {"85mm": 13.2, "170mm": 9.8}

    def construct(self) -> None:
        """Draw one picture for each optimiser, all with the same contour lines."""
        methods = with_own(self.runs, self.optimizer, FIRST)
        traces = [self.run(optimizer=method) for method in methods]
        self.floor = floor_of(self.objective, traces)
        self.racers = [Racer(trace, self.floor, 0.0) for trace in traces]
        begun = [
            f"{racer.name} at {racer.rate_text}: {first_step(racer.trace)}" for racer in self.racers
        ]
        most = max(len(trace.steps) for trace in traces)
        with self.picture(
            "The first {steps} of {many} from {start}, on the contour lines of {formula}. {begun}."
            if most
            else "{many} from {start} without a step, on the contour lines of {formula}.",
            steps="step" if most == 1 else f"{most} steps",
            many=count(len(traces), "run"),
            formula=formula(self.objective),
            start=spot(self.start),
            begun="; ".join(begun)[:1].upper() + "; ".join(begun)[1:],
        ):
            self.draw()

    def draw(self) -> None:
        """Cut the figure into pictures, and fill them."""
        many = len(self.racers)
        columns = min(many, 2 if self.is_narrow else 3)
        rows = -(-many // columns)
        cells = self.region.inset(LEFT, FOOT, RIGHT, 0.0).grid(rows, columns, gap=GAP)
        heads = [self.head(racer, cells[0].width) for racer in self.racers]
        lines = max(map(len, heads))
        words = HEAD + (lines - 1) * LEADING + 0.16
        ratio = cells[0].width / (cells[0].height - words)
        across = symbols(self.objective)
        goal = self.floor.point if self.floor.is_minimum else None
        window = steps_window([racer.trace.points for racer in self.racers], goal, ratio)
        named: list[VGroup] = []
        for index, (racer, cell) in enumerate(zip(self.racers, cells, strict=False)):
            sides = index % columns == 0, index + columns >= many
            inner = cell.inset(top=words)
            plot = small_plane(self.look, inner, window, LEFT, left=sides[0], below=sides[1])
            strides = self.strides(racer, plot)
            contours = self.contours(plot)
            clear = Obstacles(plot.inner.inset(*[CORNER] * 4))
            clear.add(plot, strides)
            self.add(contours, plot, strides, *self.names(plot, strides, clear, index))
            if not named and (index or many == 1):
                named = self.formula(plot, clear)
                self.add(*named)
            for at, parts in enumerate(heads[index]):
                x, y = plot.inner.left, cell.top - HEAD - LEADING * (at + lines - len(heads[index]))
                for part in parts:
                    self.add(part.place(x, y))
                    x += part.advance + 0.16
            names = (name if here else "" for name, here in zip(across, sides[::-1], strict=True))
            for name in name_axes(self.look, plot, *names):
                # It stands over the axis if there is no room between the numbers.
                if name.box.top < plot.inner.top:
                    self.add(name)

    def contours(self, plot: Plot) -> Contours:
        """Return the contour lines in a plot."""
        levels = geometric_levels(self.objective, plot.window, self.floor.value, most=6)
        return Contours(self.look, self.objective, [plot], levels)

    def strides(self, racer: Racer, plot: Plot) -> Strides:
        """Return the steps of a run in its plot."""
        trace = racer.trace
        return Strides(self.look, plot, trace.points, [-slope for slope in trace.gradients[0]])

    def head(self, racer: Racer, width: float) -> list[list[Lettering]]:
        """Return the lines over a picture: the method with its settings, and its first step."""
        look = self.look
        step = look.text(first_step(racer.trace), size=TYPE.tick, role="step")
        for size in (TYPE.label, TYPE.tick):
            name = look.text(racer.title, size=size)
            told = racer.settings
            if isinstance(racer.trace.optimizer, Nesterov):
                # Other textbooks look ahead first, and begin as momentum does.
                told = f"{told}, as in PyTorch"
            settings = look.text(told, size=TYPE.tick, role="muted")
            if name.advance + settings.advance + 0.2 <= width:
                return [[name, settings], [step]]
        return [[name], [settings], [step]]

    def formula(self, plot: Plot, clear: Obstacles) -> list[VGroup]:
        """Return the function, in a corner of a picture that is free."""
        words = self.look.math(equation(self.objective), TYPE.tick, "curve")
        box, inner = words.box, plot.inner.inset(*[2 * CORNER] * 4)
        for x in (inner.left, inner.right - box.width):
            for y in (inner.bottom, inner.top - box.height):
                words.place(x, y, on="bottom")
                if clear.trouble(words.box) == 0:
                    return [grounded(self.look, words)]
        return []

    def names(self, plot: Plot, strides: Strides, clear: Obstacles, index: int) -> list[Any]:
        """Return the dots for start and minimum; their names stand in the first picture only."""
        look, floor = self.look, self.floor
        marks = [(f"start {spot(self.start)}", "text", self.start)]
        if floor.is_minimum:
            marks.append(("minimum", "minimum", floor.point))
        out: list[Any] = []
        for _, role, place in marks:
            if plot.shows(*place):
                out.append(dots(look, [plot.at(*place)], role, STROKE.ghost * 0.7))
                clear.add(out[-1])
        for text, role, place in marks if index == 0 else ():
            words = look.text(text, size=TYPE.tick, role=role)
            sides = ("above", "below", "above left", "left")
            place_near(words, plot.at(*place), clear.copy(), sides, (0.16, 0.24, 0.36))
            if plot.shows(*place) and words.is_free:
                clear.add(words)
                out.append(grounded(look, words))
        way = strides.way.points[:, :2]
        for text in STEEPEST if index == 0 and len(way) else ():
            words = look.text(text, size=TYPE.tick, role="muted")
            ends = [way[0] + (way[-1] - way[0]) * part for part in ALONG]
            place_near(words, ends, clear.copy(), ("right", "left"), (0.12, 0.18, 0.26), only=True)
            if words.is_free:
                out.append(grounded(look, words))
                break
        return out


def first_step(trace: Trace) -> str:
    """Return the first step of a run in words."""
    return f"first step {spot(trace.steps[0].delta)}" if trace.steps else "no step"

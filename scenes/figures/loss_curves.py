"""The loss of several runs on a logarithmic axis: a straight line is a constant factor."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, ClassVar

from manim import VMobject

from gdcore import GradientDescent
from scenes import parameters
from scenes.backstage.losses import Losses
from scenes.backstage.methods import name_of
from scenes.figure import Figure
from scenes.parts.axis_marks import AxisMarks
from scenes.parts.dashing import PATTERNS, dashed
from scenes.parts.lettering import Lettering
from scenes.parts.log_marks import log_marks
from scenes.parts.naming import astray, name_line
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.source import figure, ink, math
from scenes.parts.strokes import dots, line, set_lines
from scenes.parts.window import Window, ticks
from scenes.telling import formula
from scenes.theme import STROKE, TYPE
from scenes.words import count, in_a_row, is_close, number

MOST = 6
"""Rates that find room."""

MEASURED = ("", " above the minimum", " above the lowest seen")
"""What is said of the loss: it is f itself, or it is measured from somewhere else."""

TITLE = 0.62
"""Room for the line over the plot, in units."""

SPACED = 0.45
"""Steps that are farther apart than this, in units, have a dot each."""

BELOW = ("below right", "below left", "left")
"""Where a line's name stands if there is no room over it."""

ALONG = tuple(part / 100 for part in (70, 62, 78, 54, 86, 46, 38, 92, 30, 22, 97, 14))
"""Where along a line its name stands, in parts of its length."""


class LossCurves(Figure):
    """The loss over the steps for several learning rates, on a logarithmic axis.

    Parameter of its own: `rates`, one to six learning rates.
    """

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.1)
    max_steps = 40
    title = "Loss curves"
    rates: Any = (0.01, 0.1, 0.3)
    kinds: ClassVar = {"rates": parameters.rates(1, MOST)}
    heights: ClassVar = {"85mm": 6.6, "170mm": 7.2}

    def construct(self) -> None:
        """Draw one line for each rate, and name it."""
        runs = [self.run(learning_rate=rate) for rate in self.rates]
        losses = self.losses = Losses.of(self.objective, runs)
        fields: dict[str, Any] = {f"loss_{at}": row[-1] for at, row in enumerate(losses.above)}
        fields |= {f"rate_{at}": rate for at, rate in enumerate(self.rates)}
        ends = in_a_row([f"{{loss_{at}}} with rate {{rate_{at}}}" for at in range(len(runs))])
        what = f"f{MEASURED[losses.kind]}"
        straight = all(losses.ratio(at) is not None for at in range(len(runs)))
        lines = ": straight lines" if straight else ""
        most = "at most " if len({len(run) for run in runs}) > 1 else ""
        told = (
            f"On a logarithmic axis, {what} over the steps of {{method}} on {{formula}} from "
            f"x = {{x}}{lines}; after {most}{{n}} it is {ends}."
        )
        with self.picture(
            told if losses.measured else "{formula} from x = {x}: no run comes below the start.",
            formula=formula(self.objective),
            method=name_of(self.optimizer),
            x=runs[0].points[0][0],
            n=count(max(losses.last, 1), "step"),
            **(fields if losses.measured else {}),
        ):
            self.draw()

    def draw(self) -> None:
        """Draw the axes, the lines, and their names."""
        losses, look = self.losses, self.look
        low, high = losses.ends if losses.measured else (0.1, 10.0)
        window = Window(0.0, float(losses.shown), low, high, log_y=True)
        marks = []
        if losses.measured:
            first = losses.first
            marks = [(first, look.math(figure(number(first)), TYPE.tick))]
            decades = log_marks(look, low, high, 6)
            marks += [mark for mark in decades if not is_close(mark[0] / first, 1.0)]
        plot = self.plot = Plot(
            look,
            self.region.inset(top=TITLE),
            window,
            x_name='"step" n',
            y_name="",
            x_ticks=[n for n in ticks(0, losses.shown, 4 if self.is_narrow else 8) if n % 1 == 0],
            y_ticks=(),
            left_room=AxisMarks.room(*(words for _, words in marks)) if marks else 0.0,
        )
        self.add(plot, AxisMarks(look, plot, marks, upright=True), *self.heading())
        clear = Obstacles(plot.inner.inset(right=-0.2))
        clear.add(plot)
        if not losses.measured:
            words = look.text("no run comes below the start", role="muted")
            self.add(words.place(*plot.inner.center, "center"))
            return
        start = dots(look, [plot.at(0.0, losses.first)], "text", 2.0)
        clear.add(start)
        groups = losses.groups()
        rows = [losses.above[group[0]] for group in groups]
        self.paths = {at: plot.path(range(len(row)), row) for at, row in enumerate(rows)}
        drawn = [self.line(group[0], at) for at, group in enumerate(groups)]
        self.add(*(part for parts in drawn for part in parts))
        clear.add(*(part for parts in drawn for part in parts))
        for at in sorted(range(len(groups)), key=lambda at: len(drawn[at][0].points)):
            self.name(groups[at], at, clear)
        self.add(start)

    def heading(self) -> list[Lettering]:
        """Return what goes upward, and what is descended, as far as there is room for it."""
        region, losses = self.region, self.losses
        left = self.look.text(math("f(x_n)"), MEASURED[losses.kind], ", log scale", role="muted")
        left = self.look.fitted(left, region.width, TYPE.label)
        y = region.top - 0.4
        out = [left.place(region.left, y)]
        start = ink("text", math(f"x_0 = {figure(number(losses.runs[0].start[0]))}"))
        function = self.look.text(math(f"f(x) = {self.objective.typst}"), ", ", start, role="curve")
        function.place(region.right, y, "right")
        if function.box.left > left.advance + region.left + 0.4 and function.box.top < region.top:
            out.append(function)
        return out

    def line(self, index: int, at: int) -> list[VMobject]:
        """Return the line of a run, with a dot at every step where these can be told apart."""
        row, plot = self.losses.above[index], self.plot
        role, width = f"series_{at + 1}", STROKE.curve * 0.85
        out = line(self.look, role=role, width=width)
        set_lines(out, dashed(self.paths[at], PATTERNS[at % len(PATTERNS)]))
        places = [plot.at(n, v) for n, v in enumerate(row) if plot.shows(n, v)]
        if plot.x(1.0) - plot.x(0.0) < SPACED:
            places = []
        return [out, dots(self.look, places[1:], role, 1.6)]

    def name(self, group: Sequence[int], at: int, clear: Obstacles) -> None:
        """Put the rates of a line to it, and what every step does to the loss."""
        index = group[0]
        named = in_a_row([number(self.rates[at], 6) for at in group])
        rate = f"{'rate' if len(group) == 1 else 'rates'} {named}"
        more = self.losses.told(index)
        texts = [f"{rate}: {more}", rate, named] if more else [rate, named]
        path = self.paths[at]
        others = [piece for there, pieces in self.paths.items() if there != at for piece in pieces]
        row = self.losses.above[index]
        # In the free corner over a line that falls, and over one that rises, if there is room.
        over, other = ("above right", "above left")[:: 1 if row[-1] <= row[0] else -1]
        tries = itertools.product(
            (False, True),
            texts,
            (TYPE.label, TYPE.tick),
            ((over, "right"), (other, "above", "below"), BELOW),
        )
        for led, text, size, sides in tries:
            words = self.look.text(text, size=size, role=f"series_{at + 1}")
            if not name_line(words, path, clear.copy(), sides, ALONG).is_free:
                continue
            way = astray(words, path, others)
            if way is None or led:
                lead = [] if way is None else [line(self.look, way, words.base_role, STROKE.axis)]
                clear.add(words, *lead)
                self.add(words, *lead)
                return

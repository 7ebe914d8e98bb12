"""Small multiples: the same start, several learning rates, and where each run ends."""

from __future__ import annotations

from typing import Any, ClassVar

from gdcore import GradientDescent, Trace
from scenes import parameters
from scenes.backstage.lineup import FRACTION, Lineup
from scenes.figure import Figure
from scenes.parts.lettering import Lettering
from scenes.parts.multiple import Multiple
from scenes.parts.source import figure, relation
from scenes.parts.strip import Strip
from scenes.parts.window import fit_whole
from scenes.telling import formula
from scenes.theme import TYPE
from scenes.words import count, in_a_row, number

AIR = 0.1
"""Free space round the runs in the window, in parts of their range."""

LEFT = 0.75
"""Room for the numbers of a row's first picture, in units."""

LEFT_OVER = ("of the way to go", "to go")
"""What the rest is called, the longest first."""

HEAD = 0.6
"""Room for the function over all pictures, in units."""


class RateMultiples(Figure):
    """The same start with several learning rates, side by side, and where each run ends.

    Parameter of its own: `rates`, two to four learning rates, one for each picture.
    """

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.1)
    max_steps = 20
    title = "Learning rates"
    rates: Any = (0.01, 0.1, 0.45, 0.9)
    kinds: ClassVar = {"rates": parameters.rates(2, 4)}
    heights: ClassVar = {"85mm": 12.2, "170mm": 8.0}

    def construct(self) -> None:
        """Draw one picture for each rate, all in the same window."""
        self.lineup = Lineup.of(self.objective, self.start, self.rates, self.max_steps, self.run)
        runs = self.lineup.runs
        fields = {f"rate_{index}": rate for index, rate in enumerate(self.rates)}
        fields |= {f"x_{index}": run.points[-1][0] for index, run in enumerate(runs)}
        ends = in_a_row([f"{{x_{index}}} with rate {{rate_{index}}}" for index in range(len(runs))])
        most = "at most " if len({len(run) for run in runs}) > 1 else ""
        with self.picture(
            f"Runs on {{formula}} from x = {{x}}; after {most}{{n}} they are at x = {ends}.",
            formula=formula(self.objective),
            x=self.lineup.first,
            n=count(max(self.lineup.last, 1), "step"),
            **fields,
        ):
            self.draw()

    def draw(self) -> None:
        """Cut the figure into pictures, and fill them."""
        lineup, many = self.lineup, len(self.rates)
        window = fit_whole(self.objective, lineup.near(), lineup.valley, AIR)
        columns = -(-many // 2) if self.is_narrow else many
        room = max(LEFT, Strip.room_for(self.look, lineup.rows))
        name = self.look.math(f"f(x) = {self.objective.typst}", role="curve")
        name = self.look.fitted(name, self.region.width, TYPE.label)
        # One too long for a line is told by the caption alone.
        is_named = name.advance <= self.region.width
        if is_named:
            self.add(name.place(self.region.left, self.region.top - 0.4))
        below = self.region.inset(top=HEAD if is_named else 0.0, left=room)
        cells = below.grid(-(-many // columns), columns, gap=0.5)
        for index, (run, cell) in enumerate(zip(lineup.runs, cells, strict=False)):
            self.add(
                Multiple(
                    self.look,
                    cell,
                    run,
                    self.objective,
                    window,
                    self.look.text(f"rate {number(self.rates[index])}"),
                    self.lines(index, run, cell.width),
                    rows=lineup.rows,
                    room=room,
                    labelled=index % columns == 0,
                    minimum=lineup.valley,
                )
            )

    def lines(self, index: int, run: Trace, width: float) -> list[Lettering]:
        """Return where a run ends, and how many steps it needs until little is left."""
        n, (x,) = len(run.steps), run.points[-1]
        written = [
            self.look.math(
                f"x_{n} {relation(x, digits=digits)} {figure(number(x, digits))}", size, "point"
            )
            for size in (TYPE.label, TYPE.tick, TYPE.minimum)
            for digits in (4, 2)
        ]
        end = next((words for words in written if words.advance <= width), written[-1])
        if self.lineup.valley is None:
            return [end]
        texts = [self.arrivals(wording) for wording in LEFT_OVER]
        fits = [lines for lines in texts if max(line.advance for line in lines) <= width]
        return [end, (fits or texts[-1:])[0][index]]

    def arrivals(self, wording: str) -> list[Lettering]:
        """Return after how many steps each run has all but arrived."""
        left = f"{number(100 * FRACTION)} % {wording}"
        words = [
            f"{left}: {self.lineup.outcome(index)}"
            if steps is None
            else f"{left} after {count(steps, 'step')}"
            for index, steps in enumerate(self.lineup.counts)
        ]
        return [self.look.text(line, size=TYPE.tick) for line in words]

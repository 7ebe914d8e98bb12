"""Several runs abreast: a strip for each, with one scale, beside its words."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.funnel import Funnel, Goal
from scenes.parts.lettering import Lettering
from scenes.parts.source import figure
from scenes.parts.strip import Ruler, Strip
from scenes.parts.window import Window
from scenes.telling import Contraction
from scenes.theme import TYPE, units
from scenes.words import as_factor, number

GAP = 0.55
"""Between two strips, in units."""

WORDS = 2.3
"""So wide are the words that stand left of a strip, in units."""


class Abreast(VGroup):
    """The histories of several runs, driven together: columns, or rows in a high region.

    Parameters
    ----------
    look, region
        The look, and where all of them stand.
    runs
        Runs of one variable.
    rates
        Their rates. Where a run's distance to the minimum is multiplied by one number at every
        step, that is said below, and drawn as a funnel.
    window
        What all of them show.
    minimum
        The x of the minimum, which is marked, or None.
    curvature
        The second derivative of a parabola: with it is said how the factors come about.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        runs: Sequence[Trace],
        rates: Sequence[float],
        window: Window,
        minimum: float | None,
        curvature: float | None = None,
    ) -> None:
        super().__init__()
        rows = max(len(run.steps) for run in runs)
        laws = [Contraction.of(run, minimum) for run in runs]
        pitch = 1.3 * units(TYPE.label)
        numbers = Strip.room_for(look, rows)
        stacked = region.height > 1.2 * region.width
        one = [1.0] * len(runs)
        if stacked:
            cells = region.inset(right=0.4).rows(*one, gap=GAP)
        else:
            cells = region.inset(left=numbers, right=0.4).columns(*one, gap=GAP)
        factors = [
            _factor(look, law, rate, curvature)
            for law, rate in zip(laws, rates, strict=True)
            if law is not None
        ]
        room = WORDS if stacked else cells[0].width + 0.6 * GAP
        told = all(written.advance < room for written in factors)
        self.moving: list[Goal | Funnel | Strip] = []
        for index, (run, rate, law, cell) in enumerate(zip(runs, rates, laws, cells, strict=True)):
            said = [f"rate {number(rate)}", *([law.regime] if law is not None else [])]
            lines = [look.text(words) for words in (said if stacked else [": ".join(said)])]
            if law is not None:
                lines.insert(1, _factor(look, law, rate, curvature if told else None))
            for below, written in enumerate(lines):
                y = cell.top - (below + 0.7) * pitch
                if stacked:
                    self.add(written.place(cell.left, y - 0.3))
                else:
                    self.add(written.place(cell.center[0], y, "center"))
            deep = (1 + any(laws)) * pitch + 0.3
            here = cell.inset(left=WORDS) if stacked else cell.inset(top=deep)
            ruler = Ruler(look, here, window)
            first = index == 0
            strip = Strip(look, ruler, ruler.inner, run, rows=rows, numbered=first or stacked)
            self.add(ruler)
            if index == len(runs) - 1:
                name, (x, y) = look.math("x", role="muted"), (ruler.inner.right, ruler.inner.bottom)
                self.add(name.place(x + 0.1, y, on="middle"))
            if minimum is not None:
                self.moving.append(Goal(look, strip, minimum, head=first))
                self.moving += [Funnel(look, strip, minimum)] if law is not None else []
            self.moving.append(strip)
        self.add(*self.moving)

    def show(self, position: float) -> None:
        """Show all runs at a position of the playhead."""
        for part in self.moving:
            part.show(position)


def _factor(look: Look, law: Contraction, rate: float, curvature: float | None) -> Lettering:
    """Return a run's factor, and with the curvature of a parabola how the rate makes it."""
    factor = number(law.factor)
    if curvature is None:
        return look.text(f"factor {factor}")
    bend = figure(number(curvature))
    times = "" if bend == "1" else f"{bend} dot "
    return look.math(f"1 - {times}{figure(as_factor(number(rate)))} = {figure(factor)}")

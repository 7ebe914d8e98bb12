"""Several runs abreast: a strip for each, with one scale, under its words."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.strip import Funnel, Ruler, Strip
from scenes.parts.strokes import dashes, line, set_lines
from scenes.parts.window import Window
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

GAP = 0.45
"""Between two strips, in units."""


class Abreast(VGroup):
    """The histories of several runs, one column each, driven together.

    Parameters
    ----------
    look, region
        The look, and where all of them stand.
    runs
        Runs of one variable.
    names
        What is said over each run.
    factors
        What each run's distance to the minimum is multiplied by at every step, where it is one
        number: said below the name, and drawn as a funnel.
    window
        What all of them show.
    minimum
        The x of the minimum, which is marked, or None.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        runs: Sequence[Trace],
        names: Sequence[str],
        factors: Sequence[float | None],
        window: Window,
        minimum: float | None,
    ) -> None:
        super().__init__()
        rows = max(len(run.steps) for run in runs)
        pitch = 1.35 * units(TYPE.label)
        room = max(Strip.left_room(look, run) for run in runs)
        columns = region.inset(left=room, right=0.4 * GAP).columns(*[1.0] * len(runs), gap=GAP)
        self.moving: list[Funnel | Strip] = []
        for index, run in enumerate(runs):
            column, factor = columns[index], factors[index]
            words = [look.text(names[index])]
            if factor is not None:
                words.append(look.text(f"factor {number(factor)}", role="muted"))
            for below, written in enumerate(words):
                baseline = column.top - (below + 0.7) * pitch
                self.add(written.place(column.center[0], baseline, "center"))
            ruler = Ruler(look, column.inset(top=(1 + any(factors)) * pitch + 0.1), window)
            strip = Strip(look, ruler, ruler.inner, run, rows=rows, numbered=index == 0)
            self.add(ruler)
            if minimum is not None:
                x = ruler.x(minimum)
                mark = line(look, role="minimum", width=STROKE.axis)
                self.add(set_lines(mark, dashes((x, ruler.inner.top), (x, ruler.inner.bottom))))
                self.moving += [Funnel(look, strip, minimum)] if factor is not None else []
            self.moving.append(strip)
        self.add(*self.moving)

    def show(self, position: float) -> None:
        """Show all runs at a position of the playhead."""
        for part in self.moving:
            part.show(position)

"""Several runs abreast: a strip for each, with one scale, under its words."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.strokes import dashes, line, set_lines
from scenes.parts.trail import Funnel, Ruler, Strip
from scenes.parts.window import Window
from scenes.theme import STROKE, TYPE, units

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
    words
        The lines over each run.
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
        words: Sequence[Sequence[Lettering]],
        window: Window,
        minimum: float | None,
    ) -> None:
        super().__init__()
        rows = max(len(run.steps) for run in runs)
        pitch = 1.35 * units(TYPE.label)
        top = max(map(len, words)) * pitch + 0.1
        columns = region.inset(left=0.5).columns(*[1.0] * len(runs), gap=GAP)
        self.moving: list[Funnel | Strip] = []
        for index, (run, column, lines) in enumerate(zip(runs, columns, words, strict=True)):
            for below, words_ in enumerate(lines):
                middle = (column.left + column.right) / 2
                self.add(words_.place(middle, column.top - (below + 0.7) * pitch, "center"))
            ruler = Ruler(look, column.inset(top=top), window)
            strip = Strip(look, ruler, ruler.inner, run, rows=rows, numbered=index == 0)
            self.add(ruler)
            if minimum is not None:
                x = ruler.x(minimum)
                mark = line(look, role="minimum", width=STROKE.axis)
                self.add(set_lines(mark, dashes((x, ruler.inner.top), (x, ruler.inner.bottom))))
                self.moving.append(Funnel(look, strip, minimum))
            self.moving.append(strip)
        self.add(*self.moving)

    def show(self, position: float) -> None:
        """Show all runs at a position of the playhead."""
        for part in self.moving:
            part.show(position)

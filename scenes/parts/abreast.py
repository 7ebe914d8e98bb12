"""Several runs abreast: a strip for each, with one scale, under its words."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.funnel import Goal, name_of_rows
from scenes.parts.source import Source, figure, join, math
from scenes.parts.strip import NUMBER_GAP, Ruler, Strip
from scenes.parts.window import Window
from scenes.telling import Contraction
from scenes.theme import TYPE, units
from scenes.words import as_factor, equals, number

GAP = 0.5
"""Between two strips and the numbers or words of the next one, in units."""

CLOSE = 0.2
"""Between two strips under each other, in units: what is said over one stands closer to it."""

APART = 0.5
"""Between words in one line, over a strip or over two, in units."""

OVER = 0.28
"""From the first row up to the foot of the names over it, in units."""

FOOT = 0.26
"""Between the last row and the x-axis, in units."""


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
        step, that is said above.
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
        inner = region.inset(left=numbers, right=0.3)
        rulers: list[Ruler] = []
        if stacked:
            # One x-axis under all of them.
            rulers = [Ruler(look, inner, window)] * len(runs)
            cells = rulers[0].inner.rows(*one, gap=CLOSE)
        else:
            cells = inner.columns(*one, gap=numbers + GAP)
        room = cells[0].width + numbers + (0.0 if stacked else GAP - APART)
        # How the factors come about, in smaller type where it needs that; else they alone.
        said: list[list[Source]] = []
        size = TYPE.label
        for bend, short in ((curvature, False), (None, False), (None, not stacked)):
            said = [
                _words(look, law, rate, bend, short=short)
                for law, rate in zip(laws, rates, strict=True)
            ]
            wide = max(_wide(look, lines, stacked=stacked) for lines in said)
            size = TYPE.label * min(1.0, room / wide)
            if size >= TYPE.tick:
                break
        size = max(size, TYPE.minimum)
        deep = (1 if stacked else max(map(len, said))) * pitch + 0.3
        self.moving: list[Goal | Strip] = []
        for index, (run, told, cell) in enumerate(zip(runs, said, cells, strict=True)):
            written = [look.source(source, size) for source in told]
            for below, words in enumerate(written):
                y = cell.top - (below + 0.7) * pitch
                if not stacked:
                    words.place(cell.center[0], y, "center")
                elif below:
                    # In one line with the other, from edge to edge.
                    words.place(cell.right, y + below * pitch, "right")
                else:
                    words.place(cell.left - numbers, y)
            self.add(*written)
            here = cell.inset(top=deep)
            if not stacked:
                rulers.append(Ruler(look, here, window))
                here = rulers[-1].inner
            name, name_size = name_of_rows(look, rulers[index], numbers, minimum)
            strip = Strip(
                look,
                rulers[index],
                here,
                run,
                rows=rows,
                foot=FOOT,
                name=name,
                name_size=name_size,
                aside=NUMBER_GAP,
                lit=True,
                over=OVER,
            )
            if minimum is not None:
                self.moving.append(Goal(look, strip, minimum))
            self.moving.append(strip)
        for ruler in dict.fromkeys(rulers):
            (x, y), written = (ruler.inner.right, ruler.inner.bottom), look.math("x", role="muted")
            self.add(ruler, written.place(x + 0.1, y, on="middle"))
        self.add(*self.moving)

    def show(self, position: float) -> None:
        """Show all runs at a position of the playhead."""
        for part in self.moving:
            part.show(position)


def _wide(look: Look, told: Sequence[Source], *, stacked: bool) -> float:
    """Return how wide the words of a run are at full size, one under the other or in one line."""
    widths = [look.source(line).advance for line in told]
    return sum(widths) + APART * (len(widths) - 1) if stacked else max(widths)


def _words(
    look: Look, law: Contraction | None, rate: float, curvature: float | None, *, short: bool
) -> list[Source]:
    """Return the lines over a run: its rate and what it does, and its factor.

    With the curvature of a parabola they say how the rate makes the factor. What the rate does is
    left out in `short`, where the columns are too narrow for it; the rows show it.
    """
    name = look.notation.words(f"rate {number(rate)}")
    if law is None:
        return [join(name)]
    factor = number(law.factor)
    if curvature is None:
        made = join(look.notation.words(f"factor {factor}"))
    else:
        bend = figure(number(curvature))
        times = "" if bend == "1" else f"{bend} dot "
        sign = equals(curvature, rate, law.factor)
        made = math(f"1 - {times}{figure(as_factor(number(rate)))} {sign} {figure(factor)}")
    return [join(name if short else f"{name}: {law.regime}"), made]

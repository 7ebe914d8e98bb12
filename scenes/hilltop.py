"""The hilltop between two valleys, seen through a lens: two starts, one on each side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gdcore import Trace
from gdcore.theory import StationaryPoint
from scenes.look import Look
from scenes.parts.lens import Lens, close_up, free_region, region_below
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import TICK, Plot
from scenes.parts.runner import Runner
from scenes.parts.source import figure
from scenes.parts.strokes import dashes, line, set_lines
from scenes.theme import TYPE
from scenes.words import number

LARGEST = (3.8, 1.9)
"""The size of the lens, in units; in parts of the plot's it is at most `SHARE`."""

SHARE = (0.48, 0.45)

OUTWARD = (0.26, 0.4, 0.6, 0.85, 1.2)
"""Distances between a walker and its name: it is not to be taken for that of a neighbour."""


class HillLens(Lens):
    """A lens on two starts that are close to each other, and on the hilltop between them.

    Parameters
    ----------
    look, plot, objective
        The look, the plot that is magnified, and the function that it shows.
    runs
        The two runs.
    hill
        The hilltop, or None.
    clear
        What the lens should not cover.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        objective: Any,
        runs: Sequence[Trace],
        hill: StationaryPoint | None,
        clear: Obstacles,
    ) -> None:
        starts = sorted(run.points[0][0] for run in runs)
        window = close_up(objective, starts, left=0.4, right=0.4, below=1.2, above=0.9)
        inner = plot.inner
        size = (min(SHARE[0] * inner.width, LARGEST[0]), min(SHARE[1] * inner.height, LARGEST[1]))
        spot = plot.at(runs[0].points[0][0], runs[0].values[0])
        region = region_below(inner, *size, clear, spot)
        if region is None:
            region = free_region(inner, *size, clear, spot)
        super().__init__(look, plot, region, window, x_ticks=starts)
        self.runs = tuple(runs)
        self.draw(objective)
        if hill is not None:
            self._mark(look, hill)

    def _mark(self, look: Look, hill: StationaryPoint) -> None:
        """Lead from the hilltop down to its number, between those of the starts."""
        base = self.plot.on_axis(hill.x)
        guide = line(look, role="muted")
        label = look.math(figure(number(hill.x)), size=TYPE.minimum)
        label.place(base[0], base[1] - TICK - 0.08 - 0.66 * label.em, "center")
        box = label.box.inset(*[-0.1] * 4)
        tick = [] if any(box.meets(other.box) for other in self.plot.x_labels) else [label]
        upright = dashes(base, self.plot.at(hill.x, hill.value))
        set_lines(guide, [*upright, *([[base, base - (0.0, TICK)]] if tick else [])])
        self.add(guide, *tick)

    def kept(self, most: int) -> int:
        """Return after how many steps, at most, both walkers can still be seen in it."""
        inside = (
            n
            for n in range(most, 0, -1)
            if all(self.plot.shows(run.points[n][0], run.values[n]) for run in self.runs)
        )
        return next(inside, 0)


def name_walkers(
    look: Look, runners: Sequence[Runner], n: int, clear: Obstacles
) -> list[Lettering]:
    """Return where the runs come from and where they are after n steps, beside them.

    All of them are named in full, or all of them shorter where room is scarce.

    Parameters
    ----------
    look, runners
        The look, and the two runs.
    n
        The step.
    clear
        What the names keep clear of.
    """
    shown = [runner for runner in runners if runner.trace.steps and runner.seen(n)]
    starts = [runner.trace.points[0][0] for runner in runners]
    best: list[Lettering] = []
    for template in ("from {0} to {1}", "{1}"):
        trial, names = clear.copy(), []
        for runner in shown:
            start, x = runner.trace.points[0][0], runner.trace.points[n][0]
            words = template.format(number(start), number(x, 3))
            side = "right" if start == max(starts) else "left"
            prefer = (side, f"above {side}", f"below {side}")
            label = look.text(words, role=runner.role)
            names.append(place_near(label, runner.place(n), trial, prefer, OUTWARD))
        best = [name for name in names if name.is_free]
        if len(best) == len(shown):
            break
    return best

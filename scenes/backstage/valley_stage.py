"""The stage of TwoMinima: one plot, and the four runs in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gdcore import Trace
from scenes.backstage import valleys
from scenes.backstage.valley_notes import told_places
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_notes import AxisNotes
from scenes.parts.basins import deepened
from scenes.parts.plot import Plot
from scenes.parts.runner import Runner
from scenes.parts.window import fit
from scenes.parts.zoom import Zoom
from scenes.theme import STROKE

HEADROOM = 0.2
"""Air over the runs, in parts of their height: there is room for a lens over the hilltop."""

CELLAR, SHARE = 1.1, 0.15
"""Free height under the curve, in units and at least in parts of the plot's: for two lines of
words, or the bands with one over them, or two in a tall plot."""

GROUND = 0.25
"""What of that is left under the curve while a lens stands over it, in units."""

LIFT = 0.08
"""Between the left end of the curve and the name of the upright axis, in units more than usual."""

DIGITS = (5, 3)
"""To so many digits it is told where a run rests: few, where a start has no room beside it."""

FINE = 1.2
"""Size of the dots of a trail whose steps are short, in % of the frame's shorter side."""

PARTED = 30
"""After so many steps it is told where the two runs from the hilltop are."""


class ValleyStage:
    """The plot of some valleys, and the walkers of four runs: two far apart, two at a hilltop.

    Parameters
    ----------
    look, body
        The look, and the region.
    objective, runs
        The function, and the runs.

    Attributes
    ----------
    plot, curve, notes, digits
        The plot, the graph, what is told at the x-axis, and to how many digits.
    zoom
        Plot and graph, which at 1 stand lower and leave more room over the hilltop.
    land, hues, rests
        The stationary points, the colours of the minima by their x, and where each run settles.
    runners, parted
        The walkers, and the step after which it is told where the last two are.
    """

    def __init__(self, look: Look, body: Region, objective: Any, runs: Sequence[Trace]) -> None:
        self.look, self.runs = look, runs
        xs = [x for run in runs for x in valleys.framed(run)]
        window = fit(objective, xs, left=0.07, right=0.07, headroom=HEADROOM)
        tall = 0.85 * body.height
        cellar = max(CELLAR, SHARE * tall)
        window = deepened(objective, window, tall, cellar)
        # What is free under the curve goes over it, where a lens on the hilltop stands.
        up = (cellar - GROUND) / tall * (window.top - window.bottom)
        higher = replace(window, bottom=window.bottom + up, top=window.top + up)
        self.plot = Plot(look, body, window, lift=LIFT, later=[higher])
        self.zoom = Zoom(look, self.plot, objective)
        self.curve = self.zoom.curve
        self.land = valleys.Landscape.of(objective, window.left, window.right)
        self.hues: dict[float, str] = {}
        self.rests = [self.land.settled(run) for run in runs]
        self.runners = [self.runner(index, self.plot) for index in range(len(runs))]
        self.parted = max(1, min(PARTED, *(len(run.steps) for run in runs[2:])))
        roles = [runner.role for runner in self.runners]
        for self.digits in DIGITS:
            places = told_places(runs, roles, self.rests, self.parted, self.digits)
            self.notes = AxisNotes(look, self.plot, places)
            if self.notes.writes_all("rests"):
                break

    def runner(self, index: int, plot: Plot) -> Runner:
        """Return the walker of a run in the colour of its minimum; the first one's are dots."""
        rest, run = self.rests[index], self.runs[index]
        role = valleys.hue(self.hues, None if rest is None else rest.x)
        hollow = role != next(iter(self.hues.values()), role)
        told = index < 2 and plot is self.plot
        # The second run has the colour of its valley; a tangent of another one would be too much.
        return Runner(
            self.look, plot, run, role, hollow=hollow, told=told, measured=index == 0, brief=True,
            curve=self.curve if told else None,
            # The steps of those that start at the hilltop are short there.
            ghost=FINE if index >= 2 else STROKE.ghost,
        )  # fmt: skip

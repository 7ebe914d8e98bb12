"""What lessons on jumps put on their stage: one plot, the run in it, and in time its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gdcore import GradientDescent, Optimizer, Step, Trace
from scenes.backstage.jumping import SIZE
from scenes.layout import Layout, Region
from scenes.look import Look
from scenes.parts.feet import Feet
from scenes.parts.history import Rooms
from scenes.parts.jumps import Jumps
from scenes.parts.lettering import Lettering
from scenes.parts.measure import ROOM, Comparison
from scenes.parts.plot import Plot
from scenes.parts.slope import slope_role
from scenes.parts.source import figure, ink, math
from scenes.parts.strip import Strip
from scenes.parts.window import Window, fit, leading, widening
from scenes.parts.zoom import Zoom
from scenes.playhead import Playhead
from scenes.telling import rate_of
from scenes.words import as_factor, number

AIR = {"left": 0.16, "right": 0.16, "headroom": 0.2}
"""Free space round the iterates in the window, in parts of their range."""


class JumpStage:
    """A plot that has all of the body, until it makes room for strip and table.

    Parameters
    ----------
    look, layout, objective
        The look, the frame, and the function.
    windows
        What the plot shows, one after the other, in its final place.
    runs
        The runs that are told in it.
    told
        For each window, and first for the place where the plot stands alone, the x that have a name
        of their own on the axis.

    Attributes
    ----------
    zoom, dial
        The plot with all that goes along, and the playhead that takes it from its first place (0)
        to its second (1), and on to the other windows.
    jumps, walk, voice
        The run that is told, its playhead, and the one of what is no longer talked about.
    """

    jumps: Jumps
    walk: Playhead
    voice: Playhead
    feet: Feet

    def __init__(
        self,
        look: Look,
        layout: Layout,
        objective: Any,
        windows: Sequence[Window],
        runs: Sequence[Trace],
        told: Sequence[Sequence[float]],
    ) -> None:
        self.look, self.objective = look, objective
        above, self.rooms = regions(layout)
        self.plot = Plot(
            look,
            alone(layout),
            windows[0],
            later=windows,
            rooms=[above] * len(windows),
            left_room=max(Strip.left_room(look, run) for run in runs),
            told=told,
        )
        self.zoom, self.dial = Zoom(look, self.plot, objective), Playhead()
        self.dial.drive(self.zoom)
        self.curve = self.zoom.curve

    def take(self, run: Trace, *told: int) -> Jumps:
        """Make a run the one that is told, with the tangents of some steps."""
        self.walk, self.voice = Playhead(), Playhead()
        self.jumps = Jumps(self.look, self.plot, run, told=told)
        self.walk.drive(self.jumps)
        self.voice.drive(self.jumps.hush)
        self.zoom.carry(self.walk, self.jumps)
        self.feet = Feet(self.look, self.plot, places(run, len(told)))
        self.walk.drive(self.feet)
        self.zoom.carry(self.walk, self.feet)
        return self.jumps

    def compare(self, step: Step, minimum: float, *, beyond: bool = False) -> Comparison:
        """Return the distances between a step's ends and a minimum."""
        floor = self.objective.value((minimum,))
        # Also those that are still to come.
        self.feet.show(float(len(self.feet)))
        named = [foot.number for foot in self.feet]
        out = Comparison(self.look, self.plot, step, minimum, floor, *named, beyond=beyond)
        self.feet.show(self.walk.position)
        return out


def places(run: Trace, steps: int = 2) -> list[float]:
    """Return the places of a run that are named on the axis: those of the steps told singly."""
    return [x for (x,) in run.points[: steps + 1]]


def is_told(run: Trace) -> bool:
    """Whether the names on the axis are all that the run needs: it only comes back to them."""
    names = set(map(number, places(run)))
    return all(number(x) in names for (x,) in run.points)


def widening_windows(
    objective: Any, runs: Sequence[Trace], valley: float | None
) -> tuple[list[Window], list[float]]:
    """Return ever wider windows for two runs, the second of which grows, and which one is when.

    The first window shows the first run, the next one five steps of the second, the last one all
    of it that can be seen.
    """
    one, two = ([point[0] for point in run.points] for run in runs)
    near = leading(one)
    far = (near, [*near, *leading(two[:6])], [*near, *leading(two, 8)])
    include = () if valley is None else (valley,)
    return widening([fit(objective, xs, include=include, symmetric=True, **AIR) for xs in far])


def alone(layout: Layout) -> Region:
    """Return where the plot stands alone, with room for distances under it."""
    return layout.body.inset(bottom=ROOM)


def regions(layout: Layout) -> tuple[Region, Rooms]:
    """Return where the plot stands with its history: the strip below, in line with it."""
    if layout.is_tall:
        plot, strip, table = layout.body.rows(1.05, 0.9, 1.6, gap=0.16)
        return plot, Rooms(strip, table, 11)
    share = 1.4
    plot, strip = layout.stage.rows(share, 1.0, gap=0.1)
    return plot, Rooms(strip, layout.side, 9 if layout.is_square else 11)


def formulas(
    look: Look, objective: Any, rates: Sequence[float | None], method: Optimizer | None = None
) -> list[Lettering]:
    """Return what stands in the header: the function, and the rates or else the method's name."""
    out = [look.math(f"f(x) = {objective.typst}", SIZE, role="curve")]
    known = [figure(number(rate)) for rate in rates if rate is not None]
    if known:
        listed = ' "and" '.join(known)
        out.append(look.math(f"eta = {listed}", SIZE))
    elif method is not None and not isinstance(method, GradientDescent):
        out.append(look.text(type(method).__name__, size=SIZE))
    return out


def product(optimizer: Any, step: Step) -> str:
    """Return how a step comes about, as Typst mathematics: minus the rate times the slope."""
    rate, slope = rate_of(optimizer, step), step.gradient[0]
    if rate is None:
        return ""
    factor = ink(slope_role(slope), math(figure(as_factor(number(slope)))))
    return f"{ink('text', math(f'-{figure(number(rate))} dot'))} {factor}"

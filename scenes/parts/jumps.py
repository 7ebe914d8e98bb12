"""One run that jumps: its steps on the curve, its history in a strip, its numbers in a table."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Mobject, VGroup

from gdcore import Step, Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.measure import Comparison
from scenes.parts.placing import Obstacles, place_along
from scenes.parts.plot import Plot
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.step import StepView
from scenes.parts.strip import Funnel, Strip
from scenes.parts.strokes import arrow_outline, dot_points
from scenes.parts.table import run_table
from scenes.parts.trail import RunGhosts
from scenes.theme import STROKE
from scenes.words import number


class Jumps(VGroup):
    """All that is drawn of one run, as one part that a playhead drives.

    Parameters
    ----------
    look, plot, trace
        The look, where the steps are drawn, and the run of one variable.
    strip, table
        Where its history and its numbers stand.
    told
        The steps whose tangent is drawn.
    room
        How many rows the table may have.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        trace: Trace,
        strip: Region,
        table: Region,
        *,
        told: Sequence[int],
        room: int,
    ) -> None:
        super().__init__()
        self.look, self.plot = look, plot
        self.view = StepView(look, plot, trace, told=told, lasting=False)
        self.ghosts = RunGhosts(look, plot, trace)
        self.strip = Strip(look, plot, strip, trace)
        self.table = run_table(look, table, trace, room)
        self.funnel: Funnel | None = None
        self.position = 0.0
        self.add(self.ghosts, self.strip, self.table, self.view)

    def show(self, position: float) -> None:
        """Show the run at a position of the playhead."""
        self.position = position
        for part in (self.ghosts, self.funnel, self.strip, self.table, self.view):
            if part is not None:
                part.show(position)

    def open_funnel(self, middle: float) -> Funnel:
        """Return the strip's funnel round a data x; from now on it goes along."""
        self.funnel = Funnel(self.look, self.strip, middle)
        self.funnel.show(self.position)
        self.submobjects.insert(0, self.funnel)
        return self.funnel

    def obstacles(self, *more: Mobject, index: int | None = None) -> Obstacles:
        """Return what labels keep clear of: what is in the plot, or what a step will draw there."""
        clear = Obstacles(self.plot.inner)
        clear.add(self.plot, self.ghosts, *more)
        if index is None:
            clear.add(self.view)
            return clear
        for at in (index, index + 1):
            clear.add_points(dot_points([self.view.place(at)], STROKE.point)[:, :2])
            for guide in self.view.guide(at):
                clear.add_points(guide)
        for tangent in self.view.tangent_line(index):
            clear.add_points(tangent)
        clear.add_points(arrow_outline(*self.view.arrow_ends(index)))
        return clear

    def labels(self, step: Step, curve: Mobject) -> VGroup:
        """Return the numbers of a step: its slope beside the tangent, its length over the arrow."""
        clear = self.obstacles(curve, index=step.index)
        length = self.look.math(figure(number(step.delta[0], sign=True)), role="step")
        place_along(length, *self.view.arrow_ends(step.index), clear, ("above",))
        slope = step.gradient[0]
        words = self.look.text(f"slope {number(slope)}", role=slope_role(slope))
        tangent = self.view.tangent_line(step.index)
        if not tangent:
            return VGroup(length)
        outward = ("right", "left") if slope >= 0 else ("left", "right")
        place_along(words, tangent[0][0], tangent[0][-1], clear, outward)
        return VGroup(length, words)

    def compare(self, step: Step, minimum: float, region: Region) -> Comparison:
        """Return the distance to a minimum against a step, in rows yet to be reached."""
        clear = Obstacles(region)
        clear.add(self.strip)
        clear.add_points(self.strip.centers[:2])
        return Comparison(self.look, self.plot, region, step, minimum, clear)

    def name_runs(self, name: str, other: Strip, other_name: str) -> list[Lettering]:
        """Return the names of this run and of another one in the same rows, as far as they fit."""
        clear = Obstacles(self.strip.inner.inset(-0.3, 0, -0.3, 0))
        clear.add(self.strip, *(() if self.funnel is None else (self.funnel,)))
        clear.add_points(other.path(len(other.centers)))
        start = self.strip.centers[0, 0]
        sides = ("left", "right") if start > self.strip.inner.center[0] else ("right", "left")
        words = self.look.text(name, role="point"), self.look.text(other_name, role=other.role)
        placed = [
            self.strip.label(words[0], clear, sides[0]),
            other.label(words[1], clear, sides[1]),
        ]
        return [written for written in placed if written is not None]

"""The stage of OneStep: a plot that first stands alone and later makes room for readouts."""

from __future__ import annotations

from typing import Any

from manim import VGroup

from gdcore import Trace
from scenes.layout import Layout, Region
from scenes.look import Look
from scenes.parts.axis_marks import AxisMarks
from scenes.parts.feet import BELOW, Foot
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.spread import sparse_ticks
from scenes.parts.step import StepView
from scenes.parts.strokes import dashes, line, set_lines
from scenes.parts.trail import RunGhosts
from scenes.parts.window import fit_beside
from scenes.parts.zoom import Zoom
from scenes.playhead import Playhead
from scenes.telling import goal
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

REACH = 0.45, 0.13
"""How far a tangent goes downhill and uphill, in diagonals of the plot."""

TOLD = 2
"""How many steps are told, of however many the run has."""

ROWS = 2.9
"""Height of the readouts under the plot of a tall frame, in units."""

LABELS = 1.2
"""About what the labels of an axis take of the plot's region, in units."""


class StepStage:
    """Plot, curve and the run's moving parts.

    Parameters
    ----------
    look, layout
        The look, and the regions of the frame.
    objective, trace
        The function of one variable, and the run.

    Attributes
    ----------
    trace, xs
        What of the run is told, and where its steps begin and end.
    side
        Where the readouts stand once the plot has made room.
    plot, zoom, dial, curve
        The plot, what takes it aside as the dial goes from 0 to 1, and the curve.
    view, feet
        The step in progress, and the places of the run on the x-axis.
    driven, movers
        What follows the playhead from the start; and the same in the order in which it is piled.
    start
        Guides from the start to both axes.
    """

    def __init__(self, look: Look, layout: Layout, objective: Any, trace: Trace) -> None:
        self.look, self.trace = look, trace.beginning(TOLD)
        stage, self.side = layout.stage, layout.side
        if layout.is_tall:
            self.side = layout.body.inset(top=layout.body.height - ROWS)
            stage = layout.body.inset(bottom=ROWS + 0.3)
        alone = layout.body.inset(bottom=BELOW)
        self.xs = [point[0] for point in self.trace.points]
        self.plot = self._plot(alone, stage.inset(bottom=BELOW), objective, goal(objective, trace))
        self.zoom, self.dial = Zoom(look, self.plot, objective), Playhead()
        self.dial.drive(self.zoom)
        self.curve = self.zoom.curve
        self.view = StepView(look, self.plot, self.trace, tangent_reach=REACH, staying=(TOLD - 1,))
        ghosts = RunGhosts(look, self.plot, self.trace)
        self.feet = [Foot(look, self.plot, self.xs, index) for index in range(len(self.xs))]
        self.driven = self.view, ghosts, self.feet[0]
        # Dots lie on the tangent: they come once more, after what else belongs to the view.
        self.movers = VGroup(self.view, ghosts, self.view.point, self.feet[0])
        self.start = self._start_guides()

    def _plot(self, alone: Region, aside: Region, objective: Any, valley: float | None) -> Plot:
        look, trace, xs = self.look, self.trace, self.xs
        window = fit_beside(objective, xs, valley, headroom=0.55)

        def wide(value: float) -> float:
            return look.math(figure(number(value)), size=TYPE.tick).advance

        def high(_value: float) -> float:
            return units(TYPE.tick)

        # Beside the places and levels that are told, the axes have few numbers.
        across = sparse_ticks(window.left, window.right, aside.width - LABELS, xs, wide)
        up = sparse_ticks(window.bottom, window.top, aside.height - LABELS, trace.values[:2], high)
        first = look.math(figure(number(trace.values[0])), size=TYPE.tick)
        return Plot(
            look,
            alone,
            window,
            later=(window,),
            rooms=(aside,),
            x_ticks=across,
            y_ticks=up,
            left_room=AxisMarks.room(first),
        )

    def _start_guides(self) -> VGroup:
        (x,), value = self.trace.points[0], self.trace.values[0]
        if not self.plot.shows(x, value):
            return VGroup()
        (across, high), inner = self.plot.at(x, value), self.plot.inner
        rim = 0.62 * units(STROKE.point)
        pieces = [*dashes((across, inner.bottom), (across, high - rim))]
        pieces += dashes((inner.left, high), (across - rim, high))
        level = self.look.math(figure(number(value)), TYPE.tick, "curve")
        return VGroup(
            set_lines(line(self.look, role="muted"), pieces),
            AxisMarks(self.look, self.plot, [(value, level)], upright=True),
        )

"""The workbench of FromScratch: the program, what it prints, and the plot, in one frame.

Beside the program (below it in a tall frame) there is an area that the plot has to itself at first.
When the program prints, the listing comes in at the top of it, and the plot makes room. A square
frame has the plot beside the short lines, and the listing across the bottom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from manim import Mobject, VGroup

from gdcore import Step, Trace
from scenes.backstage.program import printed
from scenes.layout import Layout, Region
from scenes.look import Look
from scenes.parts.code_panel import CodePanel
from scenes.parts.lettering import Lettering, box_of
from scenes.parts.listing import Listing
from scenes.parts.placing import Obstacles, place_along, place_near
from scenes.parts.plot import Plot
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.step import TANGENT_LENGTH, StepView, tangent_segment
from scenes.parts.strokes import arrow_outline, dot_points, dots, line, set_lines
from scenes.parts.table import told_rows
from scenes.parts.trail import RunGhosts
from scenes.parts.window import fit_beside
from scenes.parts.zoom import Zoom
from scenes.playhead import Playhead
from scenes.theme import STROKE, TYPE
from scenes.words import number

NARROWEST = 2.4
"""The least width of a plot beside the short lines of the program, in units."""

GHOST = 0.75 * STROKE.ghost
"""Size of the dots where the run has been: the last ones are close together."""

TURNS = 5
"""Rows of the listing; all others are left out."""

NAMES = 5.2
"""Largest size of a name in a plot that has room, in % of the shorter side."""

ACROSS = 1.07
"""Height of a listing that runs across in a square frame, in units."""

NEAR = (0.16, 0.26, 0.4)
"""How far a label may be from what it names, in units."""


class Workbench:
    """Where all of it stands, and what is drawn there.

    Parameters
    ----------
    look, layout, title
        The look, the regions of the frame, and the title as it is drawn.
    lines
        The program.
    runs
        The run that is told, and the longer one, if there is one.
    """

    def __init__(
        self,
        look: Look,
        layout: Layout,
        title: VGroup,
        lines: Sequence[str],
        runs: Sequence[Trace],
    ) -> None:
        self.look, self.runs, self.dial = look, runs, Playhead()
        self.title, self.header = title, layout.header
        self.square = layout.is_square
        self.names = (TYPE.label, TYPE.tick) if self.square else (NAMES, TYPE.label, TYPE.tick)
        self.across = layout.is_square or layout.is_tall
        # The header has one line of type: what it leaves free in narrow frames is used too.
        body = replace(layout.body, top=layout.header.top - 0.96)
        steps = runs[0].steps
        self.slope = slope_role(steps[0].gradient[0] if steps else 0.0)
        if self.square:
            self._lay_out_square(body, lines)
        elif layout.is_tall:
            region, self.area = body.rows(1.2, 1.0, gap=0.35)
            self.panel = CodePanel(look, region, lines, slope=self.slope)
            self.output = self.area
        else:
            share, gap = (1.0, 0.6) if body.width > 11 else (1.1, 0.35)
            region, self.area = body.columns(share, 1.0, gap=gap)
            self.panel = CodePanel(look, region, lines, slope=self.slope)
            self.area = replace(self.area, top=self._beside_title(self.area.left))
            self.output = replace(self.area, bottom=self.area.top - 0.46 * self.area.height)
        self.plot: Plot | None = None

    def _lay_out_square(self, body: Region, lines: Sequence[str]) -> None:
        """Put the plot beside the short lines, or what is printed if the program is too long."""
        region = body.inset(bottom=ACROSS + 0.15)
        self.panel = CodePanel(self.look, region, lines, slope=self.slope)
        self.across = self.panel.bottom >= region.bottom - 1e-6
        if not self.across:
            self.panel = CodePanel(self.look, body, lines, slope=self.slope)
        panel = self.panel
        left = panel.right_of(0, panel.opens - 1) + (0.45 if self.across else 0.2)
        below = panel.baselines[panel.opens] + 1.1 * panel.em
        self.area = Region(left, below, body.right, self._beside_title(left))
        self.output = replace(body, top=body.bottom + ACROSS) if self.across else self.area

    def _beside_title(self, left: float) -> float:
        """Return the top of what stands right of the title, on its line if there is room."""
        return self.header.top - (0.26 if box_of(self.title).right < left - 0.3 else 0.96)

    # -- what the program prints -----------------------------------------------------------------

    def listing(self, which: int) -> Listing:
        """Return what one of the runs prints; columns that have no room are left out."""
        told = [self._printed(run) for run in self.runs]
        turns, rows = told[which]
        also = [row for other, (_, listed) in enumerate(told) if other != which for row in listed]
        births = [TURNS - 1 if turn is None else turn for turn in turns]
        names: tuple[str, ...] = ('"turn"', "x", "f(x)")
        roles: tuple[str, ...] = ("muted", "point", "curve")
        for columns in (slice(None), slice(1, None), slice(1, 2)):
            cut: list[list[Any]] = [
                [row if row is None else row[columns] for row in listed] for listed in (rows, also)
            ]
            listing = Listing(
                self.look,
                self.output,
                names[columns],
                cut[0],
                births,
                roles[columns],
                also=cut[1],
                across=self.across,
            )
            if listing.fits:
                break
        return listing

    def _printed(self, run: Trace) -> tuple[list[int | None], list[tuple[str, str, str] | None]]:
        """Return the turns that are told, and their rows."""
        turns = [None if row is None else row + 1 for row in told_rows(len(run.steps) - 1, TURNS)]
        few, many = (len(one.steps) for one in (self.runs[0], run))
        if 2 < few < many - 1:
            # Where the shorter run ended stays in sight.
            turns = [1, None, few, None, many]
        rows = [
            None
            if turn is None
            else (str(turn), printed(run.points[turn][0]), printed(run.values[turn]))
            for turn in turns
        ]
        return turns, rows

    # -- the plot --------------------------------------------------------------------------------

    def add_plot(self, function: Any, valley: float | None, listing: Listing) -> None:
        """Lay out the plot, with the run and the rooms that the listing leaves to it.

        Its dial is 0 where it has all of the area, 1 beside two rows, and 2 beside all of them.
        """
        if self.area.width < NARROWEST or (self.square and not self.across):
            return
        run = self.runs[0]
        window = fit_beside(function, [point[0] for point in run.points], valley, 0.35)
        # The point that ends at the minimum is not to hide the corner of the axes.
        air = 0.08 * (window.right - window.left)
        window = replace(
            window,
            left=window.left - (air if window.left == valley else 0.0),
            right=window.right + (air if window.right == valley else 0.0),
        )
        counts = (min(2, listing.count), listing.count)
        rooms = [
            self.area if self.square else replace(self.area, top=listing.bottom_of(count) - 0.28)
            for count in counts
        ]
        self.plot = plot = Plot(
            self.look,
            self.area,
            window,
            tick_size=TYPE.minimum if self.square else TYPE.tick,
            later=(window, window),
            rooms=rooms,
        )
        self.zoom = Zoom(self.look, plot, function)
        self.dial.drive(self.zoom)
        length = TANGENT_LENGTH * plot.inners[1].height
        self.valley, self.floor = valley, function.value((valley,)) if valley is not None else 0.0
        self.view = StepView(
            self.look, plot, run, told=(0, 1), tangent_length=length, tangent_stays=False
        )
        self.ghosts = RunGhosts(self.look, plot, run, diameter=GHOST)

    def idea(self, formula: str) -> VGroup:
        """Return a tangent at the start with its slope, and the curve's name, where they fit."""
        plot, view = self.plot, self.view
        assert plot is not None
        slope = float(view.slopes[0])
        uphill, downhill = (part * min(plot.inner.width, plot.inner.height) for part in (0.3, 1.5))
        before, after = (uphill, downhill) if slope < 0 else (downhill, uphill)
        pieces = tangent_segment(plot, view.xs[0], view.fs[0], slope, before, after)
        touch = plot.at(view.xs[0], view.fs[0])
        point = dots(self.look, [touch] if view.in_plot(touch) else [])
        tangent = set_lines(line(self.look, width=STROKE.tangent, role=slope_role(slope)), pieces)
        clear = Obstacles(plot.inner)
        clear.add(plot, self.zoom.curve, tangent, point)
        along = [
            piece[0] + part * (piece[-1] - piece[0]) for piece in pieces for part in (0.5, 0.7, 0.3)
        ]
        sides = ("right", "left") if slope < 0 else ("left", "right")
        # The slope of this line; the derivative gives it at every place.
        told = f'"slope" {figure(number(slope))} "at" x = {figure(number(view.xs[0]))}'
        words = self._near(told, tangent.role, along, clear, sides)
        graph = np.concatenate([*plot.graph(self.zoom.function), np.zeros((0, 2))])
        places = graph[[int(part * len(graph)) for part in (0.4, 0.5, 0.3, 0.6, 0.2) if len(graph)]]
        around = ("above left", "above", "above right", "below right", "right")
        return VGroup(
            tangent, point, *words, *self._near(f"f(x) = {formula}", "curve", places, clear, around)
        )

    def start_mark(self) -> VGroup:
        """Return the way down from the first point to its number at the axis."""
        plot, view = self.plot, self.view
        assert plot is not None
        guide = set_lines(line(self.look, role="muted"), view.guide(0))
        clear = Obstacles(plot.inner.inset(right=-0.1))
        clear.add(plot, self.zoom.curve, guide, view.point)
        foot = plot.on_axis(view.xs[0])
        anchors = foot + np.array([(0.0, 0.3), (0.0, 0.45), (0.0, 0.6)])
        words = f"x = {figure(number(view.xs[0]))}"
        return VGroup(guide, *self._near(words, "point", anchors, clear, ("left", "right")))

    def _near(
        self, source: str, role: str, anchors: Any, clear: Obstacles, sides: Sequence[str]
    ) -> list[Lettering]:
        """Return a label close to what it names, in the largest type that has room there."""
        for size in self.names:
            label, there = self.look.math(source, size, role), clear.copy()
            if place_near(label, anchors, there, sides, NEAR, only=True).is_free:
                clear.add(label)
                return [label]
        return []

    def step_numbers(self, step: Step) -> tuple[VGroup, VGroup]:
        """Return the step's length at its arrow, and the slope beside its tangent."""
        plot, view = self.plot, self.view
        assert plot is not None
        clear = Obstacles(plot.inner.inset(right=-0.1))
        clear.add(plot, self.zoom.curve, self.ghosts)
        for at in (step.index, step.index + 1):
            clear.add_points(dot_points([view.place(at)], STROKE.point)[:, :2])
            for guide in view.guide(at):
                clear.add_points(guide)
        tangent = view.tangent_line(step.index)
        for piece in tangent:
            clear.add_points(piece)
        arrow = view.arrow_ends(step.index)
        clear.add_points(arrow_outline(*arrow))
        middle = (arrow[0] + arrow[1]) / 2
        sides = ("above", "above right", "above left", "right", "left")
        length = figure(number(step.delta[0], sign=True))
        # At the tip rather than at the tail, where it would name the old place.
        anchors = [middle, arrow[1], arrow[0]]
        numbers = self._near(length, "step", anchors, clear, sides)
        slope = step.gradient[0]
        words = self.look.text(f"slope {number(slope)}", role=slope_role(slope))
        if not tangent or slope == 0:
            return VGroup(*numbers), VGroup()
        outward = ("left", "right") if slope < 0 else ("right", "left")
        place_along(words, tangent[0][0], tangent[0][-1], clear, outward)
        return VGroup(*numbers), VGroup(*free(words))

    def ends(self, run: Trace) -> VGroup:
        """Return the points of a longer run in the plot as it is now, and where it ends."""
        plot = self.plot
        assert plot is not None
        ghosts = RunGhosts(self.look, plot, run, diameter=GHOST)
        ghosts.show(len(run.points))
        # A run that has left the plot has no point in it.
        (x,), value = run.points[-1], run.values[-1]
        end = dots(self.look, [plot.at(x, value)] if plot.shows(x, value) else [])
        return VGroup(ghosts, end, *self._minimum_name(ghosts, end))

    def _minimum_name(self, *drawn: Mobject) -> list[Lettering]:
        """Return the name of the lowest place beside it, if there is room."""
        plot = self.plot
        assert plot is not None
        if self.valley is None:
            return []
        clear = Obstacles(plot.inner)
        clear.add(plot, self.zoom.curve, *drawn)
        there = plot.at(self.valley, self.floor)
        words = self.look.text("minimum", size=TYPE.tick, role="minimum")
        sides, gaps = ("above", "above right", "above left"), (*NEAR, 0.5, 0.6)
        return free(place_near(words, there, clear, sides, gaps, only=True))


def free(*labels: Lettering) -> list[Lettering]:
    """Return the labels that found a free place; the others would be on something."""
    return [label for label in labels if getattr(label, "is_free", False)]

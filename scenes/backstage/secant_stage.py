"""The stage of SecantToTangent: the plot beside its tables, and what stands at its axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from scenes.backstage.secant_words import BEFORE
from scenes.backstage.slopes import round_places
from scenes.layout import Layout
from scenes.look import Look
from scenes.parts.fan import ASIDE
from scenes.parts.feet import Foot
from scenes.parts.lettering import Lettering
from scenes.parts.plot import Plot
from scenes.parts.secant import FixedPoint, Secant, obstacles
from scenes.parts.source import figure
from scenes.parts.spread import APART, ticks_beside
from scenes.parts.window import fit, roomy_ticks, ticks
from scenes.playhead import Playhead
from scenes.theme import TYPE
from scenes.words import number

LABELS = 1.2
"""About what the labels of an axis take of the plot's width, in units."""

AIR = 0.3
"""Between a number of the axis and a place that is told, in units."""

BESIDE = 0.4
"""About what the name of the x-axis takes beyond its end, in units."""

SLACK = 0.2
"""What is left free beside a table at least in a wide frame, in units."""

POINT, FIRST, CLOSER, LENS, EVERYWHERE = range(5)
"""What is told on the x-axis, in the order of the beats."""


class SecantStage:
    """Plot, curve and fixed point; ticks make room for the places that are told.

    Parameters
    ----------
    look, layout
        The look, and the regions of the frame.
    objective, at, widths
        A function of one variable, the fixed point, and the widths of the secants.

    Attributes
    ----------
    side, edge
        Where the tables stand, and where on the right the frame has its margin.
    plot, dial, curve
        The plot, what takes its ticks from what is told to what is told next, and the curve.
    xs
        The places, the fixed point among them, at which the derivative is shown.
    """

    def __init__(
        self, look: Look, layout: Layout, objective: Any, at: float, widths: Sequence[float]
    ) -> None:
        self.look, self.objective, self.at = look, objective, at
        far = [at, at + widths[0]]
        include = (0.0,) if 0 <= at <= 3 * widths[0] else ()
        window = fit(objective, far, include=include, left=0.0, right=0.12, headroom=0.2)
        room, self.side = layout.stage, layout.side
        if layout.is_tall:
            room, self.side = layout.body.rows(1.5, 1.0, gap=0.4)
        elif layout.is_square:
            room, self.side = layout.body.columns(1.6, 1.0, gap=0.4)
        self.edge = layout.body.right
        # Right of the plot the lines left behind have their names.
        name = max(look.math(f"h = {figure(number(h))}", TYPE.tick).advance for h in widths[:-2])
        gap = 0.0 if layout.is_tall else self.side.left - room.right
        lacking = name + ASIDE + BEFORE - BESIDE - gap
        # A table is often narrower than its place.
        room = room.inset(right=lacking if lacking > SLACK else 0.0)
        # Far apart, so that the tangents are long enough to part from the curve.
        for gap in (0.25, 0.2, 0.08):
            choice = ticks(window.left, window.right, 5)
            self.xs = round_places(choice, at, window, objective, 3, gap)
            if len(self.xs) == 3:
                break
        # No number at the upper end of the axis, where its name stands.
        heights = [
            y
            for y in ticks(window.bottom, window.top, 4)
            if y < window.top - 0.04 * (window.top - window.bottom)
        ]
        closer = [at, at + widths[-3]] if len(widths) > 3 else [at]
        told = [[at], far, closer, [at], self.xs]

        def wide(value: float) -> float:
            return look.math(figure(number(value)), size=TYPE.tick).advance

        axis = window.left, window.right, room.width - LABELS
        every = roomy_ticks(*axis, wide)
        self.plot = Plot(
            look,
            room,
            window,
            later=(window,) * (len(told) - 1),
            x_sets=[ticks_beside(every, *axis, xs, wide, AIR) for xs in told],
            y_sets=[heights for _ in told],
        )
        self.dial = Playhead()
        self.dial.drive(self.plot)
        self.curve = self.plot.curve(objective)

    def foot(self, x: float, *others: float) -> VGroup:
        """Return a place at the axis in the colour of points, or nothing where others are near."""
        foot, here = Foot(self.look, self.plot, [x], 0), self.plot.x(x)
        for other in others:
            half = self.look.math(figure(number(other)), size=TYPE.tick).advance / 2
            if abs(self.plot.x(other) - here) < foot.halves[0] + half + 0.6 * APART:
                return VGroup()
        return foot

    def point(self, value: float, secant: Secant) -> tuple[FixedPoint, VGroup]:
        """Return the fixed point, and its coordinates where the secant will not be."""
        point = FixedPoint(self.look, self.plot, self.at, value)
        name: Lettering = point.coordinates(obstacles(self.plot, self.curve, point, secant))
        return point, VGroup(*([name] if name.is_free else []))

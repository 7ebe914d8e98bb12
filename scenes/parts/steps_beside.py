"""Steps drawn beside the rows of a table: in each row the point, and the arrow of its step."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.plot import TICK
from scenes.parts.source import figure
from scenes.parts.strokes import arrow_outline, dashes, dot_points, line, set_lines, shape
from scenes.parts.window import roomy_ticks, spread
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

ROOM = 0.35
"""What the name of the axis needs right of the region, in units."""

AIR = 0.06
"""Free space at both ends, in parts of the range."""


class StepsBeside(VGroup):
    """The points of some rows over an axis of their own, each with the arrow of its step.

    Parameters
    ----------
    look
        The look.
    region
        Its bottom is the axis; the ticks stand below.
    trace
        The run of one variable.
    rows, heights
        The index that each row shows, or None, and the y of each row's middle.
    minimum
        The x of the minimum that the run is about, or None.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        trace: Trace,
        rows: Sequence[int | None],
        heights: Sequence[float],
        minimum: float | None,
    ) -> None:
        super().__init__()
        told = [(index, y) for index, y in zip(rows, heights, strict=True) if index is not None]
        xs = [trace.points[index][0] for index, _ in told]
        goal = [] if minimum is None else [minimum]
        low, high = spread([*xs, *goal], AIR, AIR)

        def at(x: float) -> float:
            return region.left + (x - low) / (high - low) * region.width

        axis, bottom = line(look, role="axis"), region.bottom
        lines = [[(region.left, bottom), (region.right, bottom)]]

        def label(value: float) -> Lettering:
            return look.math(figure(number(value, 6)), TYPE.tick, "muted")

        for value in roomy_ticks(low, high, region.width, lambda value: label(value).advance):
            lines.append([(at(value), bottom), (at(value), bottom - TICK)])
            words = label(value)
            self.add(words.place(at(value), bottom - TICK - 0.08 - 0.66 * words.em, "center"))
        set_lines(axis, lines)
        name = look.math("x", role="muted")
        self.add(name.place(region.right + 0.15, bottom - 0.2 * name.em))
        guides, arrows = line(look, role="axis"), shape(look, role="step")
        falls, outlines = [], []
        below = dict(told[1:] and zip((i for i, _ in told), (y for _, y in told[1:]), strict=False))
        for index, y in told:
            if index < len(trace.steps):
                tail, tip = (at(trace.points[n][0]) for n in (index, index + 1))
                if region.left <= tip <= region.right:
                    outlines.append(arrow_outline((tail, y), (tip, y), 0.6, 2.0))
                    if index + 1 in rows and index in below:
                        falls += dashes((tip, y), (tip, below[index]))
        set_lines(guides, falls)
        set_lines(arrows, outlines)
        points = shape(look, role="point")
        points.points = dot_points([(at(x), y) for x, (_, y) in zip(xs, told, strict=True)], 1.6)
        if minimum is not None:
            goal_line = line(look, role="minimum", width=1.3 * STROKE.guide)
            set_lines(
                goal_line, dashes((at(minimum), bottom), (at(minimum), region.top), 0.14, 0.09)
            )
            name = look.text("minimum", size=TYPE.tick, role="minimum")
            half = name.advance / 2
            x = min(max(at(minimum), region.left + half), region.right - half)
            self.add(goal_line, name.place(x, region.top + 0.4 * units(TYPE.tick), "center"))
        self.add(axis, guides, arrows, points)

"""One of several small pictures of runs that differ in one thing: plot, history, and words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_names import name_axes
from scenes.parts.lettering import Lettering
from scenes.parts.panel import DOT, minimum_mark, small_plot
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.strip import Strip
from scenes.parts.strokes import dots
from scenes.parts.trail import within
from scenes.parts.window import Drawable, Window
from scenes.theme import STROKE, TYPE

HEAD, LINE = 0.5, 0.42
"""Heights of the line over a picture, and of each line under it, in units."""


class Multiple(VGroup):
    """A run as it stands at its end: the points on the curve, and its history in a strip.

    Parameters
    ----------
    look, region, trace
        The look, where it stands, and the run of one variable.
    function, window
        What is descended, and what all pictures show of it.
    title, lines
        What stands over it and under it.
    rows
        The last row of the history.
    room
        Left of the region, for the numbers of the pictures that have some.
    labelled
        Whether it has numbers on the axes that go upward.
    minimum
        The x of the minimum, or None.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        trace: Trace,
        function: Drawable,
        window: Window,
        title: Lettering,
        lines: Sequence[Lettering],
        *,
        rows: int,
        room: float,
        labelled: bool,
        minimum: float | None,
    ) -> None:
        super().__init__()
        middle = region.inset(top=HEAD, bottom=LINE * len(lines) + 0.1)
        upper, lower = middle.rows(1.1, 1.0, gap=0.06)
        plot = small_plot(look, upper, window, room, labelled=labelled)
        title.place(plot.inner.left, region.top - 0.36)
        names = [
            name
            for name in name_axes(look, plot, "x", "f(x)" if labelled else "")
            if not name.box.meets(title.box, -0.06)
        ]
        strip = Strip(look, plot, lower, trace, rows=rows, numbered=labelled, dot=DOT)
        strip.show(float(rows))
        points = [plot.at(*pair) for pair in _pairs(trace)]
        inside = np.array(points)[within(np.array(points), plot.inner)]
        trail = dots(look, inside, "trail", 1.3 * DOT)
        seen = plot.shows(*_pairs(trace)[-1])
        end = dots(look, points[-1:] if seen else [], diameter=0.8 * STROKE.point)
        self.add(plot, *names, plot.curve(function), trail, end)
        if minimum is not None and window.left <= minimum <= window.right:
            self.add(minimum_mark(look, strip, minimum))
        self.add(strip, title)
        if minimum is not None and labelled:
            self.add(*_minimum_name(look, strip, minimum))
        for index, words in enumerate(lines):
            y = region.bottom + 0.12 + LINE * (len(lines) - 1 - index)
            self.add(words.place(plot.inner.left, y))


def _minimum_name(look: Look, strip: Strip, minimum: float) -> list[Lettering]:
    """Return the name of the line that marks the minimum, if there is room beside it."""
    x, inner = strip.across.x(minimum), strip.inner
    clear = Obstacles(inner)
    clear.add(strip.chord, strip.marks, strip.head)
    clear.add_points([(x, inner.top), (x, inner.bottom)])
    words = look.text("minimum", size=TYPE.minimum, role="minimum")
    places = [(x, inner.bottom + part * inner.height) for part in (0.5, 0.3, 0.7, 0.15, 0.85)]
    place_near(words, places, clear, ("left", "right"), (0.1, 0.16), only=True)
    return [words] if words.is_free else []


def _pairs(trace: Trace) -> list[tuple[float, float]]:
    return [(point[0], value) for point, value in zip(trace.points, trace.values, strict=True)]

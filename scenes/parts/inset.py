"""An inset that magnifies a spot of a plane, in the place of the plane."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import ArrayLike

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_ends import name_ends, within
from scenes.parts.contour import Contours
from scenes.parts.lettering import Lettering
from scenes.parts.markers import marker
from scenes.parts.path import Path
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plane import grounded
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import Points, line, set_lines
from scenes.parts.window import Window
from scenes.theme import STROKE, TYPE
from scenes.words import number

ROUND = (8, 6, 5, 4, 3, 2.5, 2, 1.5, 1)
"""First digits of how many times as large a spot is drawn, so that it can be said in full."""

LEAST = 0.16
"""Half of the side of the frame that opens over the spot, in units."""

HEADED = 0.34
"""What the magnification and the name of the upright axis need above an inset, in units."""

ROOMY, TIGHT = 0.28, 0.1
"""Between three numbers side by side, and between others of an axis, in units, at least."""


class Inset(VGroup):
    """A window that magnifies a spot of a plane, with one contour line.

    Parameters
    ----------
    look, plane, region
        The look, the plane that is magnified, and where the inset stands.
    function
        With vectorised `values` of two arrays.
    points
        The places of a run (n, 2) that are magnified; `path` draws it.
    role
        The colour of the run.
    threshold
        The level whose contour line is drawn and named.
    ticks
        The labelled values of either variable.
    names
        The variables in Typst mathematics.
    goal
        The minimum, which is named if it is in the window, or None.
    kind
        The marker of the run, as of `marker_points`.

    Attributes
    ----------
    opening
        A frame that grows from the spot to the inset, for a playhead.
    """

    def __init__(
        self,
        look: Look,
        plane: Plot,
        region: Region,
        function: object,
        points: ArrayLike,
        role: str,
        threshold: float,
        ticks: Sequence[Sequence[float]],
        names: Sequence[str],
        goal: Sequence[float] | None,
        kind: int = 0,
    ) -> None:
        super().__init__()
        self.look = look
        places = np.asarray(points, dtype=float).reshape(-1, 2)
        low, high = places.min(axis=0), places.max(axis=0)
        inside = within(region).inset(top=HEADED)
        frame = _plot(look, inside, Window(-1.0, 1.0, -1.0, 1.0), ticks).inner
        unit = plane.x(1.0) - plane.x(0.0)
        tall, wide = max(float(high[1] - low[1]), 1e-300), max(float(high[0] - low[0]), 1e-300)
        self.zoom = _rounded(min(frame.height / (1.35 * tall), frame.width / (1.35 * wide)) / unit)
        (x, y), half = (low + high) / 2, frame.height / 2 / (unit * self.zoom)
        ratio = frame.width / frame.height
        window = Window(x - half * ratio, x + half * ratio, y - half, y + half)
        kept = list(ticks)
        self.plot = _plot(look, inside, window, kept)
        for axis, fewer in itertools.product((0, 1), (_ends, _last)):
            apart = ROOMY if axis == 0 and fewer is _ends else TIGHT
            if _crowded((self.plot.x_labels, self.plot.y_labels)[axis], apart):
                kept[axis] = fewer(ticks[axis])
                self.plot = _plot(look, inside, window, kept)
        self.opening = Opening(look, plane.at(x, y), self.plot.inner)
        # Of the contour lines only that one which is the goal.
        finish = Contours(
            look, function, [self.plot], [threshold], "muted", STROKE.guide * 1.3, faded=False
        )
        self.path = Path(look, self.plot, places, role, STROKE.curve * 0.6, kind=kind)
        jump = [self.plot.at(*place) for place in places[-2:]]
        marks = [marker(look, place, role, kind) for place in jump]
        self.add(finish, self.plot, *marks)
        self.add(name_ends(look, self.plot, names[0], names[1]), self._zoom_told())
        self.path.show(len(places) - 1)
        clear = Obstacles(self.plot.inner.inset(*[0.1] * 4))
        clear.add(self.path, *marks)
        self.path.show(0)
        drawn = finish.drawn()
        clear.add_dots(drawn)
        if goal is not None and self.plot.shows(*goal):
            here = self.plot.at(*goal)
            self.add(marker(look, here, "minimum", 0, STROKE.ghost * 1.1, hollow=True))
            clear.add(self.submobjects[-1])
            words = look.text("minimum", size=TYPE.tick, role="minimum")
            self._place(words, here, clear, ("right", "left", "below right"), (0.2, 0.3, 0.45))
        value = look.math(f"f = {figure(number(threshold))}", TYPE.tick, "muted")
        # From its right end on, where it falls away from words above it.
        anchors = drawn[np.argsort(-drawn[:, 0])][:: max(1, len(drawn) // 60)]
        self._place(value, anchors, clear, ("above right", "above", "below"), (0.08, 0.14, 0.22))

    def _zoom_told(self) -> Lettering:
        """Return how many times as large the spot is, over it."""
        words = f'"zoom" times {figure(number(self.zoom))}'
        label = self.look.math(words, TYPE.label, "text")
        return label.place(self.plot.inner.right, self.plot.inner.top + 0.12, "right")

    def _place(
        self,
        words: Lettering,
        at: Points,
        clear: Obstacles,
        sides: Sequence[str],
        gaps: Sequence[float],
    ) -> None:
        if len(at):
            place_near(words, at, clear, sides, gaps, only=True)
        if len(at) and words.is_free:
            self.add(*grounded(self.look, words))


def _plot(look: Look, region: Region, window: Window, ticks: Sequence[Sequence[float]]) -> Plot:
    across, up = ticks
    return Plot(look, region, window, x_name="", y_name="", x_ticks=across, y_ticks=up, boxed=True)


def _ends(row: Sequence[float]) -> Sequence[float]:
    return [*row[:1], *row[1:][-1:]]


def _last(row: Sequence[float]) -> Sequence[float]:
    return row[-1:]


def _crowded(labels: Sequence[Lettering], apart: float) -> bool:
    """Whether numbers of an axis nearly meet."""
    pairs = itertools.pairwise(labels)
    return any(one.box.inset(*[-apart] * 4).meets(other.box) for one, other in pairs)


def _rounded(zoom: float) -> float:
    """Return the largest factor of few digits that is not more.

    Examples
    --------
    >>> _rounded(37.2), _rounded(1990.0)
    (30.0, 1500.0)
    """
    power = 10.0 ** math.floor(math.log10(zoom))
    return next((digit * power for digit in ROUND if digit * power <= zoom * (1 + 1e-9)), power)


class Opening(VMobject):
    """A frame that grows from a spot: at 0 it is there, at 1 it is the rim of a region."""

    def __init__(self, look: Look, spot: Points, region: Region) -> None:
        super().__init__(stroke_width=0, fill_opacity=0)
        self.match_style(line(look, role="text", width=STROKE.axis * 1.5))
        x, y = float(spot[0]), float(spot[1])
        self.spot = Region(x - LEAST, y - LEAST, x + LEAST, y + LEAST)
        self.region = region
        self.show(0.0)

    def show(self, position: float) -> None:
        """Draw the frame a part of the way."""
        now = self.spot.toward(self.region, position)
        left, bottom, right, top = now.left, now.bottom, now.right, now.top
        rim = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
        set_lines(self, [np.array(rim)])

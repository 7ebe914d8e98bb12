"""An inset that magnifies a spot of a plane, in the place of the plane."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

import numpy as np
from manim import VGroup, VMobject
from manim.constants import LineJointType
from numpy.typing import ArrayLike

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_ends import name_ends, within
from scenes.parts.contour import Contours
from scenes.parts.lettering import Lettering
from scenes.parts.markers import marker
from scenes.parts.path import Path
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plane import lead
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import Points, line, rectangle, set_arrow, set_lines, shape
from scenes.parts.window import Window
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

ROUND = (8, 6, 5, 4, 3.5, 3, 2.5, 2, 1.5, 1)
"""First digits of how many times as large a spot is drawn, so that it can be said in full."""

LEAST = 0.16
"""Half of the side of the frame that opens over the spot, in units."""

HEADED = 0.34
"""What the magnification and the name of the upright axis need above an inset, in units."""

NEAR, LESS = 0.16, 0.6
"""A contour line within the frame keeps so far from it, in units, if a zoom that is at least so
many times as large leaves it that room.
"""

ROOMY, TIGHT = 0.22, 0.1
"""Between two numbers side by side, and between two one over the other, in units, at least."""

FILLED = 1.32
"""The frame is at least so many times as wide and as high as the jumps."""

HEAD, OFF = 1.4, 0.16
"""The heads of the arrow along a jump, in % of the frame's shorter side, and from their tips to the
places between which it goes, in units: those have their markers."""

APART = 0.24
"""Words about the line keep so far from those places, in units: they have another value."""

SIZES = (TYPE.tick, TYPE.minimum)
"""Of the type in an inset, the best first."""

RING = STROKE.ghost * 1.1
"""The diameter of the minimum's ring, in % of the frame's shorter side."""

EDGE, GAPS = 0.13, (0.08, 0.11, 0.14, 0.18)
"""Words keep so far from the frame, and stand so far from the line that they name, in units."""

INSIDE = ("right", "left"), (0.2, 0.26, 0.3), (0.0,), math.inf
OUTSIDE = (
    ("below right", "above left", "below left", "above right", "below", "above"),
    (0.4, 0.34, 0.5, 0.6),
    (0.0, -0.08, 0.08, -0.16, 0.16),
    0.2,
)
"""At which sides of the minimum its name stands, how far, how far aside, and from which distance on
it is led there, in units: within the line, and outside of it."""


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
        zoom = min(frame.height / (FILLED * tall), frame.width / (FILLED * wide)) / unit
        x, y = (low + high) / 2

        def seen(factor: float) -> tuple[Plot, Contours]:
            def window(inner: Region) -> Window:
                across, up = (side / 2 / (unit * factor) for side in (inner.width, inner.height))
                return Window(x - across, x + across, y - up, y + up)

            plot = _numbered(look, inside, window, frame, ticks)
            # Of the contour lines only that one which is the goal.
            wide = STROKE.guide * 1.3
            return plot, Contours(look, function, [plot], [threshold], "muted", wide, faded=False)

        tries = [(factor, *seen(factor)) for factor in _factors(zoom)]
        clear_of_it = (way for way in tries if _is_clear(way[1].inner, way[2].drawn()))
        self.zoom, self.plot, finish = next(clear_of_it, tries[0])
        # The tips of a long ellipse would be pointed.
        finish.joint_type = LineJointType.ROUND
        self.opening = Opening(look, plane.at(x, y), self.plot.inner)
        jump = [self.plot.at(*place) for place in places[-2:]]
        # The arrow is there from the start: the run itself draws no line of its own.
        self.path = Path(look, self.plot, places, role, width=0.0, kind=kind)
        marks = [marker(look, place, role, kind) for place in jump]
        heads = [_head(look, jump[at], jump[1 - at], role) for at in (1, 0)]
        self.add(finish, self.plot, *heads, *marks)
        self.add(name_ends(look, self.plot, names[0], names[1], gap=0.08), self._zoom_told())
        clear = Obstacles(self.plot.inner.inset(*[EDGE] * 4))
        clear.add(*heads, *marks)
        drawn = finish.drawn()
        clear.add_dots(drawn)
        if goal is not None and self.plot.shows(*goal):
            self._name_goal(self.plot.at(*goal), clear)
        for spot in jump:
            clear.add_spot(spot, APART)
        value = f"f = {figure(number(threshold))}"
        # From its right end on, where it falls away from words above it.
        anchors = drawn[np.argsort(-drawn[:, 0])][:: max(1, len(drawn) // 60)]
        for size in SIZES if len(anchors) else ():
            words = look.math(value, size, "muted")
            place_near(words, anchors, clear, ("above right", "above", "below"), GAPS, only=True)
            if words.is_free:
                self.add(words)
                break

    def _zoom_told(self) -> Lettering:
        """Return how many times as large the spot is, over it."""
        words = f'"zoom" times {figure(number(self.zoom))}'
        label = self.look.math(words, TYPE.tick, "muted")
        return label.place(self.plot.inner.right, self.plot.inner.top + 0.12, "right")

    def _name_goal(self, here: Points, clear: Obstacles) -> None:
        """Mark the minimum, and name it inside the line, or from outside with a line to it."""
        look = self.look
        self.add(marker(look, here, "minimum", 0, RING, hollow=True))
        clear.add(self.submobjects[-1])
        x, y = here
        for size, (sides, gaps, asides, least) in itertools.product(SIZES, (INSIDE, OUTSIDE)):
            words = look.text("minimum", size=size, role="minimum")
            spots = [(x + aside, y) for aside in asides]
            place_near(words, spots, clear.copy(), sides, gaps, only=True)
            if words.is_free:
                led = lead(look, here, words, "minimum", units(RING) / 2 + 0.03, least)
                self.add(words, led)
                clear.add(words, led)
                return


def _head(look: Look, first: Points, last: Points, role: str) -> VMobject:
    """Return an arrow from the middle between two places to the marker at the second one."""
    along = last - first
    tip = last - along * min(0.3, OFF / float(np.hypot(*along)))
    return set_arrow(shape(look, role=role), (first + last) / 2, tip, STROKE.curve * 0.6, HEAD)


def _numbered(
    look: Look,
    region: Region,
    window: Callable[[Region], Window],
    frame: Region,
    ticks: Sequence[Sequence[float]],
) -> Plot:
    """Return a plot with the numbers, in small type if need be.

    Where they are crowded, there are only the first and the last of them, or round ones.
    What it shows follows from the room that its numbers leave, which is about the frame.
    """
    ends = [[*row[:1], *row[1:][-1:]] for row in ticks]
    ways = itertools.product(*((row, few, None) for row, few in zip(ticks, ends, strict=True)))
    # Where nothing has room, the ends of a jump are crowded rather than left out.
    for kept, size in itertools.product([*ways, ends], SIZES):
        inner = _plot(look, region, window(frame), kept, size).inner
        plot = _plot(look, region, window(inner), kept, size)
        if _are_apart(plot.x_labels, ROOMY) and _are_apart(plot.y_labels, TIGHT):
            break
    return plot


def _plot(
    look: Look,
    region: Region,
    window: Window,
    ticks: Sequence[Sequence[float] | None],
    size: float = TYPE.tick,
) -> Plot:
    return Plot(
        look,
        region,
        window,
        x_name="",
        y_name="",
        x_ticks=ticks[0],
        y_ticks=ticks[1],
        tick_size=size,
        boxed=True,
    )


def _are_apart(labels: Sequence[Lettering], apart: float) -> bool:
    """Whether numbers of an axis do not nearly meet; one alone would tell no scale."""
    pairs = itertools.pairwise(labels)
    near = (one.box.inset(*[-apart] * 4).meets(other.box) for one, other in pairs)
    return len(labels) != 1 and not any(near)


def _factors(zoom: float) -> list[float]:
    """Return factors of few digits that are not more and not much less, the largest first.

    Examples
    --------
    >>> _factors(37.2), _factors(1990.0)
    ([35.0, 30.0, 25.0], [1500.0])
    """
    power = 10.0 ** math.floor(math.log10(zoom))
    fit = [digit * power for digit in ROUND if digit * power <= zoom * (1 + 1e-9)] or [power]
    return [factor for factor in fit if factor >= LESS * zoom] or fit[:1]


def _is_clear(frame: Region, drawn: Points) -> bool:
    """Whether a line lies within a frame and not near to it."""
    free = frame.inset(*[NEAR] * 4)
    return all(free.contains(Region(x, y, x, y)) for x, y in drawn)


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
        set_lines(self, [rectangle(self.spot.toward(self.region, position))])

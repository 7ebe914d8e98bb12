"""The plane of two variables in true scale, framed round the runs on it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

import numpy as np
from manim import Mobject, VGroup, VMobject

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_ends import name_ends, within
from scenes.parts.axis_names import name_axes
from scenes.parts.contour import Contours
from scenes.parts.lettering import Lettering
from scenes.parts.markers import HOLE, marker
from scenes.parts.naming import name_from_afar
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.strokes import Points, dots, grounded, line
from scenes.parts.window import Window, spread
from scenes.theme import STROKE, TYPE, units
from scenes.words import spot

MOST = 1.5
"""A plane is at most so many times as high as what happens on it."""

SIDES = ("above left", "above", "left", "below left", "right")
"""On which side of a point words stand in a plane, the best first."""

GAPS = (0.2, 0.26, 0.36, 0.5, 0.75, 1.0, 1.3)
"""How far from its point a word may stand, in units."""

BESIDE, FAR_OFF = 0.14, 4
"""And smaller words at least, in units; and how many gaps are near enough not to need a line."""

ASIDE = ((0.0,), (0.0, 0.25, -0.25, 0.45, -0.45))
"""How far above its point a word beside it may stand, in units: not at all, where there is a way.
"""

CORNERS = ("below right", "above right", "below left", "above left", "below", "above")
NEARBY = tuple(0.2 + 0.04 * step for step in range(16))
"""Where the goal's name may stand between two lines, and how far, in units."""

AIRS, BY, NEARER = (0.09, 0.08, 0.07), (0.0, -0.1, 0.1, -0.2, 0.2, -0.3, 0.3), 0.8
"""It has so little air there, the most first, and stands so far aside, in units, if it is at most
so many times as far off for it.
"""

CLOSE = tuple(0.2 + 0.01 * step for step in range(61))
"""How far it may stand then, in units: the middle between two lines is found in small steps."""

LEADS, LEADS_WORDS = 0.32, 0.6
"""The goal's name and other words that are farther from their points, in units, are led there."""

OVER = 0.42
"""Words may stand so far over the plane's upper edge, in units."""

FAR = 1.6
"""A point so many times as far from the goal as the start is left outside: the run went off."""


def box_of_runs(
    runs: Iterable[Sequence[Sequence[float]]],
    goal: Sequence[float],
    air: tuple[float, float] = (0.12, 0.12),
) -> Window:
    """Return the rectangle round the points of some runs and the goal.

    Parameters
    ----------
    runs
        The iterates of each run, of two variables, all from one start.
    goal
        What they are after.
    air
        Free space at either side, and above and below, in parts of the rectangle's sides.
    """
    every = [np.asarray(points, dtype=float).reshape(-1, 2) for points in runs]
    middle, start = np.asarray(goal, dtype=float), every[0][0]
    reach = max(float(np.hypot(*(start - middle))), 1e-9)
    points = np.concatenate([*every, [middle]])
    near = np.hypot(*(points - middle).T) <= FAR * reach
    (left, right), (bottom, top) = (
        spread(points[near][:, axis], air[axis], air[axis]) for axis in (0, 1)
    )
    # A run along one axis: the other one is shown a little too.
    least = 0.15 * max(right - left, top - bottom)
    if top - bottom < least:
        bottom, top = (bottom + top - least) / 2, (bottom + top + least) / 2
    if right - left < least:
        left, right = (left + right - least) / 2, (left + right + least) / 2
    return Window(left, right, bottom, top)


def plane(
    look: Look, region: Region, box: Window, goal: Sequence[float], *, numbered: bool = True
) -> Plot:
    """Return a plot in true scale that fills a region and shows a rectangle.

    What the region shows beyond the rectangle lies on the side where the goal is nearer to the
    edge, and then on both sides; it is never much higher than the rectangle. If it is not
    `numbered`, a plot below it has the numbers of its axis across.
    """
    window = box
    for _ in range(3):  # the tick labels that a wider window needs cost width themselves
        inner = _plot(look, region, window, equal=False, numbered=numbered).inner
        window = filling(box, goal, inner.width / inner.height)
    return _plot(look, region, window, equal=True, numbered=numbered)


class PlaneView(VGroup):
    """Axes with their names, the start as a dot and the goal as a ring; `tags` puts words to them.

    Parameters
    ----------
    look, plot
        The look, and the plot that is named.
    names
        The variables in Typst mathematics.
    start, goal
        Data points; None for a function without a minimum.
    ring
        Diameter of the goal's ring in % of the frame's shorter side, and its hole in parts of it.
    over
        Whether the name of the upright axis stands above it, and not between its numbers.

    Attributes
    ----------
    marked
        Words, colour and data point of start and goal, as far as they are seen.
    spots
        The dot and the ring there.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        names: Sequence[str],
        start: Sequence[float],
        goal: Sequence[float] | None,
        ring: tuple[float, float] = (STROKE.ghost * 1.1, HOLE),
        *,
        over: bool = False,
    ) -> None:
        super().__init__()
        self.look, self.plot = look, plot
        across, up = names
        # Where its name does not stand above an axis, it stands between the numbers.
        self.add(plot, name_ends(look, plot, across, up if over else ""))
        self.add(*([] if over else [name_axes(look, plot, "", up)]))
        self.marked = [(f"start {spot(start)}", "text", start)]
        # A start on the minimum has one dot, and the minimum's name.
        if goal is not None:
            near = np.hypot(*(plot.at(*start) - plot.at(*goal))) < units(STROKE.ghost)
            self.marked = [*([] if near else self.marked), ("minimum", "minimum", goal)]
        self.marked = [mark for mark in self.marked if plot.shows(*mark[2])]
        self.spots = VGroup()
        for _, role, place in self.marked:
            spot_here = plot.at(*place)
            if role == "minimum":
                wide, hole = ring
                self.spots.add(marker(look, spot_here, role, 0, wide, hollow=True, hole=hole))
            else:
                self.spots.add(dots(look, [spot_here], role, STROKE.ghost * 0.8))
        self.add(self.spots)

    def tags(
        self,
        texts: Iterable[tuple[str, str, Sequence[float]]],
        lines: Contours,
        *obstacles: Mobject,
    ) -> VGroup:
        """Return words beside points, between the lines behind them or on grounds of their own.

        Parameters
        ----------
        texts
            Words, role and data point of each; points that are not seen are left out.
        lines
            The contour lines as they are drawn now: words stand on them only if they must.
        *obstacles
            What the words keep clear of beside the axes.
        """
        clear = self._clear(lines, *obstacles)
        seen = [text for text in texts if self.plot.shows(*text[2])]
        out, inside = VGroup(*self._words(seen, lines, clear)), clear.within
        clear.within = inside.inset(top=-OVER)
        for written, role, place in seen:
            if role == "minimum":
                out.add(self._goal_name(written, place, lines, clear))
        return out

    def _words(
        self,
        texts: Sequence[tuple[str, str, Sequence[float]]],
        lines: Contours,
        clear: Obstacles,
    ) -> list[VGroup]:
        """Return words beside points, all of one size, without the goal's name.

        They stand between two lines, if there is a way, and are set smaller for it; a word in the
        gap of a line seems to name it.
        """
        words = [text for text in texts if text[1] != "minimum"]
        inside, over = clear.within, clear.within.inset(top=-OVER)
        near, far = GAPS[:FAR_OFF], GAPS[FAR_OFF:]
        large, small = TYPE.label, TYPE.tick
        sizes = (large, near), (small, (BESIDE, *near)), (large, far), (small, far)
        for (size, gaps), asides in itertools.product(sizes, ASIDE):
            taken, placed = clear.copy(), list[VGroup]()
            for written, role, place in words:
                # Over the plane stand the names of what is there from the start.
                taken.within = over if role == "text" else inside
                # An arrow's head is larger than a dot.
                free = gaps if role == "text" else [gap for gap in gaps if gap > GAPS[0]]
                label = self.look.text(written, size=size, role=role)
                off = taken.copy()
                off.add_dots(lines.drawn())
                here = self.plot.at(*place)
                place_near(label, [here + np.array([0.0, up]) for up in asides], off, SIDES, free)
                led = lead(self.look, here, label, "muted", 0.1, LEADS_WORDS)
                ends = led.points[[0, -1], :2] if len(led.points) else ()
                if not label.is_free or (len(ends) and taken.crossed(ends)):
                    break
                taken.add(label)
                placed.append(VGroup(*grounded(self.look, label), led))
            if len(placed) == len(words):
                clear.add(*placed)
                return placed
        placed = []
        for written, role, place in words:
            clear.within = over if role == "text" else inside
            label = self.look.text(written, size=TYPE.tick, role=role)
            here = self.plot.at(*place)
            placed.append(grounded(self.look, place_near(label, here, clear, SIDES, GAPS)))
        clear.within = inside
        return placed

    def _goal_name(
        self, written: str, place: Sequence[float], lines: Contours, clear: Obstacles
    ) -> VGroup:
        """Return the goal's name: within the innermost lines if it fits, or led to from afar.

        It is empty where there is no room.
        """
        look, spot_here = self.look, self.plot.at(*place)
        label = look.text(written, size=TYPE.tick, role="minimum")
        among = clear.copy()
        place_near(label, spot_here, among, ("right", "left"), (0.2, 0.26), only=True)
        if label.is_free and not clear.unrest(label.box):
            clear.add(label)
            return grounded(look, label)
        off = clear.copy()
        off.add_dots(lines.drawn())
        far = math.inf
        for air, gaps, asides in ((off.air, NEARBY, BY[:1]), *((air, CLOSE, BY) for air in AIRS)):
            name, off.air = look.text(written, size=TYPE.tick, role="minimum"), air
            spots = [spot_here + np.array([aside, 0.0]) for aside in asides]
            place_near(name, spots, off.copy(), CORNERS, gaps, only=True)
            away = float(np.hypot(*_way(spot_here, name)))
            if name.is_free and away < NEARER * far:
                label, far = name, away
        if far < math.inf:
            clear.add(label)
            ring = 0.5 * units(1.6 * STROKE.ghost) + 0.02
            return VGroup(label, lead(look, spot_here, label, "minimum", ring))
        led = name_from_afar(
            look, look.text(written, size=TYPE.tick, role="minimum"), spot_here, off
        )
        if led is not None:
            clear.add(*led)
            out = grounded(look, led[0])
            out.add(led[1])
            return out
        place_near(label, spot_here, clear, ("above", "below", "right", "left"), (0.2, 0.3, 0.5))
        return grounded(look, label) if label.is_free else VGroup()

    def values(
        self,
        contours: Contours,
        *obstacles: Mobject,
        most: int = 2,
        across: float = 0.55,
        named: bool = False,
    ) -> VGroup:
        """Return values on some of the contour lines, clear of the axes and of obstacles.

        The keywords are those of `Contours.values`.
        """
        clear = Obstacles(self.plot.inner)
        clear.add(self, *obstacles)
        view = contours.plots.index(self.plot)
        values = contours.values(clear, most, across, named=named, view=view)
        return VGroup(*(grounded(self.look, label) for label in values))

    def _clear(self, lines: Contours, *obstacles: Mobject) -> Obstacles:
        """Return what words in the plane keep clear of."""
        clear = Obstacles(self.plot.inner)
        clear.add(self, *obstacles)
        clear.add_faint(lines.drawn())
        return clear


def lead(
    look: Look, place: Points, label: Lettering, role: str, rim: float, least: float = LEADS
) -> VMobject:
    """Return a line from the rim of a point to its name, where that is farther off."""
    along = _way(place, label)
    far, air = float(np.hypot(*along)), 0.06
    ends = [place + along / far * rim, place + along - along / far * air] if far > least else []
    return line(look, ends, role=role, width=STROKE.axis)


def _way(place: Points, label: Lettering) -> Points:
    """Return the way from a point to its name."""
    box = label.box
    foot: Points = np.clip(place, (box.left, box.bottom), (box.right, box.top))
    return foot - place


def _plot(look: Look, region: Region, window: Window, *, equal: bool, numbered: bool) -> Plot:
    free, across = within(region), None if numbered else ()
    return Plot(look, free, window, x_name="", y_name="", x_ticks=across, equal=equal)


def filling(box: Window, goal: Sequence[float], ratio: float) -> Window:
    """Return the rectangle made wider or higher until it has a ratio of width to height.

    What is added lies on the side where the goal is nearer to the edge, and then on both sides.
    """
    width, height = box.right - box.left, box.top - box.bottom
    if width < ratio * height:
        left, right = _stretched(box.left, box.right, goal[0], ratio * height)
        return Window(left, right, box.bottom, box.top)
    bottom, top = _stretched(box.bottom, box.top, goal[1], min(width / ratio, MOST * height))
    return Window(box.left, box.right, bottom, top)


def _stretched(low: float, high: float, goal: float, length: float) -> tuple[float, float]:
    missing = length - (high - low)
    short = (high - goal) - (goal - low)
    first = min(missing, abs(short)) if math.isfinite(short) else 0.0
    low, high = (low - first, high) if short > 0 else (low, high + first)
    rest = (missing - first) / 2
    return low - rest, high + rest

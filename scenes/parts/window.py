"""The stretch of the world that a plot shows, and how one is fitted to a run."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Drawable(Protocol):
    """A function that can be drawn: `values` takes arrays and gives NaN where it is undefined."""

    def values(self, *arrays: ArrayLike) -> NDArray[np.float64]:
        """Return the values at the points of the arrays, one array for each variable."""


@dataclass(frozen=True)
class Window:
    """Data ranges of a plot; a logarithmic one has positive ends.

    Examples
    --------
    >>> Window(0, 5.2, 0, 20).contains(4, 16)
    True
    """

    left: float
    right: float
    bottom: float
    top: float
    log_y: bool = False

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies inside or on the edge."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def encloses(self, other: Window) -> bool:
        """Whether another window lies inside."""
        corners = (other.left, other.bottom), (other.right, other.top)
        return all(self.contains(*corner) for corner in corners)

    def close_to(self, xs: Sequence[float], past: float) -> Window:
        """Return the window as it ends close to some x, with `past` beside them, in their ranges.

        Examples
        --------
        >>> Window(-7, 9, 0, 20).close_to([4, -2, 1], 0.5)
        Window(left=-5.0, right=7.0, bottom=0, top=20, log_y=False)
        """
        low, high = min(xs), max(xs)
        past *= high - low
        return replace(self, left=max(self.left, low - past), right=min(self.right, high + past))

    def toward(self, other: Window, part: float) -> Window:
        """Return the window a part of the way to another one: 0 is this one, 1 the other."""

        def mix(first: float, last: float) -> float:
            return first + (last - first) * part

        return Window(
            mix(self.left, other.left),
            mix(self.right, other.right),
            mix(self.bottom, other.bottom),
            mix(self.top, other.top),
            self.log_y,
        )


def ticks(low: float, high: float, about: int = 5) -> tuple[float, ...]:
    """Return round numbers between two ends, about so many, in steps of 1, 2 or 5 · 10ᵏ.

    Examples
    --------
    >>> ticks(0, 5.2), ticks(-4.4, 4.4, 4)
    ((0.0, 1.0, 2.0, 3.0, 4.0, 5.0), (-4.0, -2.0, 0.0, 2.0, 4.0))
    """
    span = high - low
    if not (math.isfinite(span) and span > 0):
        return ()
    raw = span / max(about, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = min((1, 2, 5, 10), key=lambda unit: abs(math.log(unit * power / raw))) * power
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    # A multiple of the step, rounded at its own digit: 0.3 and not 0.30000000000000004.
    digits = max(0, -math.floor(math.log10(step)) + 1)
    return tuple(round(index * step, digits) + 0.0 for index in range(first, last + 1))


def round_down(value: float, digits: Sequence[float]) -> float:
    """Return the largest of some digits, ten times them and so on, that is not larger than a value.

    The digits are from 1 to less than 10, 1 among them.

    Examples
    --------
    >>> round_down(24.3, (1, 2, 3, 5)), round_down(97.0, (1, 8)), round_down(0.7, (1, 5))
    (20.0, 80.0, 0.5)
    """
    power = 10.0 ** math.floor(math.log10(value))
    return max(digit for digit in digits if digit * power <= value) * power


def roomy_ticks(
    low: float, high: float, width: float, measure: Callable[[float], float], most: int = 6
) -> tuple[float, ...]:
    """Return round numbers whose labels stand side by side with air; more than two if they can.

    Parameters
    ----------
    low, high
        The ends of the axis.
    width
        How long it is drawn.
    measure
        Gives the width of a number's label.
    most
        About how many there may be.
    """
    widest = max(measure(float(f"{end:.1g}")) for end in (low, high))
    few = ticks(low, high, max(2, min(most, int(width / (2.2 * widest + 0.5)))))
    for about in range(3, 6):
        finer = ticks(low, high, about)
        if len(few) > 2 or len(finer) * (widest + 0.25) > width:
            break
        few = finer
    # Where even these do not fit, every second one is left out, from the middle.
    while len(few) > 1 and max(map(measure, few)) + 0.1 > width * (few[1] - few[0]) / (high - low):
        few = few[len(few) // 2 % 2 :: 2]
    return few


def log_ticks(low: float, high: float, about: int = 5) -> tuple[float, ...]:
    """Return powers of ten between two positive ends, at most about so many.

    Examples
    --------
    >>> log_ticks(0.001, 1000, 4)
    (0.01, 1.0, 100.0)
    """
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    step = max(1, math.ceil((last - first + 1) / max(about, 1)))
    return tuple(10.0**power for power in range(first, last + 1) if power % step == 0)


def spread(values: Iterable[float], before: float, after: float) -> tuple[float, float]:
    """Return the range of finite values, widened by parts of its length on both sides."""
    finite = [value for value in values if math.isfinite(value)]
    low, high = (min(finite), max(finite)) if finite else (-1.0, 1.0)
    length = high - low
    if length <= 1e-9 * max(1.0, abs(low), abs(high)):
        # One value only: a run that stands still is shown in a window of its own size.
        length = 2 * max(1.0, abs(low))
        low, high = low - length / 2, high + length / 2
        before = after = 0.0
    return low - before * length, high + after * length


def leading(xs: Sequence[float], times: float = 3.0) -> list[float]:
    """Return the iterates before a run that grows would make its first steps invisible.

    Examples
    --------
    >>> leading([4.0, -4.4, 4.84, -5.324]), leading([4.0, -36.0, 324.0, -2916.0])
    ([4.0, -4.4, 4.84, -5.324], [4.0, -36.0, 324.0])
    """
    first = list(xs[:3])
    reach = times * (max(first) - min(first))
    last = next((n for n, x in enumerate(xs) if n > 2 and abs(x - xs[0]) > reach > 0), len(xs))
    return list(xs[:last])


def widening(windows: Sequence[Window], least: float = 1.02) -> tuple[list[Window], list[float]]:
    """Return the windows that are wider than those before, and which of them each one became."""
    kept, places = [windows[0]], [0.0]
    for window in windows[1:]:
        width, height = (
            (after[1] - after[0]) / (before[1] - before[0])
            for after, before in (
                ((window.left, window.right), (kept[-1].left, kept[-1].right)),
                ((window.bottom, window.top), (kept[-1].bottom, kept[-1].top)),
            )
        )
        if max(width, height) > least:
            kept.append(window)
        places.append(float(len(kept) - 1))
    return kept, places


def fit(
    function: Drawable,
    xs: Sequence[float],
    *,
    include: Sequence[float] = (),
    left: float = 0.1,
    right: float = 0.3,
    headroom: float = 0.25,
    symmetric: bool = False,
    most: float = 1e6,
) -> Window:
    """Return the window that shows a run on a function of one variable.

    Parameters
    ----------
    function
        An object with `values(xs)`, vectorised, NaN where it is undefined.
    xs
        The iterates. What lies beyond `most` is left outside.
    include
        More x that must be seen, such as the minimum.
    left, right
        Air on both sides, in parts of the range.
    headroom
        Air above the highest iterate, in parts of the height.
    symmetric
        Make the window symmetric about the middle of `include`, for runs that jump across it.
    most
        The largest |x| that is still framed.
    """
    shown = [x for x in (*xs, *include) if math.isfinite(x) and abs(x) <= most] or [0.0]
    low, high = spread(shown, left, right)
    if symmetric and include:
        middle = sum(include) / len(include)
        reach = max(high - middle, middle - low)
        low, high = middle - reach, middle + reach
    grid = np.linspace(low, high, 401)
    values = np.asarray(function.values(grid), dtype=np.float64)
    marks = np.asarray(function.values(np.array(shown)), dtype=np.float64)
    finite = marks[np.isfinite(marks)]
    between = values[(grid >= min(shown)) & (grid <= max(shown)) & np.isfinite(values)]
    every = values[np.isfinite(values)]
    if not len(finite):
        finite = every if len(every) else np.array([0.0, 1.0])
    floor = min(float(finite.min()), float(np.quantile(between, 0.0)) if len(between) else math.inf)
    if len(between) and floor < float(np.quantile(between, 0.02)) - 4 * float(np.ptp(finite) + 1):
        floor = float(finite.min())  # a pole between the iterates is not followed down
    ceiling = float(finite.max())
    if ceiling - floor <= 1e-9 * max(1.0, abs(floor)):
        # The run stands still: what the curve does nearby gives the height.
        near = every[np.abs(every - floor) < np.inf] if len(every) else np.array([floor + 1])
        ceiling = max(float(np.quantile(near, 0.8)), floor + 1e-3 * max(1.0, abs(floor)))
    height = (ceiling - floor) * (1 + headroom)
    # Air under a valley that is not on the axis; else the axis itself.
    on_axis = 0 <= floor <= 0.25 * height
    bottom = 0.0 if on_axis else floor - 0.12 * height
    return _rounded(Window(low, high, bottom, floor + height))


def fit_beside(
    function: Drawable,
    xs: Sequence[float],
    valley: float | None,
    headroom: float = 0.25,
    behind: float = 0.3,
) -> Window:
    """Return the window of a run that comes down one side of a valley.

    There is air behind the walker, in parts of the way. On the valley's side the window ends at 0
    where that is the minimum, so that the axis stands there, and a little behind the minimum
    elsewhere.
    """
    if valley is None:
        return fit(function, xs, headroom=headroom)
    finite = [x for x in xs if math.isfinite(x)] or [valley]
    near = 0.0 if valley == 0 else 0.2
    return fit(
        function,
        xs,
        include=(valley,),
        left=near if valley <= min(finite) else behind,
        right=near if valley >= max(finite) else behind,
        headroom=headroom,
    )


def fit_whole(
    function: Drawable,
    xs: Sequence[float],
    valley: float | None,
    air: float = 0.25,
    sides: float = 0.0,
    far: float = 1.0,
) -> Window:
    """Return the window of a run that shows both sides of its valley, where the far one is tame.

    It is tame where the function is defined and not much higher than the run. Iterates that went
    far beyond the start are left outside. With `sides`, in parts of the width, the curve leaves
    through the top before it gets to the corners. Of the side where the run never comes the part
    `far` is shown.
    """
    first = xs[0]
    reach = 10 * max(1.0, abs(first)) if valley is None else 3 * abs(first - valley)
    middle = first if valley is None else valley
    near = [x for x in xs if abs(x - middle) <= reach] or [first]
    if valley is None:
        return fit(function, near, left=air, right=air)
    farthest = max(abs(x - valley) for x in near) * (1 + air)
    grid = np.linspace(valley - farthest, valley + farthest, 201)
    heights = np.asarray(function.values(grid), dtype=np.float64) - float(
        function.values(np.array([valley]))[0]
    )
    marks = np.asarray(function.values(np.array(near)), dtype=np.float64)
    tallest = float(np.nanmax(marks)) - float(function.values(np.array([valley]))[0])
    if farthest == 0 or not np.isfinite(heights).all() or np.ptp(heights) > 3 * tallest:
        return fit_beside(function, near, valley)
    whole = fit(
        function,
        near,
        include=(valley,),
        left=air,
        right=air,
        headroom=(1 + air) ** 2 - 1,
        symmetric=True,
    )
    more = sides * (whole.right - whole.left)
    left, right = whole.left - more, whole.right + more
    if far < 1 and all((x - valley) * (first - valley) >= 0 for x in near):
        if first > valley:
            left = valley - far * (valley - left)
        else:
            right = valley + far * (right - valley)
    return replace(whole, left=left, right=right)


def _rounded(window: Window) -> Window:
    """Return the window with ends that have few digits."""

    def up(value: float, step: float) -> float:
        return math.ceil(value / step - 1e-9) * step

    step_x = 10.0 ** math.floor(math.log10((window.right - window.left) / 20))
    step_y = 10.0 ** math.floor(math.log10((window.top - window.bottom) / 10))
    return Window(
        -up(-window.left, step_x),
        up(window.right, step_x),
        -up(-window.bottom, step_y),
        up(window.top, step_y),
        window.log_y,
    )

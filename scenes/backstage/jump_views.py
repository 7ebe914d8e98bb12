"""What the plot of a lesson on jumps shows, and in which windows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from gdcore import Trace
from scenes.backstage.jump_rooms import LABELS, Shares, alone, regions
from scenes.layout import Layout, Region
from scenes.parts.window import Window, fit, leading, widening
from scenes.words import is_close, number

AIR = 0.34
"""Free space on both sides of the iterates in the window, in parts of their range."""

HEADROOM = 0.35
"""Free space over the iterates, in parts of the height."""

CURVE_AIR = 0.25
"""From the upright axis, where its name ends, to the end of the curve, in units."""

NEAR_EDGE = 0.12
"""The headroom of a run that grows until its last step lands near the edge."""

SOME = 5
"""So many steps of a run that grows are seen before the window shows all of it."""

A_LITTLE = 1.3
"""A window that is so many times as wide will do for the one before, too."""


class View(NamedTuple):
    """What the plot shows, whether it stands alone, and which x and f have a name of their own."""

    window: Window
    alone: bool
    told: Sequence[float] = ()
    levels: Sequence[float] = ()


def places(run: Trace, steps: int = 2) -> list[float]:
    """Return the places of a run that are named on the axis: those of the steps told singly."""
    return [x for (x,) in run.points[: steps + 1]]


def is_told(run: Trace) -> bool:
    """Whether the names on the axis are all that the run needs: it only comes back to them."""
    names = set(map(number, places(run)))
    return all(number(x) in names for (x,) in run.points)


def snug(room: Region, headroom: float = HEADROOM) -> dict[str, float]:
    """Return the free space round the iterates in a plot that has this room.

    It is what the curve needs to leave through the top clear of the name of the upright axis.
    """
    gap = CURVE_AIR / (room.width - LABELS[0])
    # About so far a valley goes on through the headroom, in parts of the range of the iterates.
    rise = ((1 + headroom) ** 0.5 - 1) / 2
    aside = min((gap + rise) / (1 - 2 * gap), AIR)
    return {"left": aside, "right": aside, "headroom": headroom}


def air(layout: Layout, room: Region) -> dict[str, float]:
    """Return the free space round the iterates in a frame, in a plot that has this room."""
    narrow = layout.is_square or layout.is_tall
    return snug(room) if narrow else {"left": AIR, "right": AIR, "headroom": HEADROOM}


def width(window: Window) -> float:
    """Return how much of the x-axis a window shows."""
    return window.right - window.left


def run_windows(
    objective: Any,
    run: Trace,
    include: Sequence[float],
    layout: Layout,
    shares: Shares,
    near: Window | None = None,
) -> tuple[Window, Window]:
    """Return the windows of a plot that stands alone, and makes room for the history of its run.

    The first one may be given: `near`.
    """
    xs = leading([x for (x,) in run.points])

    def window(free: dict[str, float]) -> Window:
        return fit(objective, xs, include=include, symmetric=len(include) == 1, **free)

    near = near or window(air(layout, alone(layout)))
    return near, window(snug(regions(layout, shares)[0]))


def widening_windows(
    objective: Any,
    runs: Sequence[Trace],
    include: Sequence[float],
    spaces: Sequence[dict[str, float]],
) -> list[Window]:
    """Return ever wider windows for two runs, the second of which grows.

    The first window shows the first run, the next one a step of the second, then some steps of it,
    the last one all of it that can be seen: there it opens like a fan, and what grows must not look
    as if it shrank. `spaces` are those round the iterates in each of them.
    """
    one, two = ([point[0] for point in run.points] for run in runs)
    near, every = leading(one), leading(two, 8)
    far = (near, [*near, *two[:2]], [*near, *every[: SOME + 1]], [*near, *every])
    kept, which = widening(
        [
            fit(objective, xs, include=include, symmetric=True, **space)
            for xs, space in zip(far, spaces, strict=True)
        ]
    )
    windows = [kept[int(index)] for index in which]
    # A little wider from the start, both rates are seen in one frame.
    if width(windows[1]) <= A_LITTLE * width(windows[0]):
        windows[0] = windows[1]
    return windows


def widening_views(
    objective: Any, runs: Sequence[Trace], valley: float | None, layout: Layout, shares: Shares
) -> list[View]:
    """Return the views of two runs told one after the other, the second in ever wider windows.

    Of each run the first steps are told where the plot stands alone.
    """
    include = () if valley is None else (valley,)
    free, room = air(layout, alone(layout)), regions(layout, shares)[0]
    spaces = free, free, snug(room), snug(room, NEAR_EDGE)
    near, wider, some, far = widening_windows(objective, runs, include, spaces)
    _, small = run_windows(objective, runs[0], include, layout, shares, near)
    told, again = places(runs[0]), places(runs[1], 1)
    kept, last = (
        names if is_told(run) else () for run, names in zip(runs, (told, again), strict=True)
    )
    values = runs[1].values
    level = runs[0].values[:1] if keeps_level(runs[0]) else ()
    return [
        View(near, True, told, level),
        View(small, False, kept, level),
        View(wider, True, again),
        View(wider, True, again, values[:2]),
        View(some, False, last),
        View(far, False, last),
        View(far, False, last, (values[0], values[-1])),
    ]


def keeps_level(run: Trace) -> bool:
    """Whether a run ends where it began."""
    return is_close(run.points[-1][0], run.start[0])


def closest_window(objective: Any, runs: Sequence[Trace], valley: float | None) -> Window:
    """Return the window of runs that are laid side by side: they need little air."""
    xs = [x for run in runs for x in leading([x for (x,) in run.points], 8)]
    include = () if valley is None else (valley,)
    return fit(objective, xs, include=include, symmetric=True, left=0.1, right=0.1)

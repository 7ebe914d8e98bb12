"""What lessons on jumps put on their stage: one plot, the run in it, and in time its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from gdcore import Step, Trace
from scenes.layout import Layout, Region
from scenes.look import Look
from scenes.parts.axis_marks import AxisMarks
from scenes.parts.feet import Feet
from scenes.parts.history import Rooms
from scenes.parts.jumps import Jumps
from scenes.parts.lettering import Align
from scenes.parts.levels import value_names
from scenes.parts.measure import ROOM, Comparison
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.spread import clear_ticks, few_upright, sparse_ticks
from scenes.parts.strip import Strip
from scenes.parts.window import Window, fit, leading, widening
from scenes.parts.zoom import Zoom
from scenes.playhead import Playhead
from scenes.theme import TYPE, units
from scenes.words import is_close, number

AIR = {"left": 0.34, "right": 0.34, "headroom": 0.35}
"""Free space round the iterates in the window, in parts of their range."""

HIGH_AIR = {"left": 0.18, "right": 0.18, "headroom": 0.35}
"""The same in a high frame, where the curve leaves through the top far from the upright axis."""

WHOLE = {"left": 0.24, "right": 0.24, "headroom": 0.12}
"""The same round a run that grows until its last step lands near the edge."""

A_LITTLE = 1.3
"""A window that is so many times as wide will do for the one before, too."""

LAW = 0.58
"""What a line of a formula needs under a table, in units."""

ROW = 0.33
"""What a row of the table needs, in units."""

LABELS = 1.0, 0.8
"""About what the labels of the axes take of the width and height of the plot, in units."""

BACK = 0.6
"""So much of the name of the upright axis stands left of it: the curve ends on its right."""

NAME_AIR = 0.3
"""Between the name of the x-axis and what stands beside the plot, in units."""

UNDER_STRIP, MARGIN = 0.4, 0.6
"""In a high frame, between the strip and the table under it, and on each side of the table, where a
brace and its words stand, in units."""

SQUARE, NEAR = (1.73, 1.0), 0.25
"""How plot and table share the width of a square frame, and what is between them, in units: an
x-axis ends with its name, which is air enough."""

PAIR = 3.1
"""How wide a table of two runs is in a square frame, where no plot stands beside it, in units."""

HIGHEST = 1.05
"""So high a plot that stands alone may be, in parts of its width: in a higher one a tangent lies on
its curve."""

CLEAR, AT_FOOT = 0.16, 0.07
"""Between a number of the upright axis and a value that is told there, and where it is the first of
the numbers, without which one would not see where they begin, in units."""


class Shares(NamedTuple):
    """How a plot that does not stand alone shares its room with the history.

    Attributes
    ----------
    plot, strip
        How high the plot and the strip under it are, in parts of both.
    rows
        So many rows the table may have: those that are spoken of, and the last one.
    """

    plot: float = 0.58
    strip: float = 0.42
    rows: int = 8


class View(NamedTuple):
    """What the plot shows, whether it stands alone, and which x and f have a name of their own."""

    window: Window
    alone: bool
    told: Sequence[float] = ()
    levels: Sequence[float] = ()


class JumpStage:
    """A plot that has all of the body, until it makes room for strip and table.

    Parameters
    ----------
    look, layout, objective
        The look, the frame, and the function.
    views
        What the plot shows, one after the other; first it stands alone.
    runs
        The runs that are told in it.
    shares
        How plot and history share the room.
    minimum, passed
        The x of the minimum that is marked, or None, and whether the run goes on to another one.

    Attributes
    ----------
    zoom, dial
        The plot with all that goes along, and the playhead that takes it from its first view (0)
        to its second (1), and on to the others.
    jumps, walk, voice
        The run that is told, its playhead, and the one of what is no longer talked about.
    """

    jumps: Jumps
    walk: Playhead
    voice: Playhead
    feet: Feet

    def __init__(
        self,
        look: Look,
        layout: Layout,
        objective: Any,
        views: Sequence[View],
        runs: Sequence[Trace],
        shares: Shares,
        minimum: float | None,
        *,
        passed: bool,
    ) -> None:
        self.look, self.objective, self.minimum, self.passed = look, objective, minimum, passed
        above, self.rooms = regions(layout, shares)
        whole = alone(layout)
        self.spare = whole.bottom - layout.body.bottom - ROOM
        rooms = [whole if view.alone else above for view in views]
        levels = [words for view in views for _, words in value_names(look, view.levels)]
        numbers = [AxisMarks.room(*levels)] if levels else []
        self.plot = Plot(
            look,
            rooms[0],
            views[0].window,
            later=[view.window for view in views[1:]],
            rooms=rooms[1:],
            left_room=max(*(Strip.left_room(look, run) for run in runs), *numbers, 0.0),
            x_sets=across(look, views, rooms),
            y_sets=upward(views, rooms),
            back=BACK,
        )
        self.zoom, self.dial = Zoom(look, self.plot, objective, lasting=False), Playhead()
        self.dial.drive(self.zoom)
        self.curve = self.zoom.curve

    def take(self, run: Trace, *told: int) -> Jumps:
        """Make a run the one that is told, with the tangents of some steps."""
        self.walk, self.voice = Playhead(), Playhead()
        self.jumps = Jumps(
            self.look, self.plot, run, told=told, minimum=self.minimum, passed=self.passed
        )
        self.walk.drive(self.jumps)
        self.voice.drive(self.jumps.hush)
        self.zoom.carry(self.walk, self.jumps)
        xs = [x for (x,) in run.points]
        self.feet = Feet(self.look, self.plot, xs, len(told) + 1)
        self.walk.drive(self.feet)
        self.zoom.carry(self.walk, self.feet)
        return self.jumps

    @property
    def is_deep(self) -> bool:
        """Whether the plot that stands alone leaves room for a formula under a bar."""
        return self.spare > units(TYPE.label)

    @property
    def right_end(self) -> float:
        """Where the plot ends with the name of its x-axis, and some air."""
        title = self.plot.x_title
        return (self.plot.inner.right if title is None else title.box.right) + NAME_AIR

    def compare(self, step: Step, minimum: float, *, beyond: bool = False) -> Comparison:
        """Return the distances between a step's ends and a minimum."""
        return Comparison(self.look, self.plot, step, minimum, beyond=beyond)


def across(look: Look, views: Sequence[View], rooms: Sequence[Region]) -> list[list[float]]:
    """Return the numbers of the x-axis in each view: as far as can be one set for one window.

    Where something is told on the axis, those are left out that would meet what is told in any
    view of the window, and with each the one on the other side of 0.
    """

    def wide(value: float) -> float:
        return look.math_width(figure(number(value, 6)), TYPE.tick)

    lengths = [room.width - LABELS[0] for room in rooms]
    out = []
    for view, own in zip(views, lengths, strict=True):
        ends = view.window.left, view.window.right
        every = sparse_ticks(*ends, min(lengths), (), wide)
        if view.told:
            for other, length in zip(views, lengths, strict=True):
                if other.window == view.window:
                    free = clear_ticks(every, *ends, length, other.told, wide)
                    every = [x for x in every if x in free and (-x in free or -x not in every)]
            if len({*every, *view.told}) < 2:
                every = sparse_ticks(*ends, own, view.told, wide)
        out.append(every)
    return out


def upward(views: Sequence[View], rooms: Sequence[Region]) -> list[list[float]]:
    """Return the numbers of the upright axis in each view, clear of the values told there."""

    def high(_value: float) -> float:
        return 0.72 * units(TYPE.tick)

    out = []
    for (window, _, _, levels), room in zip(views, rooms, strict=True):
        ends = window.bottom, window.top
        every = few_upright(*ends)
        place = *ends, room.height - LABELS[1], levels, high
        out.append(clear_ticks(every[:1], *place, AT_FOOT) + clear_ticks(every[1:], *place, CLEAR))
    return out


def places(run: Trace, steps: int = 2) -> list[float]:
    """Return the places of a run that are named on the axis: those of the steps told singly."""
    return [x for (x,) in run.points[: steps + 1]]


def is_told(run: Trace) -> bool:
    """Whether the names on the axis are all that the run needs: it only comes back to them."""
    names = set(map(number, places(run)))
    return all(number(x) in names for (x,) in run.points)


def air(layout: Layout) -> dict[str, float]:
    """Return the free space round the iterates in a frame."""
    return HIGH_AIR if layout.is_tall else AIR


def widening_windows(
    objective: Any, runs: Sequence[Trace], valley: float | None, free: dict[str, float]
) -> list[Window]:
    """Return ever wider windows for two runs, the second of which grows.

    The first window shows the first run, the next one a step of the second, the last one all of it
    that can be seen: there it opens like a fan, and what grows must not look as if it shrank.
    `free` is the space round the iterates in the first two.
    """
    one, two = ([point[0] for point in run.points] for run in runs)
    near = leading(one)
    far = (near, [*near, *two[:2]], [*near, *leading(two, 8)])
    include = () if valley is None else (valley,)
    kept, which = widening(
        [
            fit(objective, xs, include=include, symmetric=True, **space)
            for xs, space in zip(far, (free, free, WHOLE), strict=True)
        ]
    )
    windows = [kept[int(index)] for index in which]
    first, second = (window.right - window.left for window in windows[:2])
    # A little wider from the start, both rates are seen in one frame.
    return windows if second > A_LITTLE * first else [windows[1], *windows[1:]]


def widening_views(
    objective: Any, runs: Sequence[Trace], valley: float | None, free: dict[str, float]
) -> list[View]:
    """Return the views of two runs told one after the other, the second in ever wider windows.

    Of each run the first steps are told where the plot stands alone.
    """
    near, wider, far = widening_windows(objective, runs, valley, free)
    told, again = places(runs[0]), places(runs[1], 1)
    kept, last = (
        names if is_told(run) else () for run, names in zip(runs, (told, again), strict=True)
    )
    values = runs[1].values
    return [
        View(near, True, told),
        View(near, False, kept, runs[0].values[:1] if keeps_level(runs[0]) else ()),
        View(wider, True, again),
        View(wider, True, again, values[:2]),
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


def alone(layout: Layout) -> Region:
    """Return where the plot stands alone, with room for distances under it."""
    room = layout.body.inset(bottom=ROOM)
    spare = max(0.0, room.height - HIGHEST * room.width) / 2
    return room.inset(top=spare, bottom=spare)


def regions(layout: Layout, shares: Shares) -> tuple[Region, Rooms]:
    """Return where the plot stands with its history: the strip below, in line with it."""
    stage, side = layout.stage, layout.side
    if layout.is_square:
        stage, side = layout.body.columns(*SQUARE, gap=NEAR)
    if layout.is_tall:
        stage, side = layout.body.rows(1.85, 1.75, gap=UNDER_STRIP)
    plot, strip = stage.rows(shares.plot, shares.strip, gap=0.1)
    # A formula has one line under a wide table, and else two; three if the rows keep their height.
    deep = layout.is_square and side.height - 3 * LAW >= ROW * (shares.rows + 1)
    table = side.inset(bottom=LAW * (1 if layout.is_tall else 2 + deep))
    if layout.is_tall:
        table = table.inset(left=MARGIN, right=MARGIN)
    align: Align = "center" if layout.is_tall else "right"
    pair = side.width if not layout.is_square else PAIR
    return plot, Rooms(strip, table, side, stage, shares.rows, align, pair)

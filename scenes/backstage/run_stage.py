"""The stage of TutorialRun: a plot over a bar of steps, and what is told of the run in both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from gdcore import Trace
from scenes.backstage.milestones import Moment, Story, moments, together
from scenes.backstage.run_words import flag_ways, law, too_short_step
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_notes import AxisNotes, Note
from scenes.parts.landmarks import Landmarks
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.rug import Rug
from scenes.parts.strokes import Points
from scenes.parts.timebar import TimeBar
from scenes.parts.trail import RunGhosts
from scenes.parts.walker import Walker
from scenes.parts.window import fit_whole, ticks
from scenes.playhead import Playhead
from scenes.telling import goal
from scenes.theme import TYPE
from scenes.words import number

BAR = 0.95
"""The height of the time bar, in units."""

GAP, TALL_GAP = 0.22, 0.05
"""Between plot and time bar at least, in units and in parts of both: numbers stand on both."""

SIDES = 0.04
"""Air beside the curve, in parts of the width: it leaves through the top, not in the corners."""

FAR = 0.3
"""How much is shown of the side of the valley where the run never comes: that it is a valley."""

LIFT = 0.1
"""More air under the name of the upright axis, in units: its highest number is long."""

APART = 0.35
"""From a number that is told at the x-axis to those of the axis at least, in units."""

HALF = 0.48
"""So far over the curve the line at the half goes, in parts of the plot's height."""

NAMED = (0.15, 0.25, 0.4)
"""So far below the upper end of that line its name may stand, in units, the best first."""

DOWN = (0.16, 0.22, 0.28, 0.35)
"""So far below the upper edge of the plot it may be said what each step does, in parts of it."""

OFF_AXIS = 0.2
"""From the upright axis to that formula at least, in units."""

LAW_SIZES = (TYPE.formula, 5.0, TYPE.label)
"""The sizes of that formula, the best first."""

START, FIRST = "start", "first-step"
"""The parts of the lesson before the moments."""


class RunStage:
    """Plot, bar and the run's moving parts.

    Parameters
    ----------
    look, body
        The look, and the region of plot and bar.
    objective, trace
        The function of one variable, and the run.
    too_short
        Steps shorter than this are too short to see.

    Attributes
    ----------
    story, told
        What is true of the run, and its moments by beat.
    plot, curve, bar
        The plot, the graph, and the bar of steps, or None where there are none to tell of.
    notes, dial
        What is told at the x-axis, and what takes it on, part by part.
    marks
        Lenses and words, all placed.
    walker, rug, ghosts
        What follows the playhead.
    """

    def __init__(
        self, look: Look, body: Region, objective: Any, trace: Trace, too_short: float
    ) -> None:
        self.look, self.trace, self.objective = look, trace, objective
        valley = goal(objective, trace)
        self.story = Story(trace, valley, too_short)
        found = moments(trace, valley, too_short)
        self.told = together(found)
        gap = max(GAP, TALL_GAP * body.height)
        above, below = body.rows(body.height - BAR, BAR, gap=gap) if found else (body, body)
        at = {moment.kind: moment.n for moment in found}
        self.plot = self._plot(above, TimeBar.room(look) if found else 0.0)
        self.curve = self.plot.curve(objective)
        self.notes = AxisNotes(look, self.plot, self._notes(), APART)
        self.dial = Playhead()
        self.dial.drive(self.notes)
        self.walker, self.rug = Walker(look, self.plot, trace), Rug(look, self.plot, trace)
        ns = [moment.n for moment in found]
        # What was told looks alike, on the curve as on the bar.
        self.ghosts = RunGhosts(look, self.plot, trace, told=(0, *ns))
        self.half_name = self._half_name()
        short = too_short_step(look, trace, at["short"], too_short) if "short" in at else None
        self.marks = Landmarks(
            look,
            self.plot,
            self.curve,
            objective,
            trace,
            valley,
            [
                {
                    moment.n: short.ways
                    if short and moment.kind == "short"
                    else flag_ways(look, self.story, moment)
                    for moment in beat
                }
                for beat in self.told
            ],
            at.get("hundred"),
            at.get("percent"),
            short,
            self._half_line(),
            self.half_name,
        )
        self.bar = TimeBar(look, below, len(trace.steps), ns, self.plot.inner) if found else None

    @property
    def parts(self) -> list[str]:
        """The parts of the lesson, by the names of their stills."""
        return [START, FIRST, *(still_of(beat) for beat in self.told)]

    # -- the axes --------------------------------------------------------------------------------

    def _plot(self, region: Region, room: float) -> Plot:
        """Return the plot, with so much room left of it."""
        xs = [point[0] for point in self.trace.points]
        window = fit_whole(self.objective, xs, self.story.valley, sides=SIDES, far=FAR)
        return Plot(
            self.look,
            region,
            window,
            y_ticks=ticks(window.bottom, window.top, 2),
            left_room=room,
            lift=LIFT,
        )

    def _notes(self) -> dict[str, list[Note]]:
        """Return what is told at the x-axis in each part of the lesson."""
        x, value = self.trace.points[0][0], self.trace.values[0]
        notes: dict[str, list[Note]] = {name: [] for name in self.parts}
        notes[START].append(Note(x, number(x), "point", value))
        # What the point leaves keeps its number: the step is told from there.
        notes[FIRST].append(Note(x, number(x), "point"))
        for beat in self.told:
            for half in map(self.story.halfway, beat):
                if half is not None:
                    told = notes[still_of(beat)]
                    told.append(Note(half, number(half), "text", self._over_half(half)))
                    # Half of what it is: the trail of the run begins there.
                    told.append(Note(x, number(x), "text"))
        return notes

    def _over_half(self, half: float) -> float:
        """Return up to which value the line at the half goes: past the point that is near it."""
        window = self.plot.window
        value = self.objective.value((half,))
        return float(min(value + HALF * (window.top - window.bottom), window.top))

    def _half_line(self) -> list[Points]:
        """Return the ends of the line at the half, or nothing."""
        half = self._halfway()
        if half is None:
            return []
        return [self.plot.on_axis(half), self.plot.at(half, self._over_half(half))]

    def _half_name(self) -> Lettering | None:
        """Return the name of the line at the half, beside its upper end, or None."""
        ends, start = self._half_line(), self.trace.points[0][0]
        if not ends:
            return None
        clear = Obstacles(self.plot.inner)
        clear.add(self.plot, self.curve)
        # On the side that the run comes from: it goes on to the other.
        x, top = ends[1]
        away = "right" if self.plot.x(start) > x else "left"
        whole = [f"half of {number(start)}"] if self.story.valley == 0 else []
        for words in (*whole, "half"):
            name = self.look.text(words, size=TYPE.tick)
            places = [(x, top - down) for down in NAMED]
            place_near(name, places, clear.copy(), (away,), (0.12,), only=True)
            if name.is_free:
                return name
        return None

    def _halfway(self) -> float | None:
        every = (self.story.halfway(moment) for beat in self.told for moment in beat)
        return next((half for half in every if half is not None), None)

    # -- words -----------------------------------------------------------------------------------

    def halves(self, beat: Sequence[Moment]) -> VGroup:
        """Return what is said of the way to the half: what each step does, and where the half is.

        What finds no room is left out.
        """
        out = VGroup(*([self.half_name] if self.half_name else []))
        clear = Obstacles(self.plot.inner)
        clear.add(self.plot, self.curve, self.notes, out)
        clear.add(*(self.marks.flags[m.n] for m in beat if m.n in self.marks.flags))
        formula = self._law(beat[-1].n, clear)
        out.add(*([formula] if formula else []))
        return out

    def _law(self, n: int, clear: Obstacles) -> Lettering | None:
        """Return the formula of what each of n steps does, over the words at the last of them."""
        inner = self.plot.inner
        clear.within = inner.inset(left=OFF_AXIS)
        middle = (self.marks.lenses.middle or inner).center[0]
        ways = [(middle, "below", size) for size in LAW_SIZES]
        flag = self.marks.flags.get(n)
        if flag and flag.words.right < self.plot.x(self.trace.points[n][0]):
            # Both end in one line, if it has room there and need not be small for it.
            ways = [*((flag.words.right, "left", size) for size in LAW_SIZES[:2]), *ways]
        for x, side, size in ways:
            formula = law(self.look, self.story, n, size)
            if formula is None:
                return None
            spots = [(x, inner.top - down * inner.height) for down in DOWN]
            place_near(formula, spots, clear.copy(), (side,), (0.0,), only=True)
            if formula.is_free:
                return formula
        return None


def still_of(beat: Sequence[Moment]) -> str:
    """Return what the picture of a beat is called."""
    return beat[-1].still if len(beat) == 1 else "halved"

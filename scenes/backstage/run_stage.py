"""The stage of TutorialRun: a plot over a bar of steps, and what is told of the run in both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from gdcore import Trace
from scenes.backstage.milestones import Moment, Story, moments, together
from scenes.backstage.run_words import flag_ways, law
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_marks import AxisMarks, value_name
from scenes.parts.axis_notes import AxisNotes, Note
from scenes.parts.landmarks import Landmarks
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.rug import Rug
from scenes.parts.spread import ticks_beside
from scenes.parts.strokes import Points
from scenes.parts.timebar import TimeBar
from scenes.parts.trail import RunGhosts
from scenes.parts.walker import Walker
from scenes.parts.window import fit_whole, ticks
from scenes.playhead import Playhead
from scenes.telling import goal
from scenes.theme import TYPE, units
from scenes.words import number

BAR = 0.95
"""The height of the time bar, in units."""

SIDES = 0.04
"""Air beside the curve, in parts of the width: it leaves through the top, not in the corners."""

FAR = 0.3
"""How much is shown of the side of the valley where the run never comes: that it is a valley."""

LIFT = 0.1
"""More air under the name of the upright axis, in units: its highest number is long."""

LABELS = 0.9
"""About what the labels of the x-axis and its name take of the plot's height, in units."""

HALF = 0.3
"""So far over the curve the line at the half goes, in parts of the plot's height."""

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
        What is told at the x-axis, and what takes it and the numbers of both axes on, part by part.
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
        above, below = body.rows(body.height - BAR, BAR, gap=0.22) if found else (body, body)
        at = {moment.kind: moment.n for moment in found}
        self.plot = self._plot(above, at.get("hundred"), TimeBar.room(look) if found else 0.0)
        self.curve = self.plot.curve(objective)
        self.notes = AxisNotes(look, self.plot, self._notes())
        self.dial = Playhead()
        self.dial.drive(self.plot, self.notes)
        self.walker, self.rug = Walker(look, self.plot, trace), Rug(look, self.plot, trace)
        ns = [moment.n for moment in found]
        # What was told looks alike, on the curve as on the bar.
        self.ghosts = RunGhosts(look, self.plot, trace, told=(0, *ns))
        self.marks = Landmarks(
            look,
            self.plot,
            self.curve,
            objective,
            trace,
            valley,
            [
                {moment.n: flag_ways(look, self.story, moment) for moment in beat}
                for beat in self.told
            ],
            at.get("hundred"),
            at.get("percent"),
            self._half_line(),
        )
        self.bar = TimeBar(look, below, len(trace.steps), ns, self.plot.inner) if found else None

    @property
    def parts(self) -> list[str]:
        """The parts of the lesson, by the names of their stills."""
        return [START, FIRST, *(still_of(beat) for beat in self.told)]

    # -- the axes --------------------------------------------------------------------------------

    def _plot(self, region: Region, hundred: int | None, room: float) -> Plot:
        """Return the plot, whose numbers of f give way where its fall is told."""
        look, trace = self.look, self.trace
        xs = [point[0] for point in trace.points]
        window = fit_whole(self.objective, xs, self.story.valley, sides=SIDES, far=FAR)
        heights = ticks(window.bottom, window.top, 2)
        every: list[Sequence[float]] = [heights for _ in self.parts]
        names: list[Lettering] = []
        if hundred is not None and trace.values[hundred] < trace.values[0]:
            told = [trace.values[0], trace.values[hundred]]
            names = [value_name(look, value) for value in told]
            up = window.bottom, window.top, region.height - LABELS
            every[self._beat_of("hundred")] = ticks_beside(
                heights, *up, told, lambda _: 0.72 * units(TYPE.tick), 0.1
            )
        return Plot(
            look,
            region,
            window,
            y_sets=every,
            later=(window,) * (len(every) - 1),
            left_room=max(room, AxisMarks.room(*names) if names else 0.0),
            lift=LIFT,
        )

    def _notes(self) -> dict[str, list[Note]]:
        """Return what is told at the x-axis in each part of the lesson."""
        x, value = self.trace.points[0][0], self.trace.values[0]
        notes: dict[str, list[Note]] = {name: [] for name in self.parts}
        notes[START].append(Note(x, number(x), "point", value))
        half = self._halfway()
        if half is not None:
            height = self._over_half(half)
            notes[self.parts[self._beat_of("half")]].append(
                Note(half, number(half), "text", height)
            )
        return notes

    def _beat_of(self, kind: str) -> int:
        """Return the part in which a moment is told; of one that is not told, the last."""
        beats = [index for index, beat in enumerate(self.told) if kind in {m.kind for m in beat}]
        return 2 + beats[0] if beats else -1

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

    def _halfway(self) -> float | None:
        every = (self.story.halfway(moment) for beat in self.told for moment in beat)
        return next((half for half in every if half is not None), None)

    # -- words -----------------------------------------------------------------------------------

    def halves(self, beat: Sequence[Moment]) -> VGroup:
        """Return what is said of the way to the half: what each step does, and where the half is.

        What finds no room is left out.
        """
        half, out = self._halfway(), VGroup()
        clear = Obstacles(self.plot.inner)
        clear.add(self.plot, self.curve, self.notes)
        clear.add(*(self.marks.flags[m.n] for m in beat if m.n in self.marks.flags))
        if half is not None:
            name = self.look.text("half", size=TYPE.tick)
            end = self.plot.at(half, self._over_half(half))
            away = "right" if self.trace.points[0][0] > half else "left"
            place_near(name, end, clear, ("above", away), (0.02, 0.1, 0.16), only=True)
            out.add(*([name] if name.is_free else []))
        formula = law(self.look, self.story, beat[-1].n)
        if formula is not None:
            room = self.marks.lenses.middle or self.plot.inner
            (x, _), top = room.center, room.top
            place_near(formula, [(x, top - down) for down in (0.5, 0.8, 1.2)], clear, ("below",))
            out.add(*([formula] if formula.is_free else []))
        return out


def still_of(beat: Sequence[Moment]) -> str:
    """Return what the picture of a beat is called."""
    return beat[-1].still if len(beat) == 1 else "halved"

"""The rows of a race: who is who while it is run, and the table in which they end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from manim import UP, Animation, Create, FadeIn, FadeOut, ReplacementTransform, VMobject
from manim.utils.rate_functions import smooth, squish_rate_func

from scenes.look import Look
from scenes.parts.lanes import Lane, RateSweep, faded
from scenes.parts.legend import Legend
from scenes.parts.lettering import Lettering
from scenes.parts.race_rooms import Rooms
from scenes.parts.strokes import line, rectangle
from scenes.theme import STROKE

HEAD = ("steps",)
"""What stands over the results during the race."""

SAME = 1e-9
"""Heights that differ by less, in units, are one."""

NONE_YET = "–"
"""The result of a run that has not started."""


class RaceRows:
    """A key of all runs, whose rows light up and get their results in turn, and become a table.

    Parameters
    ----------
    look, rooms
        The look, and where key and table stand.
    lanes, sweep
        The runs, and the one that is repeated in the table.
    headings
        The lines over the results of the table, in words the best of which come first.
    """

    def __init__(
        self,
        look: Look,
        rooms: Rooms,
        lanes: Sequence[Lane],
        sweep: RateSweep | None,
        headings: Sequence[Sequence[str]],
    ) -> None:
        self.look, self.lanes = look, lanes
        self.every: list[Lane | RateSweep] = [*lanes, *([sweep] if sweep else [])]
        items = [lane.item for lane in self.every]
        ran = [lane.item for lane in lanes]
        self.key = Legend(look, rooms.key, ran, [HEAD])
        every = range(len(items))
        # The run that is repeated comes below the one that it repeats.
        after = lanes.index(sweep.origin) + 1 if sweep else len(items)
        self.rows = [*(at + (at >= after) for at in range(len(lanes))), after][: len(items)]
        counts = [lane.racer.steps for lane in self.every]
        # In the end the quickest is first, and last are those without a count.
        order = sorted(every, key=lambda at: (counts[at] is None, counts[at] or 0, self.rows[at]))
        self.ranks = [order.index(at) for at in every]
        self.table = Legend(
            look,
            rooms.result,
            items,
            headings,
            rows=self.rows,
            is_table=True,
        )
        self.waiting = list(map(self._no_result, self.key.results))

    def come(self) -> list[Animation]:
        """Return the animations that bring the key: all its rows are dim, and without results."""
        for index in range(len(self.lanes)):
            for part, colour in self._paints(self.key, index, quiet=True):
                _paint(part, part, colour)
        return [FadeIn(part) for part in (*self.key.heads, *self.key.entries, *self.waiting)]

    def light(self, index: int) -> list[Any]:
        """Return the animations that light up the row of a run that starts."""
        return self._painted(self.key, index, quiet=False)

    def result(self, index: int) -> list[Animation]:
        """Return the animations that put the result of a run that has just arrived in its row."""
        if index >= len(self.lanes):
            return [FadeIn(self.table.results[index])]
        return [FadeOut(self.waiting[index]), FadeIn(self.key.results[index])]

    def _no_result(self, result: Lettering) -> Lettering:
        """Return what stands in the place of a result before its run."""
        dash = self.look.text(NONE_YET, size=result.size_percent, role="muted")
        return dash.place(result.origin[0] + result.advance, result.origin[1], "right")

    def step_back(self, index: int) -> list[Any]:
        """Return the animations that dim a row of the key."""
        pale = faded(self.look, self.every[index].role)[1]
        dimmed = self.key.results[index].animate.set_fill(pale)
        return [*self._painted(self.key, index, quiet=True), dimmed]

    def become_table(self, *bright: int) -> list[Any]:
        """Return the animations that turn the key into the table, some rows of which are bright."""
        out: list[Any] = [
            *(FadeOut(head, rate_func=early) for head in self.key.heads),
            *(FadeIn(head, rate_func=late) for head in self.table.heads),
        ]
        for lane in self.lanes:
            old, new = self.key.entries[lane.index], self.table.entries[lane.index]
            result = self.table.results[lane.index]
            if lane.index not in bright:
                for part, colour in self._paints(self.table, lane.index, quiet=True):
                    _paint(part, part, colour)
                result.set_fill(faded(self.look, lane.role)[1])
            # Rates and settings come or go where only one of both has room for them.
            pairs = [*zip(old, new, strict=False), (self.key.results[lane.index], result)]
            for part, other in pairs:
                if getattr(part, "source", None) == getattr(other, "source", None):
                    out.append(ReplacementTransform(part, other, rate_func=midway))
                else:
                    out += [FadeOut(part, rate_func=early), FadeIn(other, rate_func=late)]
            out += [FadeOut(part, rate_func=early) for part in old[len(new) :]]
            out += [FadeIn(part, rate_func=late) for part in new[len(old) :]]
        added = self.table.entries[len(self.lanes) :]
        return [*out, *(FadeIn(entry, rate_func=late) for entry in added)]

    def rank(self) -> list[Any]:
        """Return the animations that sort the rows of the table, all of them bright.

        A row that changes its place fades and comes in there: on the way it would cross words.
        """
        out: list[Any] = []
        table = self.table
        tops, goals = table.tops(self.rows), table.tops(self.ranks)
        for index, (old, new) in enumerate(zip(tops, goals, strict=True)):
            own, way = self.look.color(self.every[index].role), (new - old) * UP
            if abs(new - old) < SAME:
                result = table.results[index].animate.set_fill(own)
                out += [*self._painted(table, index, quiet=False), result]
                continue
            before = table.entries[index], table.results[index]
            entry, result = (part.copy().shift(way) for part in before)
            table.entries[index], table.results[index] = entry, result.set_fill(own)
            for part, colour in self._paints(table, index, quiet=False):
                _paint(part, part, colour)
            out += [FadeOut(*before, rate_func=early), FadeIn(entry, result, rate_func=late)]
        # A line stays between the rows, or goes to where the next two meet.
        order = sorted(range(len(table.guides)), key=tops.__getitem__)
        for index, new in zip(order, sorted(goals), strict=False):
            if abs(new - tops[index]) >= SAME:
                move = table.guides[index].animate(rate_func=midway)
                out.append(move.shift((new - tops[index]) * UP))
        return out

    def frame_rates(self) -> Animation:
        """Return the animation that draws a frame round the rates of the table."""
        return Create(line(self.look, rectangle(self.table.column), "text", STROKE.axis * 1.4))

    def _paints(self, legend: Legend, index: int, *, quiet: bool) -> Iterator[tuple[VMobject, str]]:
        """Yield the parts of a row, and their colours."""
        look, role = self.look, self.every[index].role
        own, (shade, pale) = look.color(role), faded(look, role)
        (sample, mark), name, *others = legend.entries[index]
        yield from ((part, shade if quiet else own) for part in (sample, mark))
        lines = [name] if isinstance(name, Lettering) else name
        yield from ((words, pale if quiet else own) for words in lines)
        for at, part in enumerate(others):
            # First the rate, then settings.
            yield part, look.color("muted" if quiet or at else "text")

    def _painted(self, legend: Legend, index: int, *, quiet: bool) -> list[Any]:
        """Return the animations that colour a row."""
        paints = self._paints(legend, index, quiet=quiet)
        return [_paint(part.animate, part, colour) for part, colour in paints]


# What leaves is gone before rows cross its place, and what comes waits until they have.
early, midway, late = (
    squish_rate_func(smooth, *span) for span in ((0.0, 0.35), (0.3, 0.7), (0.62, 1.0))
)


def _paint(target: Any, part: VMobject, colour: str) -> Any:
    """Colour a part, or its animation; what is seen through a hollow marker is none of it."""
    if isinstance(part, Lettering):
        return target.set_fill(colour)
    if part.get_stroke_width():
        return target.set_stroke(colour)
    return target.set_fill(colour, family=False)

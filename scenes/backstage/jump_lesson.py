"""What lessons on jumps do alike: enter, let go, and make room for the history."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from manim import Animation, Create, FadeIn, FadeOut, Mobject, ReplacementTransform, VGroup
from manim.utils.rate_functions import smooth, squish_rate_func

from gdcore import Step, Trace
from scenes.backstage.jump_formulas import formulas, law_of_steps, named_axis
from scenes.backstage.jump_rooms import LABELS, SQUARE, Shares
from scenes.backstage.jump_stage import JumpStage
from scenes.backstage.jump_views import View, is_told
from scenes.backstage.jumping import Words, each_time
from scenes.beats import BeatScene
from scenes.header import header, rate_formula
from scenes.layout import ONE_LINE, TWO_LINES, Layout
from scenes.parts.history import OTHER, History
from scenes.parts.jumps import Jumps
from scenes.parts.laws import Formula
from scenes.parts.lettering import Lettering
from scenes.parts.source import figure, ink, join
from scenes.playhead import Playhead
from scenes.telling import Contraction, curvature
from scenes.theme import TYPE
from scenes.words import is_close, number

VALUES = 4.0
"""In smaller type a table goes without values that are extra, in % of the frame's shorter side."""


class JumpLesson(BeatScene):
    """The steps that lessons on jumps share.

    Attributes
    ----------
    stage, jumps
        The stage, and the run that is told.
    valley, law
        The x of the minimum that it is about, and how it nears it, or None.
    history
        Strip and table, once they have come in.
    laws
        The formulas under the table, once they have come in.
    goal_name
        The name of the minimum in the plot, while it stands alone.
    digits, with_values
        About how many digits the table's x and values have, and whether it has values also where
        the steps follow a law, if they need no small type.
    head
        The header.
    leaving
        What is let go when the next beat begins.
    """

    objective: Any
    title: Any
    stage: JumpStage
    jumps: Jumps
    valley: float | None
    law: Contraction | None
    head: VGroup
    history: History | None = None
    laws: VGroup | None = None
    goal_name: Lettering | None = None
    digits: tuple[int, int]
    with_values: bool = False

    @functools.cached_property
    def axis_name(self) -> str | None:
        """The function as the name of its axis, where it stands there and not in the header.

        A square frame is not high: it has no second line for what has no room beside the title.
        """
        rate, name = getattr(self, "told_rate", None), named_axis(self.objective)
        if rate is None or not self.layout.is_square:
            return None
        beside = [rate_formula(self.look, rate)]
        whole = formulas(self.look, self.objective, [rate])
        room = self.layout.body.width - sum(SQUARE[:2]) - LABELS[0]
        has_room = self.look.math_width(name) <= room and self.fits_beside_title(beside)
        return name if has_room and not self.fits_beside_title(whole) else None

    @property
    def shares(self) -> Shares:
        """How the plot shares its room with strip and table."""
        # A line less in the header is won for the plot.
        return Shares(plot=0.52, strip=0.48) if self.axis_name else Shares()

    @property
    def two_lines(self) -> Layout:
        """The layout for what the header tells last, with the line that it went without."""
        if not self.axis_name:
            return self.layout
        header, body, line = self.layout.header, self.layout.body, TWO_LINES - ONE_LINE
        return replace(self.layout, header=header.inset(bottom=-line), body=body.inset(top=line))

    def take_stage(
        self,
        views: Sequence[View],
        runs: Sequence[Trace],
        rate: float | None,
        minimum: float | None,
    ) -> None:
        """Lay out the plot with its views and the first run, and the header with its rate."""
        place = self.look, self.layout, self.objective
        # Both are looked for from where a run is: the same minimum may differ in its last bits.
        passed = not (minimum is None or self.valley is None or is_close(minimum, self.valley))
        self.stage = JumpStage(
            *place, views, runs, self.shares, minimum, passed=passed, name=self.axis_name
        )
        self.leaving = VGroup()
        self.take(runs[0], 0, 1)
        self.head = self.header_of(rate)
        self.add(self.head)

    def take(self, run: Trace, *told: int) -> None:
        """Make a run the one that is told, with the tangents of some steps."""
        self.jumps = self.stage.take(run, *told)
        self.law = Contraction.of(run, self.valley)

    def header_formulas(self) -> list[Lettering]:
        """Return what stands in the header at first."""
        return self.formulas_of(getattr(self, "told_rate", None))

    def formulas_of(self, *rates: float | None) -> list[Lettering]:
        """Return the function, and the rate that is told or the name of the method."""
        method = getattr(self, "optimizer", None)
        shown = formulas(self.look, self.objective, rates, method if rates else None)
        # The axis is there as long as rates are told.
        return shown[1:] if rates and self.axis_name else shown

    def header_of(
        self, *rates: float | None, law: Formula | None = None, layout: Layout | None = None
    ) -> VGroup:
        """Return the header with the rate that is told, or without one, and with a law."""
        shown, layout = self.formulas_of(*rates), layout or self.layout
        if law is None:
            return header(self.look, layout, self.title, shown)
        # The law rather than both in small type: what the function is, the caption says.
        size = TYPE.formula
        whole, short = (self.look.source(it, size) for it in (law.on_one_line, law.in_short))
        for every in ([*shown, whole], [whole], [short]):
            head = header(self.look, layout, self.title, every)
            if len(head) > len(every) and head[-1].size_percent > 0.85 * size:
                break
        return head

    def tell_rates(
        self, *rates: float | None, law: Formula | None = None, layout: Layout | None = None
    ) -> list[Animation]:
        """Return the animations to another header: what stays in it moves to its place.

        The parts would else be transformed in order, and a rate into the title. What goes is gone
        before anything comes across its place; so is what goes to another line, past the title.
        """
        thirds = (0.0, 0.35), (0.3, 0.7), (0.65, 1.0)
        first, then, last = (squish_rate_func(smooth, *part) for part in thirds)
        before, self.head = self.head, self.header_of(*rates, law=law, layout=layout)
        old = {part.source: part for part in before}

        def stays(part: Lettering) -> bool:
            same = old.get(part.source)
            return same is not None and abs(same.origin[1] - part.origin[1]) < part.em / 2

        kept = [(old.pop(part.source) if stays(part) else None, part) for part in self.head]
        return [
            *(FadeOut(part, rate_func=first) for part in old.values()),
            *(ReplacementTransform(same, part, rate_func=then) for same, part in kept if same),
            *(FadeIn(part, rate_func=last) for same, part in kept if not same),
        ]

    def enter(self, *coming: Mobject) -> None:
        """Let the stage come in: first the curve, then the walker; keep clear of what comes."""
        self.play(FadeIn(self.stage.plot), Create(self.stage.curve), seconds=0.8)
        self.play(*self.bring_in(*coming), seconds=0.3)

    def bring_in(self, *coming: Mobject) -> list[Animation]:
        """Let the run come in that is told, with its places and the minimum's name."""
        self.goal_name = self.jumps.minimum_name(self.stage.curve, *coming)
        named = [] if self.goal_name is None else [self.goal_name]
        return [FadeIn(part) for part in (self.jumps, self.stage.feet, *named)]

    def leave(self, *others: Animation, seconds: float = 0.4) -> None:
        """Let go what the next beat does not talk about, while something else happens."""
        self.play(*map(FadeOut, self.leaving), *others, seconds=seconds)
        self.leaving = VGroup()

    def open_history(self, view: int, seconds: float = 0.6) -> None:
        """Let the plot go on to a view that has room for what the run leaves: strip and table."""
        if self.history is None:
            self.leave(*self.quieten(), seconds=0.3)
            self.play(self.stage.dial.to(view), seconds=seconds)
            self.play(FadeIn(self.tell_history()), seconds=0.4)

    def quieten(self) -> list[Animation]:
        """Let all go that was told of the first steps."""
        return [self.stage.voice.to(self.jumps.hush.end), *self.unname()]

    def unname(self) -> list[Animation]:
        """Let the names on the axis go, if the run goes on to places that have none.

        That of the minimum goes too: the strip has its own.
        """
        gone = [] if self.goal_name is None else [FadeOut(self.goal_name)]
        self.goal_name, feet = None, self.stage.feet
        if is_told(self.jumps.trace) or feet not in self.get_mobject_family_members():
            return gone
        self.stage.zoom.drop(feet)
        self.stage.walk.release(feet)
        return [*gone, FadeOut(feet)]

    def tell_history(self) -> History:
        """Return strip and table of the run that is told."""
        self.history = self.jumps.tell_history(
            self.stage.rooms,
            self.valley,
            digits=self.digits,
            # Where a law is told, too, f is on its axis: rather x alone than all in small type.
            values=TYPE.minimum if self.law is None else VALUES * self.with_values,
        )
        return self.history

    def each_time(self, steps: Sequence[Step]) -> Words:
        """Return the words of some steps of the run that is told."""
        return each_time(self.law, self.valley, steps, self.jumps.trace, self.digits[0])

    def law_of(self, rate: float | None, factor: float, **look: Any) -> list[Formula]:
        """Return why a step multiplies x: on a parabola it follows from the rate, else nothing."""
        bend = curvature(self.objective, self.valley)
        if bend is None or self.valley is None or rate is None:
            return []
        return [law_of_steps(figure(number(rate)), bend, self.valley, factor, **look)]

    def general_law(self) -> Formula | None:
        """Return what a step at any rate does to x, if this is a parabola round 0."""
        bend, valley = curvature(self.objective, self.valley), self.valley
        if bend is None or valley is None or abs(valley) > 1e-9:
            return None
        return law_of_steps("eta", bend, valley)

    def tell_law(self, rate: float | None, *others: VGroup) -> None:
        """Show what steps have in common, if it is one law, and other parts until the next beat."""
        if self.law and self.history:
            formulas = self.law_of(rate, self.law.factor)
            self.laws = self.history.laws(*formulas) if formulas else None
            if self.laws:
                self.play(FadeIn(self.laws), seconds=0.5)
        self.leaving.add(*others)
        self.play(*map(FadeIn, self.leaving), seconds=0.5)

    def tell_rim(self) -> None:
        """Show what is left of the distance to the minimum, round the rows of the strip."""
        history, law = self.history, self.law
        if history is None or law is None:
            return
        rim = history.open_funnel()
        name = history.name_funnel(law.factor, self.laws or ())
        self.leaving.add(*([] if name is None else [name]))
        self.play(Create(rim), *map(FadeIn, self.leaving), seconds=0.5)

    def put_on_stage(self, history: History) -> History:
        """Let the plot go, and the strip grow into its place; return the history as it is there."""
        large, ruler = history.on_stage()
        kept = [(part, getattr(large, part)) for part in ("goal", "strip")]
        pairs = [(getattr(history, name), part) for name, part in kept if part is not None]
        # Strip and table stood in the plot, which leaves.
        self.jumps.remove(history)
        self.add(*(old for old, _ in pairs), history.table)
        grown = [ReplacementTransform(old, new) for old, new in pairs]
        self.play(FadeOut(self.stage.zoom), FadeIn(ruler), *grown, seconds=0.8)
        large.table = history.table
        self.history = large
        return large

    def lay_beside(self, trace: Trace, rates: Sequence[float]) -> None:
        """Let the strip take the stage, and another run come in beside this one there."""
        if self.history is None:
            return
        # The other run lies on the rim of this one, which would hide it.
        rim = [FadeOut(self.history.funnel)] if self.history.funnel else []
        self.leave(*self.tell_rates(), *rim)
        history, head = self.put_on_stage(self.history), Playhead()
        names = [f"rate {number(rate)}" for rate in rates]
        strip = history.other(trace)
        head.drive(strip)
        # Under the dots that its rings go round.
        self.bring_to_back(strip)
        self.play(head.to(len(trace.steps)), seconds=1.6)
        words, table = history.name_runs(names, strip), history.both(trace, names)
        formulas, owners = [], []
        runs = zip((self.jumps.trace, trace), rates, names, ("point", OTHER), strict=True)
        for run, rate, name, role in runs:
            law = Contraction.of(run, self.valley)
            found = self.law_of(rate, law.factor, role=role) if law else []
            formulas += found
            owners += [ink(role, join(self.look.notation.words(f"{name}:"))) for _ in found]
        gone = [history.table, *([] if self.laws is None else [self.laws])]
        self.play(*map(FadeIn, words), *map(FadeOut, gone), seconds=0.4)
        told = [history.laws(*formulas, under=table, names=owners)] if formulas else []
        self.play(*map(FadeIn, [table, *told] if table.fits else told), seconds=0.6)

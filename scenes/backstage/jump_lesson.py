"""What lessons on jumps do alike: enter, let go, and make room for the history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Animation, Create, FadeIn, FadeOut, Mobject, ReplacementTransform, VGroup
from manim.utils.rate_functions import smooth, squish_rate_func

from gdcore import Trace
from scenes.backstage.jump_stage import JumpStage, formulas, is_told
from scenes.beats import BeatScene
from scenes.header import header
from scenes.parts.history import OTHER, History
from scenes.parts.jumps import Jumps
from scenes.parts.trail import Rings
from scenes.parts.window import Window
from scenes.playhead import Playhead
from scenes.telling import Contraction
from scenes.words import number


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
    digits
        About how many digits the table's x and values have.
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
    digits: tuple[int, int]

    def take_stage(
        self,
        windows: Sequence[Window],
        runs: Sequence[Trace],
        rate: float | None,
        told: Sequence[Sequence[float]],
    ) -> None:
        """Lay out the plot with its windows and the first run, and the header with its rate."""
        self.stage = JumpStage(self.look, self.layout, self.objective, windows, runs, told)
        self.leaving = VGroup()
        self.take(runs[0], 0, 1)
        self.head = self.header_of(rate)
        self.add(self.head)

    def take(self, run: Trace, *told: int) -> None:
        """Make a run the one that is told, with the tangents of some steps."""
        self.jumps = self.stage.take(run, *told)
        self.law = Contraction.of(run, self.valley)

    def header_of(self, *rates: float | None) -> VGroup:
        """Return the header with the rates that are told, or without one."""
        method = getattr(self, "optimizer", None)
        shown = formulas(self.look, self.objective, rates, method if rates else None)
        return header(self.look, self.layout, self.title, shown)

    def tell_rates(self, *rates: float) -> list[Animation]:
        """Return the animations to a header with other rates: what stays in it moves to its place.

        The parts would else be transformed in order, and a rate into the title. What goes is gone
        before anything comes across its place.
        """
        thirds = (0.0, 0.35), (0.3, 0.7), (0.65, 1.0)
        first, then, last = (squish_rate_func(smooth, *part) for part in thirds)
        before, self.head = self.head, self.header_of(*rates)
        old = {part.source: part for part in before}
        kept = [(old.pop(part.source, None), part) for part in self.head]
        return [
            *(FadeOut(part, rate_func=first) for part in old.values()),
            *(ReplacementTransform(same, part, rate_func=then) for same, part in kept if same),
            *(FadeIn(part, rate_func=last) for same, part in kept if not same),
        ]

    def enter(self) -> None:
        """Let the stage come in: first the curve, then the walker."""
        self.play(FadeIn(self.stage.plot), Create(self.stage.curve), seconds=0.8)
        self.play(FadeIn(self.jumps), FadeIn(self.stage.feet), seconds=0.3)

    def leave(
        self, *others: Animation, kind: type[Mobject] = Mobject, seconds: float = 0.4
    ) -> None:
        """Let go what the next beat does not talk about, while something else happens."""
        gone = [part for part in self.leaving if isinstance(part, kind)]
        self.play(*map(FadeOut, gone), *others, seconds=seconds)
        self.leaving.remove(*gone)

    def open_history(self) -> None:
        """Let the plot make room for what the run leaves: strip and table."""
        if self.history is None:
            self.leave(self.stage.voice.to(4), *self.unname(), seconds=0.3)
            self.play(self.stage.dial.to(1), seconds=0.6)
            self.play(FadeIn(self.tell_history()), seconds=0.4)

    def unname(self) -> list[Animation]:
        """Let the names on the axis go, if the run goes on to places that have none."""
        feet = self.stage.feet
        if is_told(self.jumps.trace) or feet not in self.get_mobject_family_members():
            return []
        self.stage.zoom.drop(feet)
        self.stage.walk.release(feet)
        return [FadeOut(feet)]

    def tell_history(self) -> History:
        """Return strip and table of the run that is told; with a law, its factor is beside x."""
        self.history = self.jumps.tell_history(
            self.stage.rooms, self.valley, digits=self.digits, values=self.law is None
        )
        return self.history

    def tell_law(self, steps: Sequence[int] = (), *others: VGroup | None) -> None:
        """Show what all steps of the run have in common, if it is one law."""
        history, moves = self.history, []
        if self.law and history:
            if history.funnel is None:
                moves.append(Create(history.open_funnel()))
            self.leaving.add(*history.common(self.law.factor, steps))
        self.leaving.add(*(other for other in others if other is not None))
        self.play(*moves, *map(FadeIn, self.leaving), seconds=0.5)

    def lay_beside(self, trace: Trace, rates: Sequence[float]) -> None:
        """Let another run come in beside this one, in strip and table."""
        history, head = self.history, Playhead()
        if history is None:
            return
        names = [f"rate {number(rate)}" for rate in rates]
        strip = history.other(trace)
        rings = Rings(self.look, self.stage.plot, trace, OTHER)
        head.drive(strip, rings)
        # The other run lies on the rim of this one, which would hide it.
        rim = [FadeOut(history.funnel)] if history.funnel else []
        self.leave(*self.tell_rates(*rates), *rim)
        self.add(rings)
        self.play(head.to(len(trace.steps)), seconds=1.8)
        words, table = history.name_runs(names, strip), history.both(trace, names)
        self.play(*map(FadeIn, words), FadeOut(history.table), FadeIn(table), seconds=0.5)

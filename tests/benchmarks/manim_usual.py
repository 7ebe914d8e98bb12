"""The same film with manim as it is commonly written: always_redraw, and new Text for each frame.

It plays the score of our scene: the same moves, pauses and captions. Settings are manim's own.

Run: SCORE=FILE manim -qh --media_dir DIR tests/benchmarks/manim_usual.py Usual
"""

from __future__ import annotations

import itertools
import json
import os
from pathlib import Path
from typing import Any

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Axes,
    DashedLine,
    Dot,
    Line,
    Scene,
    Text,
    ValueTracker,
    VGroup,
    VMobject,
    always_redraw,
    linear,
)

FPS = 60


class Usual(Scene):
    """Plot, strip, table, readout and caption; what moves is made anew in each frame."""

    def construct(self) -> None:
        self.score = json.loads(Path(os.environ["SCORE"]).read_text())
        self.xs, self.fs = self.score["points"], self.score["values"]
        self.position = ValueTracker(0.0)
        axes = Axes(x_range=[-5, 5, 1], y_range=[0, 18, 3], x_length=8, y_length=3.8)
        self.axes = axes.to_edge(LEFT, buff=0.4).shift(0.9 * UP)
        strip = Axes(x_range=[-5, 5, 1], y_range=[0, 10, 5], x_length=8, y_length=1.5)
        self.strip = strip.to_edge(LEFT, buff=0.4).shift(2.1 * DOWN)
        self.add(
            self.axes,
            self.strip,
            self.axes.plot(lambda x: x**2, x_range=[-4.3, 4.3]),
            Text("Overshooting", font_size=40).to_corner(UP + LEFT),
            Text("f(x) = x²   η = 0.9", font_size=36).to_corner(UP + RIGHT),
        )
        parts = (self.ghosts, self.tangent, self.step, self.guide, self.ball)
        for part in (*parts, self.chord, self.readout):
            self.add(always_redraw(part))
        self.tell()

    def tell(self) -> None:
        """Play the score: where the playhead rests, wait; where it moves, move it."""
        positions, shown = self.score["positions"], Text("")
        rows = [self.row(n) for n in range(len(self.xs))]
        ends = [beat["end"] for beat in self.score["beats"]]
        for beat, begin in zip(self.score["beats"], [0, *ends], strict=False):
            self.remove(shown)
            shown = Text(beat["caption"], font_size=28).to_edge(DOWN, buff=0.3)
            self.add(shown)
            steps = itertools.pairwise(positions[max(0, begin - 1) : beat["end"]])
            for moves, group in itertools.groupby(steps, lambda pair: pair[0] != pair[1]):
                pairs = list(group)
                seconds = len(pairs) / FPS
                if moves:
                    there = self.position.animate.set_value(pairs[-1][1])
                    self.play(there, run_time=seconds, rate_func=linear)
                else:
                    self.wait(seconds)
                self.add(*rows[: int(self.position.get_value()) + 1])

    def where(self) -> tuple[int, float, float]:
        position = self.position.get_value()
        n = min(int(position), len(self.xs) - 2)
        return n, self.xs[n], self.xs[n] + (self.xs[n + 1] - self.xs[n]) * (position - n)

    def at(self, x: float, y: float) -> Any:
        return self.axes.c2p(x, y)

    def ball(self) -> Dot:
        *_, x = self.where()
        return Dot(self.at(x, x**2), radius=0.12)

    def ghosts(self) -> VGroup:
        n, *_ = self.where()
        places = zip(self.xs[: n + 1], self.fs, strict=False)
        return VGroup(*(Dot(self.at(x, f), radius=0.06) for x, f in places))

    def tangent(self) -> Line:
        n, x, _ = self.where()
        rise = 0.8 * self.score["slopes"][n]
        return Line(self.at(x - 0.8, self.fs[n] - rise), self.at(x + 0.8, self.fs[n] + rise))

    def step(self) -> Line:
        _, x, here = self.where()
        return Line(self.at(x, 0), self.at(here, 0) + 1e-6 * RIGHT, stroke_width=6)

    def guide(self) -> DashedLine:
        *_, x = self.where()
        return DashedLine(self.at(x, 0), self.at(x, x**2 + 1e-6))

    def chord(self) -> VMobject:
        n, _, here = self.where()
        ends = [
            *zip(self.xs[: n + 1], range(n + 1), strict=True),
            (here, self.position.get_value()),
        ]
        return VMobject().set_points_as_corners([self.strip.c2p(x, 10 - row) for x, row in ends])

    def row(self, n: int) -> Text:
        text = Text(f"{n}   {self.xs[n]:.3f}   {self.fs[n]:.3f}", font_size=26)
        return text.move_to([5, 2.6 - 0.4 * n, 0])

    def readout(self) -> Text:
        *_, x = self.where()
        return Text(f"x = {x:.3f}", font_size=30).move_to([4.5, -2.6, 0])

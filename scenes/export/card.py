"""Title cards: what stands before each part of a film."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from manim import Create, FadeIn, VGroup

from gdcore import GradientDescent
from scenes import parameters
from scenes.base import DescentScene
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.source import wrapped
from scenes.parts.strokes import dots, line
from scenes.theme import STROKE, TYPE

SIZES = (9.0, 8.0, 7.0, 6.0, 5.0)
"""Of the title, in % of the shorter side: the largest in which it takes two lines at most."""


class TitleCard(DescentScene):
    """The title of a part, over the steps of a run that nears its minimum.

    Parameters of its own: `course`, what the part belongs to, and `place`, such as "2 of 9".
    """

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.1)
    max_steps = 14
    captions: Any = "none"
    course: Any = ""
    place: Any = ""
    seconds = 3
    kinds: ClassVar = {"course": parameters.TEXT, "place": parameters.TEXT}

    def construct(self) -> None:
        """Let the words stand, and the steps come in under them."""
        frame = self.layout.frame.inset(*[0.9] * 4)
        words = self.words(frame)
        foot = frame.bottom + 0.9
        axis = line(self.look, [(frame.left, foot), (frame.right, foot)], "axis")
        xs = np.array([point[0] for point in self.trace.points])
        places = frame.right - 0.4 - (frame.width - 0.8) * (1 - xs / xs[0])
        centers = [(x, foot) for x in places[: self.max_steps]]
        run = dots(self.look, centers, "trail", STROKE.ghost)
        end = dots(self.look, centers[-1:], "point", STROKE.point)
        with self.beat("{title}", title=self.title, seconds=3, hold=1.2, still="title"):
            self.add(words)
            self.play(Create(axis), seconds=0.4)
            self.play(FadeIn(run, end), seconds=0.5)

    def words(self, frame: Region) -> VGroup:
        """Return the title with the course over it and its place below."""
        out = VGroup()
        y = frame.center[1] + 0.7
        size, lines = self.fitting(self.title, frame.width)
        for index, text in enumerate(lines):
            words = self.look.text(text, size=size)
            out.add(words.place(frame.left, y - 1.2 * index * words.em))
        if self.course:
            course = one_line(self.look, self.course, frame.width)
            out.add(course.place(frame.left, y + 1.5 * self.look.text("x", size=size).em))
        if self.place:
            em = self.look.text("x", size=size).em
            place = one_line(self.look, self.place, frame.width)
            out.add(place.place(frame.left, y - 1.2 * (len(lines) - 1) * em - 1.1))
        return out

    def fitting(self, text: str, width: float) -> tuple[float, tuple[str, ...]]:
        """Return the size and the lines of the title."""
        lines: tuple[str, ...] = (text,)
        for size in SIZES:

            def measure(part: str, size: float = size) -> float:
                return self.look.text(part, size=size).advance

            lines = wrapped(text, width, measure)
            widest = max(map(measure, lines))
            if len(lines) <= 2 and widest <= width:
                return size, lines
        return SIZES[-1], lines[:3]


def one_line(look: Look, text: str, width: float) -> Lettering:
    """Return quiet words in one line, cut where there is no room for all of them."""
    for end in range(len(text), 0, -1):
        words = look.text(
            text[:end] + ("…" if end < len(text) else ""), role="muted", size=TYPE.caption
        )
        if words.advance <= width:
            return words
    return look.text("", role="muted")

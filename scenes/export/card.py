"""Title cards: what stands before each part of a film."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np
from manim import Create, FadeIn, LaggedStart, VGroup

from gdcore import GradientDescent
from scenes import parameters
from scenes.base import DescentScene
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.source import wrapped
from scenes.parts.strokes import dots, line
from scenes.theme import STROKE, TYPE, units

SIZES = (9.0, 8.0, 7.0, 6.0, 5.0)
"""Of the title, in % of the shorter side: the largest in which it takes two lines at most."""

LINES = 3
"""The most that a title takes in the smallest size; what is left over is cut."""

APART = 0.3
"""From one step to the next, at least: nearer ones would be one blot."""


class TitleCard(DescentScene):
    """The title of a part, over the steps of a run that nears its minimum.

    Parameters of its own: `course`, what the part belongs to, and `place`, such as "2 / 9".
    """

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.15)
    max_steps = 12
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
        gaps = [before - after for before, after in pairwise(places)]
        shown = next((n for n, gap in enumerate(gaps, 1) if gap < APART), len(places))
        centers = [(x, foot) for x in places[:shown]]
        run = [dots(self.look, [center], "trail", STROKE.ghost) for center in centers[:-1]]
        end = dots(self.look, centers[-1:], "point", STROKE.point)
        with self.beat("{title}", title=self.title, seconds=3, hold=1.2, still="title"):
            self.add(words)
            self.play(Create(axis), seconds=0.2)
            self.play(LaggedStart(*map(FadeIn, (*run, end)), lag_ratio=0.4), seconds=0.7)

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
            out.add(course.place(frame.left, y + 1.5 * units(size)))
        if self.place:
            em = units(size)
            place = one_line(self.look, self.place, frame.width)
            out.add(place.place(frame.left, y - 1.2 * (len(lines) - 1) * em - 1.1))
        return out

    def fitting(self, text: str, width: float) -> tuple[float, tuple[str, ...]]:
        """Return the size and the lines of the title, cut where there is no room for all of it."""
        words = " ".join(text.split()) or " "
        for size in SIZES:

            def measure(part: str, size: float = size) -> float:
                return self.look.text_width(part, size=size)

            lines = wrapped(words, width, measure)
            if len(lines) <= 2 and max(map(measure, lines)) <= width:
                return size, lines
        if len(lines) > LINES:
            lines = (*lines[: LINES - 1], " ".join(lines[LINES - 1 :]))
        return size, tuple(shortened(line, width, measure) for line in lines)


def one_line(look: Look, text: str, width: float) -> Lettering:
    """Return quiet words in one line, cut where there is no room for all of them."""

    def quiet(part: str) -> Lettering:
        return look.text(part, role="muted", size=TYPE.caption)

    return quiet(shortened(" ".join(text.split()), width, lambda part: quiet(part).advance))


def shortened(text: str, width: float, measure: Callable[[str], float]) -> str:
    """Return the beginning of a text that is no wider than `width`, with a sign that it goes on.

    >>> shortened("gradient descent", 12, len), shortened("gradient", 12, len)
    ('gradient de…', 'gradient')
    """
    if measure(text) <= width:
        return text
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        fits = measure(f"{text[:middle]}…") <= width
        low, high = (middle, high) if fits else (low, middle)
    return f"{text[:low].rstrip()}…"

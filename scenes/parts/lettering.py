"""Words and formulas as mobjects that know their baseline and are placed absolutely."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np
from manim import VGroup, VMobject

from scenes.layout import Region
from scenes.parts.glyphs import typeset
from scenes.parts.source import Source, ink_role
from scenes.theme import Theme, units

Align = Literal["left", "center", "right"]
On = Literal["baseline", "middle", "top", "bottom"]

CAP_HEIGHT = 0.66
"""Height of capitals and figures in em, the same in all three fonts to within a hundredth."""

SLACK = 0.15
"""Round figures, brackets and bars stand a little over that height, in em."""


class Lettering(VGroup):
    """Type from one Typst source; each submobject is a run of one colour.

    Parameters
    ----------
    theme
        Gives the colours.
    source
        Typst source (see `scenes.parts.source`).
    size
        One em in % of the frame's shorter side.
    role
        The colour of all that has no ink of its own.
    """

    def __init__(self, theme: Theme, source: Source, size: float, role: str = "text") -> None:
        super().__init__()
        self.source, self.size_percent, self.base_role = str(source), size, role
        self.em = units(size)
        set_type = typeset(source)
        self.advance = set_type.width * self.em
        self._outlines = [run.outline for run in set_type.runs]
        self.roles = [ink_role(run.fill) or role for run in set_type.runs]
        for run_role in self.roles:
            run = VMobject(stroke_width=0, fill_color=theme.color(run_role), fill_opacity=1)
            run.role = run_role
            self.add(run)
        self.place(0.0, 0.0)

    def place(self, x: float, y: float, align: Align = "left", on: On = "baseline") -> Self:
        """Put the type at a point: absolute, so that placing it twice is placing it once.

        Parameters
        ----------
        x, y
            The point, in frame units.
        align
            Which part of the advance width stands at `x`.
        on
            What stands at `y`: the baseline, the middle of the figures' height, or the ink's top
            or bottom edge. Baseline and middle do not depend on the letters, so labels in a row
            stay in line.
        """
        left = x - {"left": 0.0, "center": 0.5, "right": 1.0}[align] * self.advance
        ink = self._ink()
        shift = {
            "baseline": 0.0,
            "middle": -CAP_HEIGHT / 2 * self.em,
            "top": -ink[1] * self.em,
            "bottom": -ink[0] * self.em,
        }[on]
        self.origin = (left, y + shift)
        for run, outline in zip(self.submobjects, self._outlines, strict=True):
            points = np.zeros((len(outline), 3))
            points[:, :2] = outline * self.em + self.origin
            run.points = points
        return self

    def _ink(self) -> tuple[float, float]:
        heights = np.concatenate([np.zeros(0), *(outline[:, 1] for outline in self._outlines)])
        if not len(heights):
            return 0.0, 0.0
        return float(heights.min()), float(heights.max())

    @property
    def box(self) -> Region:
        """The rectangle that the ink fills."""
        return box_of(self)

    @property
    def raised(self) -> float:
        """How far exponents stand over the height of figures, in units."""
        over = self._ink()[1] - CAP_HEIGHT
        return over * self.em if over > SLACK else 0.0


class Changing(Lettering):
    """A line of type in one colour whose words change while it stays one and the same mobject.

    manim lists what moves when an animation starts: letters that come in later would not be seen
    by it, and those that have gone would still be drawn.

    Parameters
    ----------
    words
        What it shows first.
    """

    def __init__(self, words: Lettering) -> None:
        VGroup.__init__(self)
        self.add(VMobject(stroke_width=0, fill_opacity=1))
        self.write(words)

    def write(self, words: Lettering) -> Self:
        """Show other words, at the origin until they are placed."""
        self.source, self.size_percent = words.source, words.size_percent
        self.em, self.advance = words.em, words.advance
        self._outlines = [np.concatenate([np.zeros((0, 2)), *words._outlines])]
        self.roles = words.roles[:1] or ["text"]
        (run,) = self.submobjects
        run.role = self.roles[0]
        for first in words.submobjects[:1]:
            run.set_fill(first.get_fill_color())
        return self.place(0.0, 0.0)


def box_of(*mobjects: VMobject) -> Region:
    """Return the rectangle around all points of mobjects and their parts."""
    points = [
        part.points for mobject in mobjects for part in mobject.get_family() if len(part.points)
    ]
    every = np.concatenate(points) if points else np.zeros((1, 3))
    low, high = every.min(axis=0), every.max(axis=0)
    return Region(float(low[0]), float(low[1]), float(high[0]), float(high[1]))

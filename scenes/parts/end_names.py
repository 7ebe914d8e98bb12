"""Names of the axes of a plot that moves, at their ends."""

from __future__ import annotations

from manim import VGroup

from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.theme import TYPE


class EndNames(VGroup):
    """The names of both axes at their ends, in the plot as it stands.

    Parameters
    ----------
    look, plot
        The look, and the plot.
    x, y
        The names in Typst mathematics.
    up, aside
        From the upper end of the upright axis to the baseline of its name, and how far left of the
        axis the name ends, in units.
    """

    def __init__(self, look: Look, plot: Plot, x: str, y: str, up: float, aside: float) -> None:
        super().__init__()
        self.plot, self.up, self.aside = plot, up, aside
        self.x, self.y = (look.math(name, TYPE.tick, "muted") for name in (x, y))
        self.add(self.x, self.y)
        self.show(0.0)

    def show(self, _position: float) -> None:
        """Stand at the ends of the axes."""
        inner = self.plot.inner
        self.x.place(inner.right + 0.12, inner.bottom, on="middle")
        self.y.place(inner.left - self.aside, inner.top + self.up, "right")

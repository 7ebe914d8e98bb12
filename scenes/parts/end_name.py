"""The name of the x-axis at its end, of a plot that moves."""

from __future__ import annotations

from manim import VGroup

from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.theme import TYPE

NEAR = 0.03
"""From the end of the axis to its name, in units: outside is little room."""


class EndName(VGroup):
    """The name of the x-axis at its end, in the plot as it stands.

    Parameters
    ----------
    look, plot
        The look, and the plot.
    name
        The name in Typst mathematics.
    """

    def __init__(self, look: Look, plot: Plot, name: str) -> None:
        super().__init__()
        self.plot, self.name = plot, look.math(name, TYPE.tick, "muted")
        self.add(self.name)
        self.show(0.0)

    def show(self, _position: float) -> None:
        """Stand at the end of the axis."""
        inner = self.plot.inner
        self.name.place(inner.right + NEAR, inner.bottom, on="middle")

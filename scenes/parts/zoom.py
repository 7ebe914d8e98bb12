"""A plot whose window widens: the curve and all that is drawn on it go along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.strokes import dashed, line, set_lines
from scenes.parts.window import Drawable
from scenes.playhead import Moving, Playhead
from scenes.theme import STROKE


class Zoom(VGroup):
    """A plot with later windows, its curve, and the frames it had before, dashed.

    A dial drives it: at 0 the first window is shown, at 1 the next. What is carried draws itself
    anew in every window, where its own playhead stands.

    Parameters
    ----------
    look, plot
        The look, and a plot that was made with `later` windows.
    function
        What the curve is drawn from.
    """

    def __init__(self, look: Look, plot: Plot, function: Drawable) -> None:
        super().__init__()
        self.plot, self.function = plot, function
        self.curve = plot.curve(function)
        self.frames = line(look, role="muted", width=STROKE.axis)
        self.carried: list[tuple[Playhead, Sequence[Moving]]] = []
        self.add(plot, self.curve, self.frames)

    def carry(self, playhead: Playhead, *parts: Any) -> None:
        """Let parts, which a playhead drives, go along with the window; they lie on the curve."""
        self.carried.append((playhead, parts))
        self.add(*parts)

    def drop(self, *parts: Any) -> None:
        """Let parts stay behind."""
        self.carried = [
            (playhead, [part for part in carried if part not in parts])
            for playhead, carried in self.carried
        ]
        self.remove(*parts)

    def show(self, position: float) -> None:
        """Show the window at which a dial stands."""
        self.plot.show(position)
        set_lines(self.curve, self.plot.graph(self.function))
        pieces = []
        for index, window in enumerate(self.plot.windows):
            if position > index:
                left, top = self.plot.at(window.left, window.top)
                right, bottom = self.plot.at(window.right, window.bottom)
                rim = [(left, bottom), (left, top), (right, top), (right, bottom)]
                pieces += dashed(rim)
        set_lines(self.frames, pieces)
        # The first dashes lie on the axes: they come in as the window leaves them.
        self.frames.set_stroke(opacity=min(max(6 * position, 0.0), 1.0))
        for playhead, parts in self.carried:
            for part in parts:
                part.show(playhead.position)

"""A plot that goes to other windows and places: the curve and all that is drawn on it go along."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from manim import VGroup, VMobject

from scenes.look import Look
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.strokes import Points, dashed, line, set_lines
from scenes.parts.window import Drawable
from scenes.playhead import Moving, Playhead
from scenes.theme import STROKE, TYPE


class Before(VGroup):
    """The frame that a plot had before its window widened: dashed.

    Parameters
    ----------
    look, plot, index
        The look, the plot, and which of its windows it was.
    stays
        Whether it stays, with its name, when the wider window has been reached.
    """

    def __init__(self, look: Look, plot: Plot, index: int, *, stays: bool) -> None:
        super().__init__()
        self.plot, self.index, self.window = plot, index, plot.windows[index]
        self.rim = line(look, role="axis", width=STROKE.axis)
        self.name = look.text("the view before", size=TYPE.minimum, role="muted")
        self.spot, self.stays, self.strength = 0.5, stays, 0.0
        self.add(self.rim, *([self.name] if stays else []))

    def find_room(self, graph: Sequence[Points]) -> None:
        """Find where under the frame's upper edge its name keeps clear of the curve."""
        clear = Obstacles(self.plot.inner)
        for points in graph:
            clear.add_points(points)
        troubles = {}
        for spot in (0.5, 0.3, 0.7, 0.2, 0.8):
            self.spot = spot
            self.show(self.index + 1.0)
            left, right = (self.plot.x(x) for x in (self.window.left, self.window.right))
            box = self.name.box
            free = left < box.left and box.right < right
            troubles[spot] = clear.trouble(box) + (0 if free else 100)
        self.spot = min(troubles, key=lambda spot: troubles[spot])
        if troubles[self.spot]:
            self.remove(self.name)

    def show(self, position: float) -> None:
        """Show the frame where it is in the plot as it stands."""
        # The first dashes lie on the axes: they come in as the window leaves them. Only the last
        # frame stays; of the others one sees how the window leaves them behind.
        fading = 0.0 if self.stays else 3 * (position - self.index) - 2
        strength = min(max(6 * (position - self.index), 0.0), 1.0)
        strength *= 1 - min(max(fading, 0.0), 1.0)
        left, top = self.plot.at(self.window.left, self.window.top)
        right, bottom = self.plot.at(self.window.right, self.window.bottom)
        rim = [(left, bottom), (left, top), (right, top), (right, bottom)]
        set_lines(self.rim, dashed(rim) if strength else [])
        self.rim.set_stroke(opacity=strength)
        self.strength = strength
        self.name.place(left + (right - left) * self.spot, top - 0.1, "center", "top")
        named = min(max(2 * (position - self.index) - 1, 0.0), 1.0)
        self.name.set_fill(opacity=strength * named)


class Zoom(VGroup):
    """A plot with later windows and places, its curve, and the frame that it had before.

    A dial drives it: at 0 the first window is shown, at 1 the next. What is carried draws itself
    anew in every window, where its own playhead stands.

    Parameters
    ----------
    look, plot
        The look, and a plot that was made with `later` windows.
    function
        What the curve is drawn from.
    lasting
        Whether the frame before the last widening stays, with its name.
    """

    def __init__(self, look: Look, plot: Plot, function: Drawable, *, lasting: bool = True) -> None:
        super().__init__()
        self.plot, self.function = plot, function
        self.curve = plot.curve(function)
        pairs = enumerate(itertools.pairwise(plot.windows))
        # Of a window that is higher than the next one the frame would lie outside the plot.
        wider = [at for at, (one, other) in pairs if one != other and other.encloses(one)]
        self.frames = VGroup(
            *(Before(look, plot, index, stays=lasting and index == wider[-1]) for index in wider)
        )
        for frame in self.frames:
            plot.show(frame.index + 1.0)
            frame.find_room(plot.graph(function))
        plot.show(0.0)
        self.carried: list[tuple[Playhead, Sequence[Moving]]] = []
        self.add(plot, self.curve, self.frames)

    @property
    def strokes(self) -> list[VMobject]:
        """The curve and the frames with their names, as far as they are drawn."""
        seen = (frame for frame in self.frames if frame.strength)
        return [self.curve, *(part for frame in seen for part in frame)]

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
        for frame in self.frames:
            frame.show(position)
        for playhead, parts in self.carried:
            for part in parts:
                part.show(playhead.position)

"""Where a run stands: one number that every moving part draws itself from.

A frame is a function of (traces, parameters, playhead). Nothing is nudged from where it was, so
segments found in the cache, rendered alone or rendered twice are the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from manim import Animation, Mobject, VGroup
from manim.utils.rate_functions import smooth


class Moving(Protocol):
    """A part that can draw itself at any position of a playhead."""

    def show(self, position: float) -> None:
        """Set the absolute geometry of this position."""


class Playhead:
    """A position and the parts that follow it.

    The position counts steps in a run: at 3 three steps have landed, at 3.5 the fourth is half
    done. A playhead can as well stand for any other quantity, such as the width of a secant.

    Parameters
    ----------
    position
        Where it starts.
    """

    def __init__(self, position: float = 0.0) -> None:
        self.position = float(position)
        self.parts: list[Any] = []

    def drive(self, *parts: Any) -> None:
        """Let parts follow, and show them where the playhead stands now."""
        for part in parts:
            self.parts.append(part)
            part.show(self.position)

    def release(self, *parts: Any) -> None:
        """Let parts stand as they are."""
        self.parts = [part for part in self.parts if part not in parts]

    def set(self, position: float) -> None:
        """Go to a position at once."""
        self.position = float(position)
        for part in self.parts:
            part.show(self.position)

    def to(self, position: float, rate_func: Callable[[float], float] = smooth) -> Advance:
        """Return the animation that moves the playhead there."""
        return Advance(self, position, rate_func)


class Advance(Animation):
    """Moves a playhead; each frame shows its parts at the position of that frame."""

    def __init__(
        self, playhead: Playhead, position: float, rate_func: Callable[[float], float] = smooth
    ) -> None:
        self.parts = list(playhead.parts)
        self.start, self.end = playhead.position, float(position)
        # The playhead is told at once, so that an animation prepared for a later play starts there.
        self.playhead = playhead
        movers = VGroup(*(part for part in self.parts if isinstance(part, Mobject)))
        super().__init__(movers, rate_func=rate_func, introducer=True)

    def _setup_scene(self, scene: Any) -> None:
        """Add parts that are not in the scene yet; the others keep their place in the pile.

        manim would add the group of all of them, and so lift them over what lies on them.
        """
        present = set(map(id, scene.get_mobject_family_members()))
        scene.add(*(part for part in self.mobject if id(part) not in present))

    def begin(self) -> None:
        """Start where the playhead stands; no copy of the parts is needed."""
        self.interpolate(0)

    def finish(self) -> None:
        """End exactly on the position that was asked for."""
        self.interpolate(1)

    def interpolate(self, alpha: float) -> None:
        """Show the parts at this part of the way."""
        share = self.rate_func(min(max(alpha, 0.0), 1.0))
        position = self.end if alpha >= 1 else self.start + (self.end - self.start) * share
        self.playhead.position = position
        for part in self.parts:
            part.show(position)

    def clean_up_from_scene(self, scene: Any) -> None:
        """Leave the parts in the scene as they are."""

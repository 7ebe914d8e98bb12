"""Which rows of a picture a camera has drawn on, so that the others need not be looked at.

Most of a lesson's frame rests. Copying its ground and comparing it with the frame before would
take as long as drawing what moves.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from manim import Camera, VMobject
from numpy.typing import NDArray

MITER = 10
"""The corner of a line reaches beyond it by at most so many times half its width: Cairo's limit."""


class Rows:
    """The rows of one camera's picture.

    Parameters
    ----------
    height
        How many there are.

    Attributes
    ----------
    ground
        The picture that the frame was last set to, or None where that is not known.
    drawn
        Which rows were drawn on since then.
    """

    def __init__(self, height: int) -> None:
        self.ground: Any = None
        self.drawn = np.zeros(height, dtype=bool)
        self._changed = np.ones(height, dtype=bool)

    def draw(self, first: int, last: int) -> None:
        """Note that the rows from `first` to before `last` are drawn on."""
        self.drawn[max(first, 0) : max(last, 0)] = True

    def draw_all(self) -> None:
        """Note that every row may have been drawn on."""
        self.drawn[:] = True

    def wipe(self, ground: Any) -> Iterator[slice]:
        """Note that the frame is set to a picture, and return the rows in which it is not yet.

        Parameters
        ----------
        ground
            The picture. It is known again by being the same array: nobody draws on it.
        """
        if ground is not self.ground:
            self.ground = ground
            self.drawn[:] = True
        self._changed |= self.drawn
        edges = np.flatnonzero(np.diff(self.drawn, prepend=False, append=False))
        self.drawn[:] = False
        return (slice(*pair) for pair in edges.reshape(-1, 2).tolist())

    def changed(self) -> NDArray[np.bool_]:
        """Return which rows may differ from what they were at the last `settle`."""
        out: NDArray[np.bool_] = self._changed | self.drawn
        return out

    def settle(self) -> None:
        """Note that somebody has seen the picture as it is now.

        Not before it was really seen: a frame that is drawn may still be written by nobody.
        """
        self._changed[:] = False

    def forget(self) -> None:
        """Note that the picture was changed by somebody else."""
        self.ground = None
        self._changed[:] = True


def reach(camera: Camera, vmobject: VMobject, low: float, high: float) -> tuple[int, int]:
    """Return the first row and the end of what a mobject between two heights may be drawn on.

    Parameters
    ----------
    camera
        Gives the scale.
    vmobject
        Its outline may have a line, which reaches beyond it.
    low, high
        The least and the greatest y of its points, in units.
    """
    scale = camera.pixel_height / camera.frame_height
    middle = camera.pixel_height / 2 + camera.frame_center[1] * scale
    width = max(vmobject.get_stroke_width(behind) for behind in (False, True))
    rim = MITER * width * camera.cairo_line_width_multiple / 2 * scale + 2
    if not math.isfinite(low + high + rim):
        return 0, camera.pixel_height
    return math.floor(middle - high * scale - rim), math.ceil(middle - low * scale + rim)

"""A camera that remembers outlines: what stands still is traced once, not in every frame.

manim traces each outline in a Python loop, curve by curve, also that of a letter which has not moved
for minutes but lies above something that moves. Cairo can give a finished path back and take it
again in one call, with the same pixels.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import cairo
import numpy as np
from manim import Camera, VMobject

__all__ = ["KeepingCamera"]

# Not in the camera, because manim hashes the camera's attributes with every segment.
_kept: WeakKeyDictionary[VMobject, tuple[Any, Any]] = WeakKeyDictionary()
"""The points of each mobject as it was last drawn, and its path if they had been the same before."""


class KeepingCamera(Camera):
    """manim's camera for flat scenes that do not zoom, drawing what rests from memory."""

    def set_cairo_context_path(self, ctx: cairo.Context[Any], vmobject: VMobject) -> KeepingCamera:
        """Set the outline of a mobject, traced anew only if its points have changed."""
        points, path = _kept.get(vmobject, (None, None))
        rests = points is not None and np.array_equal(points, vmobject.points)
        if rests and path is not None:
            ctx.new_path()
            ctx.append_path(path)
            return self
        super().set_cairo_context_path(ctx, vmobject)
        # Keeping costs something too, so what moves in every frame is never kept.
        if rests:
            _kept[vmobject] = points, ctx.copy_path()
        else:
            _kept[vmobject] = vmobject.points.copy(), None
        return self

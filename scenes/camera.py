"""A camera that remembers outlines and does not draw what cannot be seen.

manim traces each outline in a Python loop, curve by curve, also that of a letter that rests above
something that moves. Cairo can hand a finished path back and take it again in one call, with the
same pixels. And manim fills every outline, also that of a line, with a colour that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import cairo
import numpy as np
from manim import Camera, VMobject

__all__ = ["KeepingCamera", "forgetting"]

# Not attributes of the camera, because manim hashes those with every segment.
_kept: WeakKeyDictionary[Camera, WeakKeyDictionary[VMobject, tuple[Any, Any]]] = WeakKeyDictionary()
"""By camera and mobject: its points when last drawn, and its path if they were the same before."""


class KeepingCamera(Camera):
    """manim's camera for flat scenes that do not zoom, drawing what rests from memory."""

    def display_vectorized(self, vmobject: VMobject, ctx: cairo.Context[Any]) -> KeepingCamera:
        """Draw of a mobject what changes a pixel."""
        behind, before = (_is_stroked(vmobject, behind=behind) for behind in (True, False))
        filled = bool(vmobject.get_fill_rgbas()[:, 3].any())
        if not (behind or filled or before):
            return self
        self.set_cairo_context_path(ctx, vmobject)
        if behind:
            self.apply_stroke(ctx, vmobject, background=True)
        if filled:
            self.apply_fill(ctx, vmobject)
        if before:
            self.apply_stroke(ctx, vmobject)
        return self

    def set_cairo_context_path(self, ctx: cairo.Context[Any], vmobject: VMobject) -> KeepingCamera:
        """Set the outline of a mobject, traced anew only if its points have changed."""
        kept = _kept.setdefault(self, WeakKeyDictionary())
        points, path = kept.get(vmobject, (None, None))
        rests = points is not None and np.array_equal(points, vmobject.points)
        if rests and path is not None:
            ctx.new_path()
            ctx.append_path(path)
            return self
        super().set_cairo_context_path(ctx, vmobject)
        # Keeping costs something too, so what moves in every frame is never kept.
        if rests:
            kept[vmobject] = points, ctx.copy_path()
        else:
            kept[vmobject] = vmobject.points.copy(), None
        return self


@contextmanager
def forgetting(camera: Camera) -> Iterator[None]:
    """Let a camera trace everything anew: the paths that Cairo hands back are rounded."""
    kept = _kept.pop(camera, None)
    try:
        yield
    finally:
        _kept.pop(camera, None)
        if kept is not None:
            _kept[camera] = kept


def _is_stroked(vmobject: VMobject, *, behind: bool) -> bool:
    width = vmobject.get_stroke_width(behind)
    return bool(width) and bool(vmobject.get_stroke_rgbas(behind)[:, 3].any())

"""A camera that remembers outlines and rows, and does not draw what cannot be seen.

manim traces each outline in a Python loop, curve by curve, also that of a letter that rests above
something that moves. Cairo can hand a finished path back and take it again in one call, with the
same pixels. manim fills every outline, also that of a line, with a colour that is not there. And it
copies the whole ground of a frame, of which little was drawn on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import cairo
import numpy as np
from manim import Camera, Mobject, VMobject
from manim.typing import Point3D_Array

from scenes.rows import Rows, reach

__all__ = ["KeepingCamera", "forgetting"]


@dataclass
class Outline:
    """What is kept of a mobject: its points when last drawn, and if it rested, Cairo's path."""

    points: Point3D_Array
    path: Any
    low: float
    high: float


@dataclass
class Memory:
    """What a camera remembers."""

    rows: Rows
    outlines: WeakKeyDictionary[VMobject, Outline] = field(default_factory=WeakKeyDictionary)


# Not an attribute of the camera, because manim hashes those with every segment.
_memories: WeakKeyDictionary[Camera, Memory] = WeakKeyDictionary()


class KeepingCamera(Camera):
    """manim's camera for flat scenes that do not zoom, drawing what rests from memory."""

    def reset(self) -> KeepingCamera:
        """Set the picture to the background."""
        self.set_frame_to_background(self.background)
        return self

    def set_frame_to_background(self, background: Any) -> None:
        """Set the picture to another one, where it differs from that."""
        if not hasattr(self, "pixel_array") or self.pixel_array.shape != background.shape:
            self.set_pixel_array(background)
            return
        for rows in _memory(self).rows.wipe(background):
            self.pixel_array[rows] = background[rows]

    def set_pixel_array(self, *args: Any, **kwargs: Any) -> None:
        """Set the picture to any other."""
        super().set_pixel_array(*args, **kwargs)
        _memory(self).rows.forget()

    def get_mobjects_to_display(
        self,
        mobjects: Iterable[Mobject],
        include_submobjects: bool = True,
        excluded_mobjects: list[Mobject] | None = None,
    ) -> list[Mobject]:
        """Return what is drawn, in manim's order, found in one walk."""
        if not include_submobjects or excluded_mobjects or not self.use_z_index:
            asked = mobjects, include_submobjects, excluded_mobjects
            return list(super().get_mobjects_to_display(*asked))
        found = list[Mobject]()
        waiting = list(mobjects)[::-1]
        while waiting:
            mobject = waiting.pop()
            if len(mobject.points):
                found.append(mobject)
            waiting += mobject.submobjects[::-1]
        # What is there twice is drawn where it comes last.
        once = list(dict.fromkeys(reversed(found)))[::-1]
        return sorted(once, key=lambda mobject: mobject.z_index)

    @property
    def rows(self) -> Rows:
        """Which rows of the picture were drawn on."""
        return _memory(self).rows

    def type_or_raise(self, mobject: Mobject) -> type[Mobject]:
        """Return as what a mobject is drawn; of anything but outlines the rows are not known."""
        kind: type[Mobject] = super().type_or_raise(mobject)
        if kind is not VMobject or mobject.get_background_image():
            _memory(self).rows.draw_all()
        return kind

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
        memory = _memory(self)
        outline = memory.outlines[vmobject]
        memory.rows.draw(*reach(self, vmobject, outline.low, outline.high))
        return self

    def set_cairo_context_path(self, ctx: cairo.Context[Any], vmobject: VMobject) -> KeepingCamera:
        """Set the outline of a mobject, traced anew only if its points have changed."""
        outlines, points = _memory(self).outlines, vmobject.points
        known = outlines.get(vmobject)
        if known is None or not np.array_equal(known.points, points):
            super().set_cairo_context_path(ctx, vmobject)
            # Keeping a path costs something too, so of what moves in every frame none is kept.
            heights = points[:, 1] if len(points) else np.zeros(1)
            low, high = float(heights.min()), float(heights.max())
            outlines[vmobject] = Outline(points.copy(), None, low, high)
        elif known.path is None:
            super().set_cairo_context_path(ctx, vmobject)
            known.path = ctx.copy_path()
        else:
            ctx.new_path()
            ctx.append_path(known.path)
        return self


def _memory(camera: Camera) -> Memory:
    memory = _memories.get(camera)
    if memory is None or len(memory.rows.drawn) != camera.pixel_height:
        memory = _memories[camera] = Memory(Rows(camera.pixel_height))
    return memory


@contextmanager
def forgetting(camera: Camera) -> Iterator[None]:
    """Let a camera trace everything anew: the paths that Cairo hands back are rounded."""
    kept = _memories.pop(camera, None)
    try:
        yield
    finally:
        _memories.pop(camera, None)
        if kept is not None:
            kept.rows.forget()
            _memories[camera] = kept


def _is_stroked(vmobject: VMobject, *, behind: bool) -> bool:
    width = vmobject.get_stroke_width(behind)
    return bool(width) and bool(vmobject.get_stroke_rgbas(behind)[:, 3].any())

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
from manim.utils.color import color_to_int_rgba

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


class KeepingCamera(Camera):
    """manim's camera for flat scenes that do not zoom, drawing what rests from memory."""

    # manim hashes what is in a camera's dictionary with every segment, and this is not.
    __slots__ = ("memory",)

    memory: Memory

    def init_background(self) -> None:
        """Fill the background; one colour is written pixel by pixel, not byte by byte."""
        self.memory = Memory(Rows(self.pixel_height))
        if self.background_image is not None:
            super().init_background()
            return
        color = color_to_int_rgba(self.background_color, self.background_opacity)
        shape = self.pixel_height, self.pixel_width, self.n_channels
        # A slot more takes no attribute away, which mypy does not see.
        self.background = np.empty(shape, np.uint8)  # type: ignore[misc]
        self.background.view(np.uint32)[:] = color.astype(np.uint8).view(np.uint32)

    def reset(self) -> KeepingCamera:
        """Set the picture to the background."""
        self.set_frame_to_background(self.background)
        return self

    def set_frame_to_background(self, background: Any) -> None:
        """Set the picture to another one, where it differs from that."""
        if not hasattr(self, "pixel_array") or self.pixel_array.shape != background.shape:
            self.set_pixel_array(background)
            return
        for rows in self.memory.rows.wipe(background):
            self.pixel_array[rows] = background[rows]

    def set_pixel_array(self, *args: Any, **kwargs: Any) -> None:
        """Set the picture to any other."""
        super().set_pixel_array(*args, **kwargs)
        self.memory.rows.forget()

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
        return self.memory.rows

    def type_or_raise(self, mobject: Mobject) -> type[Mobject]:
        """Return as what a mobject is drawn; of anything but outlines the rows are not known."""
        kind: type[Mobject] = super().type_or_raise(mobject)
        if kind is not VMobject or mobject.get_background_image():
            self.memory.rows.draw_all()
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
        outline = self.memory.outlines[vmobject]
        self.memory.rows.draw(*reach(self, vmobject, outline.low, outline.high))
        return self

    def set_cairo_context_path(self, ctx: cairo.Context[Any], vmobject: VMobject) -> KeepingCamera:
        """Set the outline of a mobject, traced anew only if its points have changed."""
        outlines, points = self.memory.outlines, vmobject.points
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


@contextmanager
def forgetting(camera: Camera) -> Iterator[None]:
    """Let a camera trace everything anew: the paths that Cairo hands back are rounded."""
    if not isinstance(camera, KeepingCamera):
        yield
        return
    kept, camera.memory = camera.memory, Memory(Rows(camera.pixel_height))
    try:
        yield
    finally:
        kept.rows.forget()
        camera.memory = kept


def _is_stroked(vmobject: VMobject, *, behind: bool) -> bool:
    width = vmobject.get_stroke_width(behind)
    return bool(width) and bool(vmobject.get_stroke_rgbas(behind)[:, 3].any())

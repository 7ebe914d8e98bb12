"""What is lit: the box round the line of a program, or the row of a table, that is talked about."""

from __future__ import annotations

from collections.abc import Iterable

from manim import VGroup

from scenes.color import contrast
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.strokes import line, rectangle, set_lines, shape
from scenes.theme import STROKE, TEXT_CONTRAST, Theme

IN_CODE = ("text", "muted", "curve", "point", "slope_up", "slope_down")
"""The roles of the type of a program."""

FAINT = 1.1
"""A shade with less contrast to the background is not seen without a frame."""

MARK = 0.07
"""Width of the mark at the left edge of a box, in units; it hangs out of the box."""


def lit_color(theme: Theme, roles: Iterable[str]) -> str:
    """Return the strongest shade on which type in these roles keeps its contrast.

    It may be very faint: what is lit has a frame, too.
    """
    colors = {theme.color(role) for role in roles}
    shades = [theme.blend("muted", 0.8 + 0.01 * at, floor=1) for at in range(20)]
    for shade in shades:
        if all(contrast(color, shade) >= TEXT_CONTRAST for color in colors):
            return shade
    return theme.background


class Lit(VGroup):
    """A shade with a frame round it and a mark at its left: seen where no shade may be dark enough.

    Parameters
    ----------
    look
        The look.
    roles
        Those of the type that stands on it.
    marked, framed
        Whether there is a mark at the left, and a frame all round; a faint shade always has one.
    """

    def __init__(
        self,
        look: Look,
        roles: Iterable[str] = IN_CODE,
        *,
        marked: bool = True,
        framed: bool = True,
    ) -> None:
        super().__init__()
        color = lit_color(look.theme, roles)
        self.marked = marked
        self.framed = framed or contrast(color, look.theme.background) < FAINT
        self.shade = shape(look, role="muted", color=color)
        self.frame = line(look, role="axis", width=STROKE.axis)
        self.mark = shape(look, role="text")
        for part in (self.shade, self.frame, self.mark):
            part.backdrop = True
        self.add(self.shade, self.frame, self.mark)

    def put(self, box: Region | None) -> None:
        """Stand at a box, or nowhere."""
        around = [] if box is None else [rectangle(box)]
        set_lines(self.shade, around)
        set_lines(self.frame, around if self.framed else [])
        hanging = (
            [rectangle(Region(box.left - MARK, box.bottom, box.left, box.top))]
            if box is not None and self.marked
            else []
        )
        set_lines(self.mark, hanging)

"""Figures: scenes that stand still, composed for the width at which they are printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Final

from gdcore import Step
from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.layout import Region
from scenes.parameters import choice
from scenes.settings import apply_settings
from scenes.theme import SHORT_SIDE, TYPE, units

POINT: Final = 25.4 / 72
"""Of type, in millimetres."""

SMALLEST_TYPE: Final = 7.0
"""Points of the smallest type of a figure as printed."""

MILLIMETRES: Final = SMALLEST_TYPE * POINT / units(TYPE.minimum)
"""Of one unit on paper: the smallest type that a scene may have is the smallest of a figure."""

WIDTHS: Final = {
    "85mm": 85 / MILLIMETRES,
    "170mm": 170 / MILLIMETRES,
    "slide": SHORT_SIDE * 16 / 9,
}
"""Units across: one column of a journal, two columns, and a slide."""

MARGIN: Final = {"85mm": 0.1, "170mm": 0.1, "slide": 0.5}
"""Free space on all sides, in units: a page has its own margins, a slide has not."""


class Figure(DescentScene):
    """A picture that stands still: no title and no caption, the page has its own.

    A figure is laid out for its width and never scaled to it: type keeps its size, 7 points at
    least, and what does not fit in a column is placed otherwise or left out.

    Parameters of its own: `width`, one of 85mm, 170mm and slide.
    """

    theme: Any = "light"
    captions: Any = "none"
    width: Any = "170mm"
    heights: ClassVar = {"85mm": 6.4, "170mm": 7.4}
    """Units from top to bottom; a slide's are given."""

    seconds = 0
    kinds: ClassVar = {"width": choice(*WIDTHS)}

    @property
    def is_narrow(self) -> bool:
        """Whether the figure is for one column."""
        return bool(self.width == "85mm")

    @property
    def millimetres(self) -> float | None:
        """The width on paper; None for a slide."""
        return None if self.width == "slide" else float(self.width.removesuffix("mm"))

    def shape(self) -> None:
        """Give manim's frame the shape of the figure."""
        width = self.parameters.get("width", "slide")
        height = SHORT_SIDE if width == "slide" else self.heights[width]
        apply_settings(frame=(WIDTHS[width], height))

    def setup(self) -> None:
        """Prepare the look, and the region of all that is drawn."""
        super().setup()
        margin = MARGIN[self.width]
        self.region: Region = self.layout.frame.inset(margin, margin, margin, margin)

    @contextmanager
    def picture(self, template: str, step: Step | None = None, **fields: Any) -> Iterator[Beat]:
        """Draw the figure; a sentence says what it shows to those who do not see it.

        Parameters
        ----------
        template, step, **fields
            The description, as the caption of a beat.
        """
        with self.beat(template, step, seconds=0, hold=0, still="figure", **fields) as beat:
            yield beat

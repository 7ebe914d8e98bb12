"""A distance that is multiplied by the same factor again and again, as a small picture."""

from __future__ import annotations

import numpy as np
from manim import LineJointType, VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.plot import clip
from scenes.parts.strokes import dashes, dots, line, set_lines
from scenes.parts.trail import within
from scenes.theme import STROKE

COUNT = 8
"""So many steps are drawn."""

REACH = 2.2
"""The largest distance that is drawn, in parts of the first one."""


class Bounces(VGroup):
    """The distance to a minimum after each step: side by side, signs and all.

    Parameters
    ----------
    look, region
        The look, and where it stands; the dashed line through its middle is the minimum.
    factor
        What each step multiplies the distance by.

    Attributes
    ----------
    middle
        The y of the line that is the minimum.
    """

    def __init__(self, look: Look, region: Region, factor: float) -> None:
        super().__init__()
        steps = np.arange(COUNT + 1)
        self.middle = middle = region.center[1]
        unit = region.height / 2 / REACH
        places = np.column_stack(
            [region.left + region.width * steps / COUNT, middle + unit * factor**steps]
        )
        ground = line(look, role="minimum", width=1.2 * STROKE.axis)
        set_lines(ground, dashes((region.left, middle), (region.right, middle), 0.15, 0.09))
        path = set_lines(line(look, role="point", width=0.3), clip(places, region))
        # It turns back so sharply that its corners would stick out of the dots.
        path.joint_type = LineJointType.ROUND
        shown = places[within(places, region.inset(-0.05, 0.0, -0.05, 0.0))]
        self.add(ground, path, dots(look, shown, "point", 1.2), dots(look, shown[:1], "point", 2.2))

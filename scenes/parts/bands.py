"""Shades behind stretches of an axis, from one to the next a little darker."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from manim import VGroup

from scenes.look import Look
from scenes.parts.strokes import shape

FAINTEST, EACH = 0.98, 0.075
"""How far the first shade has faded to the background, and how much less each next one has."""


class Bands(VGroup):
    """The stretches between edges, the first one without a shade.

    Parameters
    ----------
    look
        The look.
    edges
        Where the stretches begin and end, in units from left to right.
    bottom, top
        How far the shades reach.
    """

    def __init__(self, look: Look, edges: Sequence[float], bottom: float, top: float) -> None:
        super().__init__()
        for index, (left, right) in enumerate(itertools.pairwise(edges[1:]), 1):
            shade = look.theme.blend("muted", FAINTEST - EACH * index, floor=1)
            corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
            band = shape(look, corners, "muted", color=shade)
            band.backdrop = True
            self.add(band)

"""Names that stand at their lines instead of in a legend."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.strokes import Points

PARTS = tuple(np.linspace(0.02, 0.98, 25))
"""Where along a line its name may stand."""


def name_line(
    words: Lettering,
    polylines: Sequence[Points],
    clear: Obstacles,
    prefer: Sequence[str] = ("left", "right"),
    parts: Sequence[float] = PARTS,
) -> Lettering:
    """Put a name to the line that it names, as near to the line's higher end as there is room.

    Parameters
    ----------
    words
        The name; `is_free` tells whether it stands clear.
    polylines
        The pieces of the line; the longest is named.
    clear
        What the name keeps clear of.
    prefer
        On which side it may stand, the best first.
    parts
        Where along the line, in parts of its length from the higher end, the best first.
    """
    if not polylines:
        words.is_free = False
        return words
    longest = max(polylines, key=_length)
    from_top = longest if longest[0, 1] >= longest[-1, 1] else longest[::-1]
    reached = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(from_top, axis=0).T))])
    places = np.array(parts) * reached[-1]
    anchors = np.column_stack([np.interp(places, reached, from_top[:, axis]) for axis in (0, 1)])
    return place_near(words, anchors, clear, prefer, (0.14, 0.2, 0.3, 0.45, 0.7), only=True)


def _length(points: Points) -> float:
    return float(np.hypot(*np.diff(points, axis=0).T).sum())

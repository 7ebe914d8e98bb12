"""Names that stand at their lines instead of in a legend."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VMobject

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, dense, place_near
from scenes.parts.strokes import Points, line
from scenes.theme import STROKE

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


def name_apart(
    words: Lettering,
    own: Points,
    others: Sequence[Points],
    clear: Obstacles,
    most: int = 60,
    kept: float = 2 / 3,
    gaps: Sequence[float] = (0.1, 0.16, 0.24, 0.35),
) -> Lettering:
    """Put a name to a path where the path is farthest from others, or next to there.

    Parameters
    ----------
    words
        The name; `is_free` tells whether it stands clear.
    own, others
        Points (n, 2) close together along the path, and along each of the others.
    clear
        What the name keeps clear of.
    most
        How many places along the path are looked at.
    kept
        The part of them, those farthest from other paths, that is tried.
    gaps
        Distances from the path, in units, the best first.
    """
    anchors = own[:: max(1, len(own) // most)]
    # At its ends it meets others: from the middle outwards.
    anchors = anchors[np.argsort(np.abs(np.arange(len(anchors)) - len(anchors) / 2), kind="stable")]
    around = np.concatenate([np.zeros((0, 2)), *others])
    if len(around):
        apart = anchors[:, None, :] - around[None, :: max(1, len(around) // 2000), :]
        far = np.hypot(apart[..., 0], apart[..., 1]).min(axis=1)
        anchors = anchors[np.argsort(-far, kind="stable")][: max(1, round(kept * len(anchors)))]
    sides = ("above", "below", "above right", "above left", "below right", "below left")
    return place_near(words, anchors, clear, sides, gaps)


def astray(words: Lettering, own: Sequence[Points], others: Sequence[Points]) -> Points | None:
    """Return None where a name stands nearer to its own line than to others.

    Elsewhere it is the way (2, 2) from the line to the name, for a line that leads from the one
    to the other.

    Parameters
    ----------
    words
        The name, placed.
    own, others
        The pieces of its line, and of all others.
    """
    box = words.box

    def nearest(polylines: Sequence[Points]) -> tuple[float, Points]:
        points = np.concatenate([dense(np.asarray(line)) for line in polylines])
        edge = np.clip(points, [box.left, box.bottom], [box.right, box.top])
        far = np.hypot(*(points - edge).T)
        at = int(far.argmin())
        return float(far[at]), np.array([points[at], edge[at]])

    if not own or not others or nearest(own)[0] <= nearest(others)[0]:
        return None
    start, end = nearest(own)[1]
    gap = float(np.hypot(*(end - start)))
    way: Points = np.array([start, end + (start - end) * min(0.5, 0.06 / gap)])
    return way


def _length(points: Points) -> float:
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def name_from_afar(
    look: Look, words: Lettering, place: Points, clear: Obstacles
) -> tuple[Lettering, VMobject] | None:
    """Place a name some way off a place that is crowded, and return it with a line to there."""
    sides = ("below left", "below", "below right", "left", "above left", "above")
    place_near(words, place, clear, sides, (0.7, 0.9, 1.1, 1.4, 1.8), only=True)
    if not words.is_free:
        return None
    box = words.box
    foot = np.clip(place, (box.left, box.bottom), (box.right, box.top))
    away = (foot - place) / np.hypot(*(foot - place))
    ends = [place + 0.1 * away, foot - 0.08 * away]
    return words, line(look, ends, role="minimum", width=STROKE.axis)

"""What stands at the x-axis in each part of TwoMinima."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gdcore import Trace
from gdcore.theory import StationaryPoint
from scenes.backstage.valley_words import written
from scenes.parts.axis_notes import Note
from scenes.words import number


def told_places(
    runs: Sequence[Trace],
    roles: Sequence[str],
    rests: Sequence[StationaryPoint | None],
    parted: int,
    digits: int,
) -> dict[str, list[Note]]:
    """Return the places that are told at the x-axis, by the part of the lesson.

    Parameters
    ----------
    runs, roles
        The two runs that are told and the two from the hilltop, and their colours.
    rests
        The minima at which they come to rest.
    parted
        The step after which it is told where the last two are.
    digits
        To how many digits it is told where a run rests.
    """
    told = [Note(point[0], number(point[0]), roles[0]) for point in runs[0].points[:2]]
    first = told[:1]
    ends = [
        None if rest is None else Note(rest.x, number(rest.x, digits), role, rest.value)
        for rest, role in zip(rests[:2], roles, strict=False)
    ]
    x = runs[1].points[0][0]
    # Its guide is in the way of what is said of its end.
    other = Note(x, number(x), roles[1])
    pair = [run for run in runs[2:] if len(run.steps) >= parted]
    xs = [run.points[parted][0] for run in pair]
    apart = [
        Note(x, text, role, run.values[parted])
        for run, x, text, role in zip(pair, xs, written(xs), roles[2:], strict=False)
    ]
    return {
        "valleys": [],
        "start": first,
        "landed": told,
        "left": first,
        "rest": [*(end for end in ends[:1] if end), *first],
        "other start": [
            *(end for end in ends[:1] if end),
            replace(other, value=runs[1].values[0]),
            *first,
        ],
        "rests": [*(end for end in ends if end), other, *first],
        "compared": [],
        "parted": apart if len(pair) == 2 else [],
        "basins": [],
    }

"""What stands side by side on an axis: names moved apart, and ticks that make room for them."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Sequence

from scenes.parts.window import ticks

APART = 0.22
"""Between two names of one axis, in units."""

BESIDE = 0.3
"""Beyond the ends of the axis names may stand so far, in units."""

MOVED, CLOSE = 0.1, 0.14
"""From its mark a name may be moved so far, in units: farther, it seems to be another one's; and so
close to the next one it may then stand."""

AIR = 0.22
"""Between a number of the axis and a place of the run, in units."""


def spread_out(
    places: Sequence[float],
    halves: Sequence[float],
    low: float,
    high: float,
    apart: float = APART,
) -> list[float]:
    """Move places, in ascending order, apart until what stands there no longer meets.

    Parameters
    ----------
    places, halves
        The middles, and half of the lengths.
    low, high
        Where all of them must stay.
    apart
        What is between two of them at least.

    Examples
    --------
    >>> spread_out([1.0, 1.0], [0.4, 0.4], 0.0, 9.0), spread_out([1.0, 5.0], [0.4, 0.4], 0.0, 9.0)
    ([0.49, 1.51], [1.0, 5.0])
    >>> spread_out([2.0, 2.9], [0.6, 0.2], 0.0, 9.0)  # each moved as far as the other
    [1.94, 2.96]
    """
    # Neighbours that meet become one block, whose names are moved as far to the left as to the
    # right: their middles, not the ends of a wide and of a narrow one, stand around their places.
    blocks: list[tuple[float, list[int]]] = []
    for index, place in enumerate(places):
        block, middle = [index], place
        while True:
            half = _length(block, halves, apart) / 2
            middle = min(max(middle, low + half), high - half)
            if not blocks:
                break
            before, others = blocks[-1]
            if before + _length(others, halves, apart) / 2 + apart <= middle - half + 1e-9:
                break
            blocks.pop()
            block = others + block
            offsets = _offsets(block, halves, apart)
            middle = sum(map(operator.sub, (places[at] for at in block), offsets)) / len(block)
        blocks.append((middle, block))
    return [
        round(middle + offset, 9)
        for middle, block in blocks
        for offset in _offsets(block, halves, apart)
    ]


def in_place(
    places: Sequence[float],
    halves: Sequence[float],
    low: float,
    high: float,
    *,
    close: float = CLOSE,
) -> dict[int, float]:
    """Return where names stand that are hardly moved, so that each is seen to be of its own mark.

    Parameters
    ----------
    places, halves
        The middles, the most important first, and half of the lengths.
    low, high
        Where all of them must stay.
    close
        How close to the next one a name may stand.

    Returns
    -------
    dict
        The middle of each name that is kept, by its index. One that would be moved, or would move
        another one, by more than `MOVED` is left out.

    Examples
    --------
    >>> in_place([2.0, 2.9, 2.4], [0.4, 0.4, 0.4], 0.0, 9.0)
    {0: 1.98, 1: 2.92}
    """
    kept: dict[int, float] = {}
    for index in range(len(places)):
        order = sorted((*kept, index), key=lambda at: places[at])
        own = [places[at] for at in order]
        free = spread_out(own, [halves[at] for at in order], low, high, close)
        if all(abs(now - place) <= MOVED for now, place in zip(free, own, strict=True)):
            kept = dict(zip(order, free, strict=True))
    return kept


def _offsets(block: Sequence[int], halves: Sequence[float], apart: float) -> list[float]:
    """Return where the middles of a block's names stand, from the middle of the block."""
    at, out = -_length(block, halves, apart) / 2, []
    for index in block:
        out.append(at + halves[index])
        at += 2 * halves[index] + apart
    return out


def _length(block: Sequence[int], halves: Sequence[float], apart: float) -> float:
    return sum(2 * halves[index] for index in block) + apart * (len(block) - 1)


def clear_ticks(
    values: Sequence[float],
    low: float,
    high: float,
    length: float,
    told: Sequence[float],
    measure: Callable[[float], float],
    air: float = AIR,
) -> list[float]:
    """Return those numbers of an axis that meet no value that is told there.

    Parameters
    ----------
    values
        The numbers that the axis would have.
    low, high, length, told, measure
        As of `sparse_ticks`.
    air
        Between a number and a value that is told, in units.
    """
    unit = length / (high - low)
    order = sorted({value for value in told if low <= value <= high})
    halves = [measure(value) / 2 for value in order]
    places = [(value - low) * unit for value in order]
    # A name that has moved aside for another one keeps its place at its value free too.
    aside = spread_out(places, halves, -BESIDE, length + BESIDE)
    taken = [*zip(places, halves, strict=True), *zip(aside, halves, strict=True)]
    return [
        value
        for value in values
        if all(
            abs((value - low) * unit - other) >= measure(value) / 2 + wide + air
            for other, wide in taken
        )
    ]


def sparse_ticks(
    low: float,
    high: float,
    length: float,
    told: Sequence[float],
    measure: Callable[[float], float],
) -> list[float]:
    """Return few round numbers of an axis, none of which meets a value that is told there.

    Parameters
    ----------
    low, high, length
        The ends of the axis, and how long it is drawn.
    told
        The values that have a name of their own, or a line that leads to them.
    measure
        Gives what a number takes along the axis.
    """
    unit = length / (high - low)

    def fits(values: Sequence[float]) -> bool:
        return all(
            (after - before) * unit >= (measure(before) + measure(after)) / 2 + AIR
            for before, after in itertools.pairwise(values)
        )

    every = [
        clear_ticks(ticks(low, high, about), low, high, length, told, measure)
        for about in (3, 2, 4, 5)
    ]
    sets = list(filter(fits, every)) or [every[1][:1]]
    # At least two numbers make a scale, whatever stands between them.
    return next((values for values in sets if len(values) > 1), max(sets, key=len))


def few_upright(low: float, high: float) -> tuple[float, ...]:
    """Return some three round numbers of an upright axis, none under the name at its end.

    >>> few_upright(0, 22), few_upright(0, 100)
    ((0.0, 10.0, 20.0), (0.0, 50.0))
    """
    return tuple(value for value in ticks(low, high, 2) if value <= high - 0.04 * (high - low))


def ticks_beside(
    values: Sequence[float],
    low: float,
    high: float,
    length: float,
    told: Sequence[float],
    measure: Callable[[float], float],
    air: float = AIR,
) -> list[float]:
    """Return the numbers of an axis that stand clear of what is told there; two make a scale.

    Parameters
    ----------
    values, low, high, length, told, measure, air
        As of `clear_ticks`.
    """
    kept = clear_ticks(values, low, high, length, told, measure, air)
    return kept if len(kept) > 1 else sparse_ticks(low, high, length, told, measure)

"""Which examples each step looks at: gradient descent on all, some, or one of them.

`batches(size)` yields index tuples without end. Each epoch is one pass over all examples. The
order comes from `random.Random(seed)`, which gives the same sequence on every platform.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from gdcore import _checks


class Sampling(Protocol):
    """What `descend` asks of a sampling."""

    def batches(self, size: int) -> Iterator[tuple[int, ...]]:
        """Yield index tuples into `size` examples, without end."""


def updates_per_epoch(sampling: FullBatch | MiniBatch | SingleSample, size: int) -> int:
    """Return how many updates one pass over `size` examples takes.

    >>> updates_per_epoch(MiniBatch(8), 40), updates_per_epoch(MiniBatch(16), 40)
    (5, 3)
    """
    _checks.whole("size", size, 1)
    if isinstance(sampling, FullBatch):
        return 1
    batch = sampling.size if isinstance(sampling, MiniBatch) else 1
    return -(-size // batch)


@dataclass(frozen=True)
class FullBatch:
    """Every step looks at every example: plain gradient descent.

    Examples
    --------
    >>> next(FullBatch().batches(3))
    (0, 1, 2)
    """

    def batches(self, size: int) -> Iterator[tuple[int, ...]]:
        """Yield all indices, again and again."""
        everything = tuple(range(_checks.whole("size", size, 1)))
        while True:
            yield everything


@dataclass(frozen=True)
class MiniBatch:
    """Shuffle the examples, cut them into batches, shuffle again when they run out.

    The last batch of an epoch is smaller when `size` does not divide the number of examples, so
    that every example counts once per epoch.

    Parameters
    ----------
    size
        Examples in a batch.
    seed
        Of the shuffles.
    """

    size: int
    seed: int = 0

    def __post_init__(self) -> None:
        _checks.whole("size", self.size, 1)
        _checks.whole("seed", self.seed, 0)

    def batches(self, size: int) -> Iterator[tuple[int, ...]]:
        """Yield index tuples into `size` examples, without end."""
        order = list(range(_checks.whole("size", size, 1)))
        dice = random.Random(self.seed)
        while True:
            dice.shuffle(order)
            for first in range(0, size, self.size):
                yield tuple(order[first : first + self.size])


@dataclass(frozen=True)
class SingleSample:
    """One example at a time, each once per epoch: stochastic gradient descent.

    Without replacement, as it is done in practice; Robbins & Monro (1951) draw independently.
    """

    seed: int = 0

    def __post_init__(self) -> None:
        _checks.whole("seed", self.seed, 0)

    def batches(self, size: int) -> Iterator[tuple[int, ...]]:
        """Yield one-index tuples into `size` examples, without end."""
        return MiniBatch(1, self.seed).batches(size)

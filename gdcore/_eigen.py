"""Eigenvalues of small symmetric matrices."""

from __future__ import annotations

import math
from collections.abc import Sequence


def eigenvalues(matrix: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return the eigenvalues of a symmetric matrix in ascending order.

    Jacobi's method: each rotation sets one pair of entries off the diagonal to 0 (Golub and Van
    Loan, Matrix Computations, section 8.5).

    Returns
    -------
    tuple of floats
        All NaN if any entry is not finite.

    Examples
    --------
    >>> eigenvalues(((1.0, 0.0), (0.0, -3.0)))
    (-3.0, 1.0)
    >>> [round(value, 12) for value in eigenvalues(((2.0, 1.0), (1.0, 2.0)))]
    [1.0, 3.0]
    """
    a = [list(map(float, row)) for row in matrix]
    size = len(a)
    if not all(math.isfinite(entry) for row in a for entry in row):
        return (math.nan,) * size
    # Scaled, so that no square overflows; a power of 2, so that no digit changes.
    largest = max(abs(entry) for row in a for entry in row)
    scale = math.ldexp(1.0, math.frexp(largest)[1] - 1) if largest else 1.0
    a = [[entry / scale for entry in row] for row in a]
    for _ in range(60):  # it converges quadratically: about six rounds for ten variables
        rest = max((abs(a[i][j]) for i in range(size) for j in range(i)), default=0.0)
        if rest <= 1e-17:
            break
        for p in range(size):
            for q in range(p + 1, size):
                _rotate(a, p, q)
    return tuple(sorted(a[i][i] * scale for i in range(size)))


def _rotate(a: list[list[float]], p: int, q: int) -> None:
    """Set a[p][q] and a[q][p] to 0 by a rotation in that plane."""
    if a[p][q] == 0:
        return
    theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
    t = math.copysign(1.0, theta) / (abs(theta) + math.hypot(theta, 1.0))
    c = 1 / math.hypot(t, 1.0)
    s = t * c
    for k in range(len(a)):
        a[k][p], a[k][q] = c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]
    for k in range(len(a)):
        a[p][k], a[q][k] = c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]
    a[p][q] = a[q][p] = 0.0

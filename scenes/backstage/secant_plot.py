"""The plot of SecantToTangent, whose axes tell when their corner is another one."""

from __future__ import annotations

import numpy as np

from scenes.parts.plot import Plot
from scenes.parts.strokes import Points, set_lines

FROM_CORNER, GAP, SLASH = 0.15, 0.08, (0.04, 0.09)
"""Where an axis is broken, how wide, and half of how far a stroke there goes along it and across,
in units."""


class BrokenPlot(Plot):
    """A plot whose axes are broken near their corner where that has left the first window's."""

    def _place(self) -> None:
        super()._place()
        first, now = self.windows[0], self.window
        away = max(
            abs(now.left - first.left) / (now.right - now.left),
            abs(now.bottom - first.bottom) / (now.top - now.bottom),
        )
        # It opens as the corner leaves.
        part = min(10 * away, 1.0)
        if part < 1e-6:
            return
        inner = self.inner
        corner = np.array([inner.left, inner.bottom])
        right = float(self.axes.points[:, 0].max())
        upright = self._broken(corner, np.array([0.0, 1.0]), inner.height, part)
        level = self._broken(corner, np.array([1.0, 0.0]), right - inner.left, part)
        # The first two lines are the axes, the others their marks.
        marks = self.axes.points[8:, :2].reshape(-1, 4, 2)[:, [0, 3]]
        set_lines(self.axes, [*upright, *level, *marks])

    def _broken(self, corner: Points, along: Points, length: float, part: float) -> list[Points]:
        """Return the pieces of an axis, and the strokes at its break."""
        across = along[::-1]
        ends = [corner + along * (FROM_CORNER + side * part * GAP / 2) for side in (-1, 1)]
        stroke = part * (SLASH[0] * along + SLASH[1] * across)
        return [
            np.array([corner, ends[0]]),
            np.array([ends[1], corner + along * length]),
            *(np.array([end - stroke, end + stroke]) for end in ends),
        ]

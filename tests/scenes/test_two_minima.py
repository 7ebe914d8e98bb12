"""The lens of TwoMinima."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenes.beats import Beat
from scenes.export.stills import rehearse
from scenes.two_minima import TwoMinima


@pytest.mark.parametrize("beside", [(0.12, 0.13), (0.05, 0.2), (0.0, 0.3)])
def test_the_ties_of_the_hilltop_begin_at_its_ring(beside: tuple[float, float]) -> None:
    lenses: list[Any] = []

    def keep(scene: Any, beat: Beat) -> None:
        if beat.still == "hilltop" and scene.lens:
            lenses.append(scene.lens)

    rehearse(TwoMinima, {"beside": beside}, height=180, at_beat_end=keep)
    (lens,) = lenses
    ring = lens.mark.points[::4, :2]
    center = (ring.min(axis=0) + ring.max(axis=0)) / 2
    radius = np.ptp(ring[:, 0]) / 2
    starts = lens.ties.points[:, :2].reshape(-1, 4, 2)[:, 0]
    assert len(starts) == 2
    for start in starts:
        assert np.hypot(*(start - center)) == pytest.approx(radius, rel=0.02)

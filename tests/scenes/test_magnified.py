"""The lens on an arrow that is too short to be seen."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import box_of
from scenes.parts.magnified import RADII, SPOT, magnified
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.window import Window

START = np.array([1.0, 0.0])


@pytest.fixture
def look() -> Look:
    return Look()


@pytest.fixture
def plot(look: Look) -> Plot:
    return Plot(look, Region(-2, -0.5, 2, 3), Window(-4, 4, 0, 16))


@pytest.mark.parametrize("length", [0.0, 0.1, -0.5, 3.0])
def test_no_lens_on_what_is_seen_or_is_nothing(look: Look, plot: Plot, length: float) -> None:
    tip = START + np.array([length, 0.0])
    assert not len(magnified(look, plot, START, tip, Obstacles(plot.inner)))


@pytest.mark.parametrize("length", [-0.09, 0.02, -1e-4])
def test_arrow_in_lens_is_as_long_as_it_says(look: Look, plot: Plot, length: float) -> None:
    tip = START + np.array([length, 0.0])
    lens = magnified(look, plot, START, tip, Obstacles(plot.inner))
    assert plot.inner.contains(box_of(lens[1]))
    *_, arrow, words = lens
    times = box_of(arrow).width / abs(length)
    assert times == pytest.approx(float(f"{times:.0e}"), rel=1e-3), words.source
    assert 0.5 * RADII[-1] < box_of(arrow).width <= 1.4 * RADII[0]


def test_ring_where_no_lens_has_room(look: Look, plot: Plot) -> None:
    clear = Obstacles(plot.inner)
    clear.add_box(plot.inner)
    (ring,) = magnified(look, plot, START, START - np.array([0.02, 0.0]), clear)
    assert ring.role == "step"
    assert box_of(ring).width == pytest.approx(2 * SPOT, abs=0.01)

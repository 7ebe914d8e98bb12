"""The lens on an arrow that is too short to be seen."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import box_of
from scenes.parts.magnified import LEAST, LONGEST, SPOT, magnified
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.window import Window

START = np.array([1.0, 0.0])
ROOM = Region(-2, -1, 2, -0.6)


@pytest.fixture
def look() -> Look:
    return Look()


@pytest.fixture
def plot(look: Look) -> Plot:
    return Plot(look, Region(-2, -0.5, 2, 3), Window(-4, 4, 0, 16))


@pytest.mark.parametrize("length", [0.0, 0.1, -0.5, 3.0])
def test_no_lens_on_what_is_seen_or_is_nothing(look: Look, plot: Plot, length: float) -> None:
    tip = START + np.array([length, 0.0])
    assert not len(magnified(look, ROOM, START, tip, Obstacles(plot.inner)))


@pytest.mark.parametrize("length", [-0.09, 0.02, -1e-4])
@pytest.mark.parametrize("narrower", [0.0, 2.1])
def test_arrow_in_lens_is_as_long_as_it_says(
    look: Look, plot: Plot, length: float, narrower: float
) -> None:
    tip, room = START + np.array([length, 0.0]), ROOM.inset(left=narrower)
    lens = magnified(look, room, START, tip, Obstacles(plot.inner))
    tie, frame, _, arrow, words = lens
    times = box_of(arrow).width / abs(length)
    assert times == pytest.approx(float(f"{times:.0e}"), rel=1e-3), words.source
    assert 0.4 * LEAST < box_of(arrow).width <= LONGEST
    assert room.contains(box_of(frame))
    assert box_of(frame).contains(box_of(arrow))
    assert box_of(frame).contains(box_of(words))
    assert not box_of(arrow).meets(box_of(words))
    # It is hollow: a larger one beside true ones.
    assert arrow.get_stroke_width() > 0
    assert arrow.get_fill_color().to_hex().lower() == look.color("background").lower()
    assert box_of(tie).bottom == pytest.approx(room.top)


def test_the_tie_of_a_lens_over_its_ring_goes_to_its_left_edge(look: Look, plot: Plot) -> None:
    room = Region(2.2, 0.8, 4.4, 1.3)
    tie, frame, *_ = magnified(
        look, room, START, START - np.array([0.02, 0.0]), Obstacles(plot.inner)
    )
    assert box_of(tie).right == pytest.approx(box_of(frame).left)
    assert box_of(frame).bottom < box_of(tie).top < box_of(frame).top


@pytest.mark.parametrize("blocked", [False, True])
def test_ring_where_no_lens_has_room(look: Look, plot: Plot, blocked: bool) -> None:
    clear = Obstacles(plot.inner)
    if blocked:
        clear.add_box(Region(-2, -0.5, 2, -0.2))
    room = ROOM if blocked else ROOM.inset(left=3.5)
    (ring,) = magnified(look, room, START, START - np.array([0.02, 0.0]), clear)
    assert ring.role == "step"
    assert box_of(ring).width == pytest.approx(2 * SPOT, abs=0.01)

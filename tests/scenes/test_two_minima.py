"""What TwoMinima says at its valleys, and its lens on the hilltop."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from scenes.parts.lettering import Lettering
from scenes.theme import STROKE, units
from scenes.two_minima import TwoMinima
from tests.scenes.checks import visible_lettering
from tests.scenes.stills import EVERY_ASPECT, at_still


@pytest.mark.parametrize("beside", [(0.12, 0.13), (0.05, 0.2), (0.0, 0.3)])
def test_the_ties_of_the_hilltop_begin_at_its_ring(beside: tuple[float, float]) -> None:
    lens = at_still(TwoMinima, "hilltop", beside=beside).lens
    ring = lens.mark.points[::4, :2]
    center = (ring.min(axis=0) + ring.max(axis=0)) / 2
    radius = np.ptp(ring[:, 0]) / 2
    starts = lens.ties.points[:, :2].reshape(-1, 4, 2)[:, 0]
    assert len(starts) == 2
    for start in starts:
        assert np.hypot(*(start - center)) == pytest.approx(radius, rel=0.02)


@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
def test_the_hilltop_is_a_hill_in_its_lens(aspect: str) -> None:
    lens = at_still(TwoMinima, "hilltop", aspect=aspect).lens
    plot, curve = lens.plot, lens.curve.points[:, 1]
    starts = [plot.at(run.points[0][0], run.values[0])[1] for run in lens.runs]
    radius = units(STROKE.point) / 2
    assert curve.max() - min(starts) > radius
    assert min(starts) - radius > plot.inner.bottom + 0.02  # the marks of the numbers are seen
    sources = [one.source for one in lens.get_family() if isinstance(one, Lettering)]
    assert any("0.1255" in source for source in sources)
    assert any("hilltop" in source for source in sources)
    # Both factors are told in one line, with the word.
    assert sum("zoom" in source and "in" in source for source in sources) == 1


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1"])
def test_the_name_of_the_hilltop_shares_its_row_with_nothing(aspect: str) -> None:
    lens = at_still(TwoMinima, "hilltop", aspect=aspect).lens
    words = [one for one in lens.get_family() if isinstance(one, Lettering)]
    (name,) = (one for one in words if "hilltop" in one.source)
    for other in words:
        apart = other.box.bottom - name.box.top, name.box.bottom - other.box.top
        assert other is name or max(apart) > 0


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_a_start_without_a_number_at_the_axis_is_named_at_its_ghost(aspect: str) -> None:
    scene = at_still(TwoMinima, "second-run", aspect=aspect)
    level, start = scene.level, scene.runners[1].place(0)
    (name,) = (one for one in level if isinstance(one, Lettering) and "from" in one.source)
    assert np.hypot(name.box.left - start[0], name.box.center[1] - start[1]) < 0.4


def test_the_flat_tangent_keeps_off_the_upright_axis() -> None:
    scene = at_still(TwoMinima, "second-run", aspect="9:16")
    lines = [one for one in scene.level if not isinstance(one, Lettering)]
    left, axis = lines[0].points[:, 0].min(), scene.plot.inner.left
    assert left - axis > 0.25


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_each_value_stands_at_its_own_level_which_ends_at_the_bracket(aspect: str) -> None:
    gap = at_still(TwoMinima, "local-and-global", aspect=aspect).verdict[0]
    along, bracket = gap.levels.points[:, :2], gap.bracket.points[:, 0]
    for value, end in zip(gap.values, gap.ends, strict=True):
        own = along[np.abs(along[:, 1] - end[1]) < 0.01, 0]
        left, right = min(own.min(), bracket.min()), max(own.max(), bracket.max())
        stop = own.max() if end[0] < bracket.min() else own.min()
        assert bracket.min() - 0.05 < stop < bracket.max() + 0.05
        # On it, or reaching beyond the bracket on the outer side.
        if value.box.left < left - 0.05 or value.box.right > right + 0.05:
            assert value.box.left < right + 0.05
            assert value.box.right > left - 0.05
            is_upper = end[1] == max(y for _, y in gap.ends)
            assert is_upper == (value.box.bottom > end[1])


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "9:16"])
def test_the_name_of_the_border_stands_well_over_the_bands(aspect: str) -> None:
    scene = at_still(TwoMinima, "basins", aspect=aspect)
    words = [one for one in visible_lettering(scene) if "hilltop" in one.source]
    axis = scene.plot.inner.bottom
    assert any(0.6 < one.box.bottom - axis < 3 for one in words)


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_a_steep_tangent_parts_from_the_curve(aspect: str) -> None:
    scene = at_still(TwoMinima, "first-step", aspect=aspect)
    end = scene.runners[0].view.tangent_line(0)[0][0]
    curve = scene.curve.points[:, :2]
    assert np.hypot(*(curve - end).T).min() > 0.3


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_no_two_numbers_at_the_axis_read_as_a_subtraction(aspect: str) -> None:
    notes = at_still(TwoMinima, "second-run", aspect=aspect).notes
    numbers = sorted(
        (one.box.left, one.box.right, one.source)
        for one in notes.get_family()
        if isinstance(one, Lettering) and any(len(run.points) for run in one)
    )
    for (_, right, _), (left, _, source) in itertools.pairwise(numbers):
        assert "-" not in source.replace("−", "-") or left - right > 0.35


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_both_ends_say_their_f_and_a_line_says_its_slope(aspect: str) -> None:
    scene = at_still(TwoMinima, "second-run", aspect=aspect)
    values, level = scene.values, scene.level
    # In a square frame they would be read as one block: only the second run has its value.
    assert len(values) == (1 if aspect == "1:1" else 2)
    assert len({value.size_percent for value in values}) == 1
    lines = [part for part in level if not isinstance(part, Lettering)]
    slopes = [part for part in level if isinstance(part, Lettering) and "slope" in part.source]
    assert len(slopes) == len([line for line in lines if line.get_stroke_width()]) == 1


def test_two_values_that_are_not_near_stay_both() -> None:
    values = at_still(TwoMinima, "second-run", aspect="1:1", objective="x**4/4 - 2*x**2 + x").values
    one, other = (value.box for value in values)
    assert not one.inset(*[-0.3] * 4).meets(other)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_first_slope_is_named_at_its_tangent(aspect: str) -> None:
    (name,) = at_still(TwoMinima, "first-step", aspect=aspect).slope
    assert "15.5" in name.source


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_two_walkers_have_their_names_at_like_places(aspect: str) -> None:
    scene = at_still(TwoMinima, "parted", aspect=aspect)
    names = [one for one in scene.names if "from" in one.source]
    spots = [runner.place(30) for runner in scene.runners[2:]]
    one, other = (name.box.bottom - spot[1] for name, spot in zip(names, spots, strict=True))
    assert one == pytest.approx(other, abs=0.05)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_minima_have_their_whole_names(aspect: str) -> None:
    gap, *names = at_still(TwoMinima, "local-and-global", aspect=aspect).verdict
    assert all("minimum" in name.source for name in names)
    assert gap.is_whole
    assert gap.is_told == all("f" in value.source for value in gap.values)
    # Both are rounded, and say so.
    assert all("approx" in value.source or "≈" in value.source for value in gap.values)
    assert gap.is_told or aspect == "1:1"


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_the_bands_say_what_ends_there(aspect: str) -> None:
    scene = at_still(TwoMinima, "basins", aspect=aspect)
    sources = [one.source for one in visible_lettering(scene)]
    rows = [source for source in sources if "starts that" in source]
    assert len(rows) == 2
    assert all("linebreak" in source and "end at" in source for source in rows)
    assert any("hilltop" in source and "x" in source for source in sources)

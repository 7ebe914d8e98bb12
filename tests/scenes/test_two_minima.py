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
    assert sum("zoom: " in source and "f times" in source for source in sources) == 1


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_it_is_the_lens_that_is_said_to_magnify(aspect: str) -> None:
    lens = at_still(TwoMinima, "hilltop", aspect=aspect).lens
    words = [one for one in lens.get_family() if isinstance(one, Lettering)]
    (zoom,) = (one.box for one in words if "zoom" in one.source)
    frame = lens.region
    assert frame.left < zoom.left < zoom.right < frame.right
    assert frame.center[1] < zoom.bottom < frame.top + 0.2


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1"])
def test_the_name_of_the_hilltop_shares_its_row_with_nothing(aspect: str) -> None:
    lens = at_still(TwoMinima, "hilltop", aspect=aspect).lens
    words = [one for one in lens.get_family() if isinstance(one, Lettering)]
    (name,) = (one for one in words if "hilltop" in one.source)
    for other in words:
        apart = other.box.bottom - name.box.top, name.box.bottom - other.box.top
        assert other is name or max(apart) > 0


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_both_runs_have_start_and_end_at_the_axis(aspect: str) -> None:
    scene = at_still(TwoMinima, "second-run", aspect=aspect)
    told = {note.written for note in scene.notes.drawn if scene.notes.writes("rests", note.written)}
    assert {"−3", "3"} < told
    assert len(told) == 4


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_a_start_without_a_number_at_the_axis_is_named_at_its_ghost(aspect: str) -> None:
    scene = at_still(TwoMinima, "second-run", aspect=aspect, other_start="-2.9")
    level, start = scene.level, scene.runners[1].place(0)
    (name,) = (one for one in level if isinstance(one, Lettering) and "from" in one.source)
    assert np.hypot(name.box.left - start[0], name.box.center[1] - start[1]) < 0.4


def test_the_flat_tangent_keeps_off_the_upright_axis() -> None:
    scene = at_still(TwoMinima, "settled", aspect="9:16", start="-3", other_start="3")
    left, axis = scene.level[0].points[:, 0].min(), scene.plot.inner.left
    assert left - axis > 0.25


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_each_level_ends_at_the_bracket(aspect: str) -> None:
    gap = at_still(TwoMinima, "local-and-global", aspect=aspect).verdict[-1]
    along, bracket = gap.levels.points[:, :2], gap.bracket.points[:, 0]
    for end in gap.ends:
        own = along[np.abs(along[:, 1] - end[1]) < 0.01, 0]
        stop = own.max() if end[0] < bracket.min() else own.min()
        assert bracket.min() - 0.05 < stop < bracket.max() + 0.05


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
def test_the_slope_is_told_where_the_first_run_rests_and_never_as_0(aspect: str) -> None:
    scene = at_still(TwoMinima, "settled", aspect=aspect)
    (line,) = (part for part in scene.level if not isinstance(part, Lettering))
    (slope,) = (part for part in scene.level if isinstance(part, Lettering))
    assert line.get_stroke_width()
    assert "slope" in slope.source
    assert "10^(−12)" in slope.source.replace("-", "−")
    assert "10⁻¹²" in scene.beats[-1].caption.text
    (value,) = scene.values
    assert value.size_percent == slope.size_percent


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_both_ends_say_their_f_and_the_second_has_no_tangent(aspect: str) -> None:
    scene = at_still(TwoMinima, "second-run", aspect=aspect)
    one, other = (value.box for value in scene.values)
    # In a square frame they would be read as one block if they stood in rows that are near.
    assert not one.inset(*[-0.3] * 4).meets(other)
    assert len({value.size_percent for value in scene.values}) == 1
    assert not len(scene.level)


def test_the_slope_is_told_where_only_the_second_run_rests() -> None:
    scene = at_still(TwoMinima, "second-run", start="0.1255394", max_steps="60")
    assert any("slope" in part.source for part in scene.level if isinstance(part, Lettering))


def test_two_values_that_are_not_near_stay_both() -> None:
    values = at_still(TwoMinima, "second-run", aspect="1:1", objective="x**4/4 - 2*x**2 + x").values
    one, other = (value.box for value in values)
    assert not one.inset(*[-0.3] * 4).meets(other)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_first_slope_is_named_at_its_tangent(aspect: str) -> None:
    (name,) = at_still(TwoMinima, "first-step", aspect=aspect).slope
    assert "15.5" in name.source


def test_a_steep_slope_stands_beside_its_tangent() -> None:
    scene = at_still(TwoMinima, "first-step", aspect="9:16")
    (name,), view = scene.slope, scene.runners[0].view
    (low, high), *_ = view.tangent_line(0)
    assert low[1] < name.box.bottom < name.box.top < high[1]


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_two_walkers_have_their_names_at_like_places(aspect: str) -> None:
    scene = at_still(TwoMinima, "parted", aspect=aspect)
    names = [one for one in scene.names if "from" in one.source]
    spots = [runner.place(30) for runner in scene.runners[2:]]
    one, other = (name.box.bottom - spot[1] for name, spot in zip(names, spots, strict=True))
    assert one == pytest.approx(other, abs=0.05)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_minima_have_their_whole_names_and_their_f(aspect: str) -> None:
    *names, gap = at_still(TwoMinima, "local-and-global", aspect=aspect).verdict
    assert len(names) == 2
    # Both values are rounded, and say so.
    assert all("minimum" in name.source and "f ≈" in name.source for name in names)
    assert gap.is_whole
    assert gap.label.size_percent >= names[0].size_percent == names[1].size_percent


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_product_stands_at_the_tip_of_its_arrow(aspect: str) -> None:
    scene = at_still(TwoMinima, "first-step", aspect=aspect)
    (words,) = scene.length
    tip = scene.plot.on_axis(scene.trace.points[1][0])
    assert "0.05" in words.source
    assert 0.1 < tip[0] - words.box.right < 0.3
    assert 0 < words.box.bottom - tip[1] < 0.3


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_bands_say_what_ends_there(aspect: str) -> None:
    scene = at_still(TwoMinima, "basins", aspect=aspect)
    words = visible_lettering(scene)
    rows = [one for one in words if "starts that" in one.source]
    assert len(rows) == 2
    assert all("end at" in one.source for one in rows)
    assert all(0.26 < one.box.bottom - scene.plot.inner.bottom < 0.6 for one in rows)
    assert any("hilltop" in one.source and "x" in one.source for one in words)

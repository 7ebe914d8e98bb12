"""What TwoMinima says at its valleys, and its lens on the hilltop."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from scenes.beats import Beat
from scenes.export.stills import rehearse
from scenes.parts.lettering import Lettering
from scenes.theme import STROKE, units
from scenes.two_minima import TwoMinima
from tests.scenes.checks import visible_lettering


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


def at(still: str, aspect: str, probe: Any, **more: Any) -> Any:
    """Return what a probe finds in the scene at a still."""
    found: list[Any] = []

    def keep(scene: Any, beat: Beat) -> None:
        if beat.still == still:
            found.append(probe(scene))

    rehearse(TwoMinima, {"aspect": aspect, **more}, height=180, at_beat_end=keep)
    return found[0]


@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
def test_the_hilltop_is_a_hill_in_its_lens(aspect: str) -> None:
    lens = at("hilltop", aspect, lambda scene: scene.lens)
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
    lens = at("hilltop", aspect, lambda scene: scene.lens)
    words = [one for one in lens.get_family() if isinstance(one, Lettering)]
    (name,) = (one for one in words if "hilltop" in one.source)
    for other in words:
        apart = other.box.bottom - name.box.top, name.box.bottom - other.box.top
        assert other is name or max(apart) > 0


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_a_start_without_a_number_at_the_axis_is_named_at_its_ghost(aspect: str) -> None:
    def names(scene: Any) -> tuple[Any, Any]:
        return scene.level, scene.runners[1].place(0)

    level, start = at("second-run", aspect, names)
    (name,) = (one for one in level if isinstance(one, Lettering) and "from" in one.source)
    assert np.hypot(name.box.left - start[0], name.box.center[1] - start[1]) < 0.4


def test_the_flat_tangent_keeps_off_the_upright_axis() -> None:
    def ends(scene: Any) -> tuple[float, float]:
        lines = [one for one in scene.level if not isinstance(one, Lettering)]
        return lines[0].points[:, 0].min(), scene.plot.inner.left

    left, axis = at("second-run", "9:16", ends)
    assert left - axis > 0.25


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1", "9:16"])
def test_each_value_stands_at_its_own_level_which_ends_at_the_bracket(aspect: str) -> None:
    gap = at("local-and-global", aspect, lambda scene: scene.verdict[0])
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
    def found(scene: Any) -> tuple[Any, float]:
        words = [one for one in visible_lettering(scene) if "hilltop" in one.source]
        return words, scene.plot.inner.bottom

    words, axis = at("basins", aspect, found)
    assert any(0.6 < one.box.bottom - axis < 3 for one in words)


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_a_steep_tangent_parts_from_the_curve(aspect: str) -> None:
    def ends(scene: Any) -> tuple[Any, Any]:
        return scene.runners[0].view.tangent_line(0)[0][0], scene.curve.points[:, :2]

    end, curve = at("first-step", aspect, ends)
    assert np.hypot(*(curve - end).T).min() > 0.3


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_no_two_numbers_at_the_axis_read_as_a_subtraction(aspect: str) -> None:
    def numbers(scene: Any) -> list[Any]:
        notes = scene.notes
        words = [one for one in notes.get_family() if isinstance(one, Lettering)]
        return sorted(
            (one.box.left, one.box.right, one.source)
            for one in words
            if any(len(run.points) for run in one)
        )

    for (_, right, _), (left, _, source) in itertools.pairwise(at("second-run", aspect, numbers)):
        assert "-" not in source.replace("−", "-") or left - right > 0.35


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1", "9:16"])
def test_both_ends_say_their_f_and_a_line_says_its_slope(aspect: str) -> None:
    values, level = at("second-run", aspect, lambda scene: (scene.values, scene.level))
    # In a square frame they would be read as one block: only the second run has its value.
    assert len(values) == (1 if aspect == "1:1" else 2)
    assert len({value.size_percent for value in values}) == 1
    lines = [part for part in level if not isinstance(part, Lettering)]
    slopes = [part for part in level if isinstance(part, Lettering) and "slope" in part.source]
    assert len(slopes) == len([line for line in lines if line.get_stroke_width()]) == 1


def test_two_values_that_are_not_near_stay_both() -> None:
    values = at("second-run", "1:1", lambda scene: scene.values, objective="x**4/4 - 2*x**2 + x")
    one, other = (value.box for value in values)
    assert not one.inset(*[-0.3] * 4).meets(other)


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1", "9:16"])
def test_the_first_slope_is_named_at_its_tangent(aspect: str) -> None:
    (name,) = at("first-step", aspect, lambda scene: scene.slope)
    assert "15.5" in name.source


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1", "9:16"])
def test_two_walkers_have_their_names_at_like_places(aspect: str) -> None:
    def heights(scene: Any) -> list[float]:
        names = [one for one in scene.names if "from" in one.source]
        spots = [runner.place(30) for runner in scene.runners[2:]]
        return [name.box.bottom - spot[1] for name, spot in zip(names, spots, strict=True)]

    one, other = at("parted", aspect, heights)
    assert one == pytest.approx(other, abs=0.05)


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1", "9:16"])
def test_the_minima_have_their_whole_names(aspect: str) -> None:
    told = at("local-and-global", aspect, lambda scene: scene.verdict)
    gap, *names = told
    assert all("minimum" in name.source for name in names)
    assert gap.is_whole
    assert gap.is_told == all("f" in value.source for value in gap.values)
    # Both are rounded, and say so.
    assert all("approx" in value.source or "≈" in value.source for value in gap.values)
    assert gap.is_told or aspect == "1:1"


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_the_bands_say_what_ends_there(aspect: str) -> None:
    def written(scene: Any) -> list[str]:
        return [one.source for one in visible_lettering(scene)]

    sources = at("basins", aspect, written)
    rows = [source for source in sources if "starts that" in source]
    assert len(rows) == 2
    assert all("linebreak" in source and "end at" in source for source in rows)
    assert any("hilltop" in source and "x" in source for source in sources)

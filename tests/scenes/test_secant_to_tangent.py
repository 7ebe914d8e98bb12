"""The lens of SecantToTangent, and what is written at its secants."""

from __future__ import annotations

import re

import numpy as np
import pytest

from scenes.parts.fan import OFF_POINTS
from scenes.parts.lettering import Lettering, box_of
from scenes.parts.placing import dense
from scenes.parts.secant import THIN, through
from scenes.parts.secant_lens import CLEAR, SecantLens
from scenes.secant_to_tangent import SecantToTangent
from scenes.theme import STROKE, units
from tests.scenes.checks import visible_lettering
from tests.scenes.stills import EVERY_ASPECT, at_still

LENSES = (("lens", 0.1), ("straight", 0.01))
"""The stills with a lens, and the width of the secant that it shows."""


def written(still: str, aspect: str) -> list[Lettering]:
    """Return the type of a still."""
    return visible_lettering(at_still(SecantToTangent, still, aspect=aspect))


def tangents_of(scene: SecantToTangent) -> list[np.ndarray]:
    """Return the tangents that are seen, as polylines (n, 2)."""
    return [
        part.points[:, :2]
        for part in scene.get_mobject_family_members()
        if getattr(part, "role", "").startswith("slope")
        and part.get_stroke_width() > 0
        and len(part.points)
    ]


def ties_of(lens: SecantLens) -> list[np.ndarray]:
    """Return the ends of the ties that are drawn."""
    return list(lens.ties.points[:, :2].reshape(-1, 4, 2)[:, [0, 3]])


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_each_lens_has_its_width_its_rise_and_its_factor_in_one_size(aspect: str) -> None:
    sizes = set()
    for still, told in (
        ("lens", ("$h = 0.1$", "$0.61$")),
        ("straight", ("$h = 0.01$", "$0.0601$")),
    ):
        scene = at_still(SecantToTangent, still, aspect=aspect)
        letters, room = visible_lettering(scene), scene.lens.region.inset(*[0.15] * 4)
        lens = [one for one in letters if one.source in told and room.contains(one.box)]
        factor = [one for one in letters if one.source.startswith("$times ")]
        assert len(lens) == 2
        assert len(factor) == 1
        assert all(one.size_percent >= 4.5 for one in lens)
        # Through the sides of the lens, not where two of them meet.
        line = scene.lens.line.points[:, :2]
        for corner in scene.lens.rim.points[::4, :2]:
            assert np.hypot(*(line - corner).T).min() > 0.2
        names = [one for one in letters if "secant" in one.source and one.size_percent < 5]
        assert len(names) == 1
        sizes |= {one.size_percent for one in (*lens, *factor)}
    assert len(sizes) == 1


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_width_stands_once_between_the_guides_under_the_middle_of_its_leg(aspect: str) -> None:
    scene = at_still(SecantToTangent, "closer", aspect=aspect)
    leg, guide = box_of(scene.secant.across), scene.secant.guide
    (name,) = [one for one in visible_lettering(scene) if one.source == "$h = 0.5$"]
    assert name.box.left - leg.left > 0.05
    assert name.box.center[0] == pytest.approx(leg.center[0], abs=0.05)
    assert 0.0 < leg.bottom - name.box.top < 0.45
    # The second place is tied to the axis too, all the way.
    assert box_of(guide).bottom == pytest.approx(scene.plot.inner.bottom, abs=0.1)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_plot_goes_so_near_that_the_triangle_is_larger_than_its_points(aspect: str) -> None:
    scene = at_still(SecantToTangent, "closer", aspect=aspect)
    legs = box_of(scene.secant.across, scene.secant.up)
    assert min(legs.width, legs.height) > 4 * units(STROKE.point)
    for place in ("$3$", "$3.5$"):
        (mark,) = [one for one in visible_lettering(scene) if one.source == place]
        there = scene.plot.x(float(place.strip("$")))
        assert mark.box.center[0] == pytest.approx(there, abs=0.03)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
@pytest.mark.parametrize("widths", [(2.0, 1.0, 0.5, 0.1, 0.01), (2.5, 1.0, 0.4, 0.1, 0.01)])
def test_each_name_is_nearer_to_its_own_line_than_to_the_curve(
    aspect: str, widths: tuple[float, ...]
) -> None:
    scene = at_still(SecantToTangent, "closer", aspect=aspect, widths=widths)
    curve = dense(scene.curve.line.points[:, :2])
    ends = scene.fan.lines.points[3::4, :2]
    names = [one.box for one in scene.labels if getattr(one, "source", "").startswith("$h = ")]
    names = [box for box in names if box.left > scene.plot.inner.right]
    assert len(names) == len(ends) > 0
    names.sort(key=lambda box: box.bottom)
    for box, end in zip(names, sorted(ends, key=lambda end: end[1]), strict=True):
        corner = (box.left, box.center[1])
        own, other = (np.hypot(*(line - corner).T).min() for line in (end[None], curve))
        assert other > 1.3 * own


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_curve_and_secant_are_both_seen_between_their_points(aspect: str) -> None:
    scene = at_still(SecantToTangent, "closer", aspect=aspect)
    secant, plot = scene.secant, scene.plot
    middle = scene.at + 0.25
    line = dense(secant.line.points[[0, -1], :2])
    apart = np.hypot(*(line - plot.at(middle, middle**2)).T).min()
    thin, thick = (units(one) for one in (THIN * STROKE.tangent, STROKE.curve))
    assert apart + thick / 2 > thin / 2 + units(STROKE.axis)
    # The line lies on the curve, and is the thinner one.
    parts = [one for one in scene.mobjects if one in (scene.curve, secant)]
    assert parts == [scene.curve, secant]
    assert thin < thick


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_legs_too_short_to_be_seen_are_not_drawn(aspect: str) -> None:
    """Half faded ones would be a smudge between the points, which are seen in the lens."""
    for still in ("closer", "lens", "straight"):
        secant = at_still(SecantToTangent, still, aspect=aspect).secant
        assert secant.legs in (0.0, 1.0)
        assert secant.second.get_fill_opacity() in (0.0, 1.0)


def test_in_a_tall_frame_the_plot_has_the_height_that_no_row_needs() -> None:
    heights = []
    for still in ("secant", "closer", "straight"):
        scene = at_still(SecantToTangent, still, aspect="9:16")
        lowest = min(box_of(one).bottom for one in visible_lettering(scene) if "frac" in one.source)
        assert lowest - scene.layout.body.bottom < 0.5
        assert scene.plot.inner.bottom > box_of(*scene.table.header).top
        heights.append(scene.plot.inner.height)
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > 1.3 * heights[-1]


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_each_slope_of_the_derivative_is_nearest_to_its_own_tangent(aspect: str) -> None:
    scene = at_still(SecantToTangent, "derivative", aspect=aspect)
    letters = visible_lettering(scene)
    boxes = [one.box for one in letters if re.search(r"\"slope .*\d", one.source)]
    boxes.sort(key=lambda box: box.bottom)
    lines = sorted(tangents_of(scene), key=lambda line: line[:, 1].min())
    assert len(boxes) == len(lines) == 3
    for box, own in zip(boxes, lines, strict=True):
        low, high = (box.left, box.bottom), (box.right, box.top)
        gaps = [np.hypot(*(line - line.clip(low, high)).T).min() for line in map(dense, lines)]
        near, second, _ = sorted(gaps)
        assert near == np.hypot(*(dense(own) - dense(own).clip(low, high)).T).min()
        assert second > 1.5 * near


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_what_is_worked_out_is_no_smaller_than_the_table(aspect: str) -> None:
    scene = at_still(SecantToTangent, "limit", aspect=aspect)
    sizes = [one.size_percent for one in scene.algebra]
    name = next(one for one in scene.labels if "tangent" in getattr(one, "source", ""))
    assert min(*sizes, name.size_percent) >= 4.5
    assert min(sizes) >= scene.table.size_percent
    # A line begins with a sign; none ends with one.
    assert not [one.source for one in scene.algebra if one.source.rstrip("$])").endswith("=")]


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_each_beat_with_the_lens_tells_how_the_slope_comes_about(aspect: str) -> None:
    """Under the row of the table, in one line or two, or else in the lens."""
    told = ("lens", "0.61", "0.1", "6.1"), ("straight", "0.0601", "0.01", "6.01")
    for still, rise, width, slope in told:
        sources = [one.source for one in written(still, aspect) if not one.source.startswith('#"')]
        fraction = any(f"display(frac({rise}, {width}))" in source for source in sources)
        result = any(re.search(rf"= .*\[\${re.escape(slope)}\$\]", source) for source in sources)
        quotient = [source for source in sources if f"{rise} class" in source]
        assert (fraction and result) != bool(quotient), still
        assert all(f" {slope}$" in source for source in quotient)


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1"])
def test_the_slope_is_worked_out_under_the_row_that_is_lit(aspect: str) -> None:
    tops = []
    for still, part in (("secant", "(16, 2)"), ("closer", "(3.25, 0.5)"), ("lens", "(0.61, 0.1)")):
        letters = written(still, aspect)
        (fraction,) = [one for one in letters if f"display(frac{part})" in one.source]
        tops.append(fraction.box.top)
        said = [one.source for one in letters if "/" in one.source and "$" in one.source]
        assert not [source for source in said if "class" in source]
    assert tops == sorted(tops, reverse=True)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_tangent_has_its_slope_and_the_quotient_its_name(aspect: str) -> None:
    limit = [one.source for one in written("limit", aspect)]
    assert any(re.search("tangent.*slope ", source) for source in limit)
    assert any("secant slope" in source for source in limit)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_second_place_has_its_number_beside_the_fixed_one(aspect: str) -> None:
    closer = {one.source: one.box for one in written("closer", aspect) if one.size_percent < 4}
    fixed, second = closer["$3$"], closer["$3.5$"]
    assert second.left > fixed.right + 0.05


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_names_stand_off_the_points_of_lines_left_behind(aspect: str) -> None:
    for still in ("closer", "limit"):
        scene = at_still(SecantToTangent, still, aspect=aspect)
        (box,) = [
            one.box
            for one in scene.labels
            if any(words in getattr(one, "source", "") for words in ('"slope ', ", slope "))
        ]
        assert len(scene.fan.widths) == 2
        for wide in scene.fan.widths:
            x, y = scene.plot.at(scene.at + wide, scene.objective.value((scene.at + wide,)))
            near = box.left - OFF_POINTS < x < box.right + OFF_POINTS
            assert not (near and box.bottom - OFF_POINTS < y < box.top + OFF_POINTS)


def test_an_equation_over_several_lines_begins_each_at_the_left() -> None:
    lines = written("derivative", "1:1")
    parts = [one for one in lines if "+ h" in one.source]
    parts += [one for one in lines if "h -> 0" in one.source]
    assert len(parts) == 3
    assert len({round(one.origin[0], 6) for one in parts}) == 1


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_one_tie_of_a_lens_over_its_point_is_upright(aspect: str) -> None:
    for still, _ in LENSES:
        lens = at_still(SecantToTangent, still, aspect=aspect).lens
        (tie,) = ties_of(lens)
        assert tie[0][0] == pytest.approx(tie[1][0])
        assert tie[0][1] == pytest.approx(lens.region.bottom)


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        *(({"aspect": aspect}, 1) for aspect in EVERY_ASPECT),
        ({"objective": "10 - x**2", "aspect": "4:3"}, 1),
    ],
)
def test_ties_end_at_a_mark_that_is_true_to_size_and_do_not_run_into_the_lines(
    parameters: dict[str, str], count: int
) -> None:
    for still, width in LENSES:
        scene = at_still(SecantToTangent, still, **parameters)
        mark = box_of(scene.lens.mark)
        lens, zoom = scene.lens.region, scene.lens.zoom(width)
        assert mark.width == pytest.approx(lens.width / zoom)
        assert mark.height == pytest.approx(lens.height / zoom)
        ties, rim = ties_of(scene.lens), dense(scene.lens.mark.points[:, :2])
        assert len(ties) == count
        function = scene.objective
        lines = [*scene.plot.graph(function), *through(scene.plot, function, scene.at, width)]
        there = np.concatenate([dense(np.asarray(line)[:, :2]) for line in lines])
        for start, end in ties:
            assert np.hypot(*(rim - end).T).min() < 0.02
            # The mark stands on the lines: only there a tie may come near them.
            near = end + (start - end) * min(1.0, 0.2 / np.hypot(*(end - start)))
            tie = dense(np.array([start, near]))[:, None]
            assert np.hypot(*np.moveaxis(tie - there, -1, 0)).min() >= CLEAR


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
@pytest.mark.parametrize("function", ["x**2", "x**3/3 + x", "exp(x/2)"])
def test_tangents_side_by_side_are_as_wide_and_part_from_the_curve(
    aspect: str, function: str
) -> None:
    """One that is cut short at the top of the plot would be a piece of the curve."""
    given = {"aspect": aspect, "objective": function, "at": 3.0}
    scene = at_still(SecantToTangent, "derivative", **given)
    lines = tangents_of(scene)
    curve = scene.curve.line.points[:, :2]
    assert len(lines) == 3
    widths = [np.ptp(line[:, 0]) for line in lines]
    # Near the axis one may end a little earlier.
    assert max(widths) < 1.35 * min(widths)
    parted = (units(STROKE.curve) + units(STROKE.tangent)) / 2
    for line in lines:
        end = line[line[:, 0].argmax()]
        assert np.hypot(*(curve - end).T).min() > parted


def test_points_left_behind_have_their_numbers_at_the_axis_of_a_narrow_plot() -> None:
    limit = {one.source for one in written("limit", "1:1") if one.size_percent < 4}
    assert {"$4$", "$5$"} <= limit

"""The race of optimisers: what its key, its plot and its table show at the end of each beat."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim.animation.animation import prepare_animation

from gdcore import Objective
from scenes.backstage.race_goal import place_outside
from scenes.color import contrast
from scenes.layout import Region
from scenes.look import Look
from scenes.optimiser_race import OptimiserRace
from scenes.parts.edges import runs_along_axis
from scenes.parts.inset import Inset
from scenes.parts.lanes import faded
from scenes.parts.legend import Item, Legend
from scenes.parts.lettering import Lettering
from scenes.parts.loss import LossPlot
from scenes.parts.loss_curve import HUSHED
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.window import Window
from scenes.theme import GRAPHIC_CONTRAST, TEXT_CONTRAST, Theme
from tests.scenes import checks
from tests.scenes.stills import EVERY_ASPECT, at_still, at_stills


def at(still: str, **parameters: Any) -> Any:
    """Return the lesson as it stands at a still."""
    return at_still(OptimiserRace, still, **parameters)


def at_each(look: Callable[[Any], Any], **parameters: Any) -> dict[str, Any]:
    """Return what a function finds at each still."""
    stills = at_stills(OptimiserRace, **parameters)
    return {still: look(scene) for still, scene in stills.items()}


def curves(scene: Any) -> int:
    """Return how many losses are to be seen."""
    seen = list(checks.visible_strokes(scene))
    return sum(lane.curve in seen for lane in scene.stage.every)


def told(scene: Any) -> list[str]:
    """Return the numbers of steps that stand in the plot."""
    letters = checks.visible_lettering(scene)
    every = scene.stage.every
    seen = [lane for lane in every if lane.told in letters or lane.told_on_arrival in letters]
    return [lane.racer.count_text for lane in seen]


def test_only_who_is_told_has_a_number_in_the_plot() -> None:
    found = at_each(told)
    assert [found[f"run-{run}"] for run in range(1, 5)] == [["223"], ["47"], ["86"], ["433"]]
    assert found["another-rate"] == ["433", "121"]
    assert found["every-rate"] == []


def test_two_rates_are_compared_alone_and_all_come_back() -> None:
    found = at_each(curves)
    assert [found[f"run-{run}"] for run in range(1, 6)] == [1, 2, 3, 4, 5]
    assert (found["another-rate"], found["every-rate"]) == (2, 6)


@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
def test_in_the_end_rows_are_sorted_and_all_rates_stand_in_one_frame(aspect: str) -> None:
    stage = at("every-rate", aspect=aspect).stage
    legend, counts = stage.rows.table, [lane.racer.steps for lane in stage.every]
    heights = [result.get_center()[1] for result in legend.results]
    order = sorted(range(len(counts)), key=lambda at: -heights[at])
    assert [counts[at] for at in order] == [47, 86, 121, 223, 433, None]
    for entry, height in zip(legend.entries, heights, strict=True):
        assert legend.column.contains(entry[2].box)
        assert entry[1].get_center()[1] == pytest.approx(height, abs=0.1)
        assert not legend.column.meets(entry[1].box)


def test_a_result_stands_in_its_row_as_soon_as_the_run_has_arrived() -> None:
    def results(scene: Any) -> list[str]:
        letters = checks.visible_lettering(scene)
        rows, counts = scene.stage.rows, [lane.racer.count_text for lane in scene.stage.every]
        shown = [*enumerate(rows.key.results), *enumerate(rows.table.results)]
        return sorted(counts[index] for index, part in shown if part in letters)

    found = at_each(results)
    came = ["223", "47", "86", "433", "never", "121"]
    for run in range(1, 6):
        assert found[f"run-{run}"] == sorted(came[:run])
    assert found["another-rate"] == found["every-rate"] == sorted(came)


def test_start_and_minimum_lie_over_the_paths() -> None:
    def over(scene: Any) -> bool:
        parts, stage = scene.mobjects, scene.stage
        paths = [parts.index(lane.path) for lane in stage.lanes if lane.path in parts]
        return bool(paths) and parts.index(stage.ends) > max(paths)

    found = at_each(over)
    assert all(found[f"run-{run}"] for run in range(1, 5))


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_no_tick_or_contour_line_of_the_ravine_lies_on_its_axis(aspect: str) -> None:
    stage = at("run-1", aspect=aspect).stage
    chains = list(stage.contours.chains)
    assert not runs_along_axis(stage.beside.plot, stage.objective, chains)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_lens_magnifies_as_many_times_as_it_says(aspect: str) -> None:
    scene = at("run-5", aspect=aspect)
    lens = next(part for part in scene.get_mobject_family_members() if isinstance(part, Inset))
    inner, outer = lens.plot, scene.stage.beside.plot
    across = (inner.x(1.0) - inner.x(0.0)) / (outer.x(1.0) - outer.x(0.0))
    up = (inner.y(1.0) - inner.y(0.0)) / (outer.y(1.0) - outer.y(0.0))
    assert across == pytest.approx(lens.zoom)
    assert up == pytest.approx(lens.zoom)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_beside_the_loss_one_line_has_its_value_and_the_minimum_a_name_near_it(aspect: str) -> None:
    scene = at("run-4", aspect=aspect)
    stage, letters = scene.stage, checks.visible_lettering(scene)
    words = [part for part in stage.names[-1].get_family() if part in letters]
    goal = stage.beside.plot.at(*stage.race.floor.point)
    (name,) = (part.box for part in words if "minimum" in part.source)
    assert [part.source for part in words if "minimum" not in part.source] == ["$f = 200$"]
    near = np.clip(goal, (name.left, name.bottom), (name.right, name.top))
    assert np.hypot(*(near - goal)) < 0.65
    for x, y in stage.contours.drawn():
        assert not name.inset(*[-0.04] * 4).contains(Region(x, y, x, y))


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_every_run_ends_at_its_value_and_captions_tell_what_is_set(aspect: str) -> None:
    scene = at("every-rate", aspect=aspect)
    loss = scene.stage.loss
    for lane in scene.stage.lanes:
        if (steps := lane.racer.steps) is not None:
            place = loss.plot.at(steps, lane.racer.trace.values[steps])
            assert lane.mark.get_center()[:2] == pytest.approx(place, abs=0.03)
            assert lane.curve.points[-1, :2] == pytest.approx(place, abs=0.01)
    told = [beat.caption.text for beat in scene.beats if beat.still in ("run-2", "run-3")]
    assert ["β = 0.8" in told[0], "β = 0.9, 0.999" in told[1]] == [True, True]


def test_usual_settings_are_left_out_sooner_than_the_rate_of_a_run() -> None:
    runs = "descent 0.019; adamw 0.3125 weight_decay=0.0125"
    told = next(beat.caption.text for beat in at("run-2", runs=runs).beats if beat.still == "run-2")
    assert told.startswith("AdamW at 0.3125 with λ = 0.0125 needs")


def test_a_line_along_an_axis_is_found() -> None:
    bowl = Objective.parse("x**2 + 100*y**2")
    region = Region(0.0, 0.0, 6.0, 3.0)

    def shown(bottom: float) -> Plot:
        window = Window(-5.0, 5.0, bottom, 2.0)
        return Plot(Look(), region, window, x_name="", y_name="", y_ticks=[-1.0, 0.0], equal=True)

    assert runs_along_axis(shown(-1.05), bowl, [])
    assert runs_along_axis(shown(-1.5), bowl, [220.0])
    assert not runs_along_axis(shown(-1.5), bowl, [100.0])


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_run_that_has_stepped_back_can_still_be_read(theme: str) -> None:
    look = Look(Theme.load(theme))
    for index in range(1, 9):
        lines, words = faded(look, f"series_{index}")
        assert contrast(lines, look.theme.background) >= GRAPHIC_CONTRAST
        assert contrast(words, look.theme.background) >= TEXT_CONTRAST


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "9:16"])
def test_no_value_of_a_contour_line_covers_its_vertex(aspect: str) -> None:
    stage = at("ravine", aspect=aspect).stage
    plot, boxes = stage.views[0].plot, [label.box for _, label in stage.values]
    points = [np.concatenate(chains) for chains in stage.contours.chains.values()]
    vertices = [plot.at(*places[places[:, 0].argmax()]) for places in points]
    assert len(boxes) == len(vertices)
    for vertex, box in itertools.product(vertices, boxes):
        assert not box.inset(*[-0.06] * 4).contains(Region(*vertex, *vertex))


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_table_tells_what_else_is_set_of_every_method(aspect: str) -> None:
    table = at("every-rate", aspect=aspect).stage.rows.table
    told = [item.told(table.form.told) for item in table.items]
    assert [len(entry) > 3 for entry in table.entries] == [bool(words) for words in told]
    assert told == ["", "β = 0.8", "β = 0.9, 0.999", "", "ρ = 0.9", ""]


@pytest.mark.parametrize("aspect", ["4:3", "1:1", "9:16"])
def test_slices_under_the_ravine_have_its_scale(aspect: str) -> None:
    stage = at("ravine", aspect=aspect).stage
    above, below = (
        [plot.x(x) for x in (0.0, 10.0)] for plot in (stage.views[0].plot, stage.slices.plot)
    )
    assert above == pytest.approx(below, abs=1e-6)
    upper, lower = stage.views[0].plot, stage.slices.plot
    assert (upper.inner.left, upper.inner.right) == pytest.approx(
        (lower.inner.left, lower.inner.right), abs=1e-6
    )


def test_in_a_tall_frame_the_ravine_is_no_higher_than_what_it_shows() -> None:
    plot = at("ravine", aspect="9:16").stage.views[0].plot
    assert plot.window.bottom > -4.0
    assert plot.window.top < 4.0


def test_a_run_that_steps_forward_again_is_as_wide_as_it_was() -> None:
    def widths(scene: Any) -> list[tuple[float, float]]:
        return [(lane.curve.get_stroke_width(), lane.width) for lane in scene.stage.lanes]

    found = at_each(widths)
    for now, own in found["every-rate"]:
        assert now == pytest.approx(own)
    # Those that have stepped back are all thinner by the same.
    assert [now / own for now, own in found["run-5"]] == pytest.approx([HUSHED] * 4 + [1.0])


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_run_that_is_told_is_never_the_thinnest(aspect: str) -> None:
    def widths(scene: Any) -> list[float]:
        seen = list(checks.visible_strokes(scene))
        curves = [lane.curve for lane in scene.stage.lanes if lane.curve in seen]
        return [curve.get_stroke_width() for curve in curves]

    found = at_each(widths, aspect=aspect)
    for run in range(1, 6):
        assert max(found[f"run-{run}"]) == found[f"run-{run}"][run - 1]


def legend(settings: str, rows: tuple[int, ...] = ()) -> Legend:
    """Return a narrow table of three runs, the second of which has settings."""
    told = ("", settings, "")
    items = [Item("Momentum", "0.019", "47", f"series_{at + 1}", told[at]) for at in range(3)]
    return Legend(
        Look(), Region(0.0, 0.0, 3.92, 4.0), items, [("steps",)], rows=rows, is_table=True
    )


def test_an_entry_of_two_lines_has_a_higher_row_with_as_much_air() -> None:
    table = legend("β = 0.9, 0.999")
    one, two, other = table.heights
    assert table.form.told == "below"
    assert one == other < two
    for entry, top, tall in zip(table.entries, table.tops(range(3)), table.heights, strict=True):
        words = [part.box for part in entry[1:]]
        over = top - max(box.top for box in words)
        under = min(box.bottom for box in words) - (top - tall)
        assert over == pytest.approx(under, abs=0.1)
        assert min(over, under) > 0.05
    # Wherever it stands, the rows below it begin where it ends.
    assert table.tops((1, 0, 2))[0] == pytest.approx(table.first - two)
    assert legend("β = 0.9, 0.999", (1, 0, 2)).tops((1, 0, 2)) == table.tops((1, 0, 2))


def test_rows_that_are_ranked_never_cross_each_other() -> None:
    scene = at("another-rate")
    for change in map(prepare_animation, scene.stage.rows.rank()):
        change.begin()
        words = [part for part in change.mobject.get_family() if isinstance(part, Lettering)]
        places = []
        for time in (0.0, 0.5, 1.0):
            change.interpolate(time)
            places.append([part.get_center().tolist() for part in words])
        assert np.allclose(places, places[:1])


def test_lines_between_the_rows_stand_over_all_of_them_when_they_are_ranked() -> None:
    rows = at("every-rate").stage.rows
    heights = [float(guide.get_center()[1]) for guide in rows.table.guides]
    assert sorted(heights) == pytest.approx(sorted(rows.table.tops(rows.ranks)))


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_first_steps_are_seen_from_near_where_that_makes_them_much_larger(aspect: str) -> None:
    stage = at("first-steps", aspect=aspect).stage
    shortest = min(np.hypot(*(stride.ends[1] - stride.ends[0])) for stride in stage.strides)
    shows_goal = stage.alone.plot.shows(*stage.race.floor.point)
    assert shows_goal == (aspect in ("16:9", "4:3"))
    assert shortest > (0.6 if aspect == "9:16" else 0.26)


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_a_minimum_outside_of_the_first_steps_has_an_arrow_to_it(aspect: str) -> None:
    scene = at("first-steps", aspect=aspect)
    plot, strokes = scene.stage.alone.plot, checks.visible_strokes(scene)
    (arrow,) = (part for part in strokes if getattr(part, "role", "") == "minimum")
    tip = arrow.points[np.argmin(arrow.points[:, 0])]
    assert arrow.get_center()[0] < plot.inner.center[0]
    assert tip[1] == pytest.approx(plot.y(0.0), abs=0.02)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_formula_is_always_there(aspect: str) -> None:
    assert all(at_each(formulas, aspect=aspect).values())


def test_in_a_square_frame_the_formula_is_shorter_or_has_a_line_of_its_own() -> None:
    long = "1/2*(x**2 + 100*y**2) + sin(x)*cos(y)/10"
    scenes = [at("ravine", aspect="1:1", **more) for more in ({}, {"objective": long})]
    assert [scene.layout.header_lines for scene in scenes] == [1, 2]
    assert all(map(formulas, scenes))


def test_in_a_tall_frame_no_hole_is_left_between_table_and_loss() -> None:
    stage = at("every-rate", aspect="9:16").stage
    assert 0 < stage.rows.table.column.bottom - stage.loss.region.top < 0.7


def formulas(scene: Any) -> bool:
    """Return whether the function's formula is to be seen."""
    seen = checks.visible_lettering(scene)
    return any(scene.objective.typst in str(getattr(part, "source", "")) for part in seen)


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "9:16"])
def test_the_key_has_all_names_in_full_and_all_rates_from_the_first_run_on(aspect: str) -> None:
    def key(scene: Any) -> list[str]:
        letters, entries = checks.visible_lettering(scene), scene.stage.rows.key.entries
        return [str(part.source) for entry in entries for part in entry[1:3] if part in letters]

    found = at_each(key, aspect=aspect)
    assert found["ravine"] == found["first-steps"] == []
    named = ["Gradient descent", "0.019", "Momentum", "0.019", "Adam", "0.3"]
    named += ["AdaGrad", "0.5", "RMSProp", "0.1"]
    for run in range(1, 6):
        assert found[f"run-{run}"] == [f'#"{words}"' for words in named]


def test_a_run_that_is_to_come_is_dim_and_has_no_number() -> None:
    def waiting(scene: Any) -> list[bool]:
        letters, rows = checks.visible_lettering(scene), scene.stage.rows
        return [part in letters for part in rows.waiting]

    def dim(scene: Any) -> list[bool]:
        lanes, entries = scene.stage.lanes, scene.stage.rows.key.entries
        pales = [faded(scene.look, lane.role)[1] for lane in lanes]
        colours = [entry[1].get_fill_color().to_hex().lower() for entry in entries]
        return [colour == pale.lower() for colour, pale in zip(colours, pales, strict=True)]

    found = at_each(lambda scene: (waiting(scene), dim(scene)))
    for run in range(5):
        still, pale = found[f"run-{run + 1}"]
        assert still == [False] * (run + 1) + [True] * (4 - run)
        assert pale == [True] * run + [False] + [True] * (4 - run)


def test_the_first_runs_have_a_shorter_axis_and_go_with_it_when_it_grows() -> None:
    def places(scene: Any) -> tuple[float, list[float], list[float]]:
        loss, lanes = scene.stage.loss, scene.stage.lanes[:2]
        ends = [float(lane.curve.points[-1][0]) for lane in lanes if len(lane.curve.points)]
        marks = [float(lane.mark.get_center()[0] - loss.plot.x(lane.end)) for lane in lanes]
        due = [float(loss.plot.x(lane.curve.arrival)) for lane in lanes[: len(ends)]]
        return loss.plot.window.right, [*marks, *np.subtract(ends, due)], ends

    found = at_each(places)
    spans = [found[f"run-{run}"][0] for run in range(1, 6)]
    assert spans == [268, 268, 268, 520, 520]
    for _, misses, _ in (found[f"run-{run}"] for run in range(2, 6)):
        assert misses == pytest.approx([0.0] * 4, abs=0.01)
    assert found["run-4"][2][0] < found["run-3"][2][0]


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_line_in_a_lens_keeps_clear_of_its_frame(aspect: str) -> None:
    scene = at("run-5", aspect=aspect)
    (lens,) = (part for part in scene.get_mobject_family_members() if isinstance(part, Inset))
    x, box = lens.submobjects[0].drawn()[:, 0], lens.plot.inner
    assert min(x.min() - box.left, box.right - x.max()) >= 0.16


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        ((0.0, 1.0), "x = 0"),
        ((5.0, 9.0), "y = 9"),
        ((0.0, 9.0), "(0, 9)"),
        ((1.23456, 1.0), "x ≈ 1.23"),
    ],
)
def test_a_minimum_outside_is_told_by_what_is_not_to_be_seen(
    goal: tuple[float, float], words: str
) -> None:
    assert place_outside(("x", "y"), goal, Window(4.0, 6.0, 0.0, 2.0)) == words


@pytest.mark.parametrize("aspect", ["4:3", "1:1", "9:16"])
def test_no_contour_line_goes_through_the_words_about_the_first_steps(aspect: str) -> None:
    scene = at("first-steps", aspect=aspect)
    boxes = [
        part.box
        for part in checks.visible_lettering(scene)
        if "rate" in part.source or "minimum" in part.source
    ]
    assert len(boxes) == 3
    for box, (x, y) in itertools.product(boxes, scene.stage.contours.drawn()):
        assert not box.contains(Region(x, y, x, y))


def test_finishing_line_and_axis_of_a_narrow_plot_end_together() -> None:
    loss = LossPlot(Look(), Region(0.0, 0.0, 4.0, 3.0), 100.0, 0.01, 100)
    lines = [part.points for part in loss.submobjects if len(part.points)]
    (rule,) = [points for points in lines if np.ptp(points[:, 1]) == 0]
    assert rule[:, 0].max() == pytest.approx(loss.plot.axes.points[:, 0].max())


def test_the_names_in_a_narrow_loss_plot_cost_it_no_width() -> None:
    scene = at("run-1", aspect="4:3")
    loss = scene.stage.loss
    assert loss.is_narrow
    assert loss.region.right - loss.inner.right < 0.5
    assert loss.finish in checks.visible_lettering(scene)


def test_a_run_at_the_end_of_the_finishing_line_sends_its_name_below_the_line() -> None:
    loss = LossPlot(Look(), Region(0.0, 0.0, 4.0, 3.0), 100.0, 0.01, 100)
    clear = Obstacles(loss.region)
    clear.add_points([(2.0, loss.level + 0.2), (4.0, loss.level + 0.2)])
    loss.name_finish(clear)
    assert loss.finish in loss.submobjects
    assert loss.inner.bottom < loss.finish.box.bottom
    assert loss.finish.box.top < loss.level
    loss.name_finish(Obstacles(loss.region))
    assert loss.finish.box.bottom > loss.level


@pytest.mark.parametrize("aspect", ["4:3", "1:1"])
def test_no_word_in_the_loss_goes_beyond_the_end_of_its_axis(aspect: str) -> None:
    def beyond(scene: Any) -> list[str]:
        letters, loss = checks.visible_lettering(scene), scene.stage.loss
        told = [lane.told for lane in scene.stage.every if lane.told in letters]
        words = [*told, *([loss.finish] if loss.is_narrow else [])]
        return [part.source for part in words if part.box.right > loss.end + 0.02]

    assert not any(at_each(beyond, aspect=aspect).values())


def test_in_a_square_frame_who_is_who_stands_beside_the_ravine_with_every_rate() -> None:
    scene = at("run-3", aspect="1:1")
    key, plot = scene.stage.rows.key, scene.stage.beside.plot
    letters = checks.visible_lettering(scene)
    names = [f'#"{name}"' for name in ("Momentum", "Adam", "AdaGrad", "RMSProp")]
    lines = key.entries[0][1]
    assert [line.source for line in lines] == ['#"Gradient"', '#"descent"']
    assert lines[1].box.top < lines[0].box.bottom
    assert [entry[1].source for entry in key.entries[1:]] == names
    rates = [entry[2] for entry in key.entries]
    assert [rate.source for rate in rates] == [
        f'#"{n}"' for n in ("0.019", "0.019", "0.3", "0.5", "0.1")
    ]
    words = [*lines, rates[0], *(part for entry in key.entries[1:] for part in entry[1:])]
    assert all(part in letters for part in words)
    assert all(plot.inner.right < part.box.left for part in words)
    assert all(scene.stage.loss.region.top < part.box.bottom for part in rates)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_ravine_beside_the_loss_is_in_true_scale(aspect: str) -> None:
    plot = at("run-1", aspect=aspect).stage.beside.plot
    across, up = plot.x(1.0) - plot.x(0.0), plot.y(1.0) - plot.y(0.0)
    assert across == pytest.approx(up)


def test_in_a_square_frame_the_loss_is_always_as_wide_as_the_frame() -> None:
    def wide(scene: Any) -> tuple[float, int, int]:
        seen = list(checks.visible_strokes(scene))
        loss = scene.stage.loss
        return (
            loss.inner.width,
            sum(lane.curve in seen for lane in scene.stage.every),
            len(loss.plot.x_labels),
        )

    found = at_each(wide, aspect="1:1")
    assert 5.0 < found["run-5"][0] == found["another-rate"][0] == found["every-rate"][0]
    assert [found[name][1] for name in ("run-5", "another-rate", "every-rate")] == [5, 2, 6]
    assert found["every-rate"][2] > 4
    alone = at_each(wide, aspect="1:1", again=1.0)
    assert alone["every-rate"][:2] == (found["every-rate"][0], 5)


def test_numbers_of_a_lens_stand_apart_be_they_fewer_or_round_ones() -> None:
    bowl = Objective.parse("(x**2 + 100*y**2)/2")
    around = Window(-10.0, 10.0, -2.0, 2.0)
    plane = Plot(Look(), Region(0.0, 0.0, 5.0, 1.0), around, x_name="", y_name="", equal=True)

    def across(width: float, height: float, far: float = 0.05) -> tuple[float, ...]:
        region, places = Region(0.0, 0.0, width, height), [(-far, -far), (far, far)]
        rows = [[-far, 0.0, far]] * 2
        more = "series_5", 0.01, rows, ("x", "y"), (0.0, 0.0)
        lens = Inset(Look(), plane, region, bowl, places, *more)
        for one, other in itertools.pairwise(lens.plot.x_labels):
            assert other.box.left - one.box.right > 0.2
        return lens.plot.x_ticks

    assert across(6.0, 4.0) == (-0.05, 0.0, 0.05)
    assert across(3.0, 2.2) == (-0.05, 0.05)
    assert across(2.8, 4.0) == (-0.05, 0.05)
    assert across(4.0, 2.2, 0.0512) == (-0.1, 0.0, 0.1)


@pytest.mark.parametrize(
    "parameters",
    [
        {"objective": "((x-5)**2+100*(y+20)**2)/2", "start": "15, -18", "aspect": "4:3"},
        {"start": "-10, 2", "aspect": "9:16"},
        {"start": "-10, 2", "aspect": "4:3"},
    ],
)
def test_slices_show_both_minima_and_what_lies_around_them(parameters: dict[str, Any]) -> None:
    scene = at("ravine", **parameters)
    stage, start = scene.stage, scene.start
    window, goal = stage.slices.plot.window, stage.race.floor.point
    aside = 0.499 * max(abs(a - b) for a, b in zip(start, goal, strict=True))
    assert window.left <= min(goal) - aside
    assert max(goal) + aside <= window.right

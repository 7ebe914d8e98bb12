"""The program on screen is executed, and prints what the lesson shows."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from manim import VGroup

from gdcore import GradientDescent, Objective, descend
from scenes.assets import asset_path
from scenes.backstage.program import original, output, program
from scenes.color import contrast
from scenes.from_scratch import FromScratch
from scenes.parameters import UsageError
from scenes.parts.foot_places import MOVED
from scenes.parts.lettering import box_of
from scenes.parts.lit import IN_CODE, lit_color
from scenes.parts.placing import dense
from scenes.theme import DARK, LIGHT, TEXT_CONTRAST, TYPE, Theme, units
from tests.scenes.checks import visible_lettering
from tests.scenes.stills import EVERY_ASPECT, at_end, at_still, at_stills


def execute(path: Path) -> list[str]:
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_the_file_that_is_drawn_runs() -> None:
    trace = descend(Objective.parse("x**2"), 4.0, GradientDescent(learning_rate=0.1), max_steps=10)
    printed = execute(asset_path("code", "descent.py"))
    assert printed == output(trace)
    assert printed[0] == "3.2 10.24"
    assert printed[-1] == "0.4295 0.1845"


def test_the_panel_draws_that_file() -> None:
    scene = at_end(FromScratch)
    assert scene.panel.code == original()
    assert program(Objective.parse("x**2"), 4.0, 0.1, 10) == original()


@pytest.mark.parametrize(
    ("text", "start", "rate", "steps"),
    [
        ("x**2", 4.0, 0.1, 100),
        ("x**4/4 - 2*x**2 + x/2", 3.0, 0.05, 60),
        ("sin(x) + x**2/10", -2.5, 0.3, 20),
        ("abs(x)", 2.0, 0.3, 12),
        ("exp(t) - 2*t", 1.0, 0.1, 15),
        ("sqrt(x**2 + 1)*pi", 3.0, 0.2, 8),
        ("x**2", 4.0, 1.05, 40),
        ("e**x + e**(-x)", 1e-3, 1e-3, 5),
        ("sin(x) + cos(x) + sqrt(x**2 + 1) + exp(-x)", 1.0, 0.1, 5),
    ],
)
def test_the_program_for_another_function_prints_its_trace(
    tmp_path: Path, text: str, start: float, rate: float, steps: int
) -> None:
    objective = Objective.parse(text)
    trace = descend(objective, start, GradientDescent(learning_rate=rate), max_steps=steps)
    file = tmp_path / "program.py"
    file.write_text("\n".join(program(objective, start, rate, steps)))
    assert execute(file) == output(trace)


def test_every_line_of_output_is_in_the_table() -> None:
    scene = at_end(FromScratch, max_steps=3)
    rows = [[cell.source.split('"')[1] for cell in row.submobjects] for row in scene.table.rows]
    lines = [f"{x} {value}" for _, x, value in rows]
    assert lines == output(scene.trace)


@pytest.mark.parametrize("aspect", ["16:9", "4:3"])
def test_the_last_row_reads_what_the_program_prints_while_it_runs(aspect: str) -> None:
    scene = at_end(FromScratch, aspect=aspect)
    listing = scene.bench.listing(0)
    for turn in range(1, 11):
        listing.show(turn)
        rows = [*listing.rows, *(row for _, row in listing.passing)]
        shown = [row for row in rows if max(run.get_fill_opacity() for run in row[0]) > 0]
        written = [[cell.source for cell in row] for row in shown if "raw" in row[0].source]
        texts = [[source.split('"')[1] for source in sources] for sources in written]
        assert output(scene.trace)[turn - 1] in [" ".join(text[-2:]) for text in texts]
        assert len(shown) == min(turn, 3)


def test_both_runs_print_in_the_same_places() -> None:
    bench = at_end(FromScratch).bench
    first, longer = bench.listing(0), bench.listing(1)
    assert first.lefts == longer.lefts
    assert first.right == longer.right
    assert len(first.rows) == len(longer.rows)
    places = [[cell.origin[0] for cell in row] for row in (first.rows[-1], longer.rows[0])]
    assert places[0] == places[1]
    for one, other in zip(first.rows, longer.rows, strict=True):
        assert {cell.origin[1] for cell in one} == {cell.origin[1] for cell in other}


def test_the_longer_run_keeps_the_end_of_the_shorter_in_sight() -> None:
    bench = at_end(FromScratch).bench
    first, longer = bench.listing(0), bench.listing(1)
    end = [cell.source for cell in first.rows[-1]]
    assert end in [[cell.source for cell in row] for row in longer.rows[:-1]]


def test_decimal_points_are_in_line() -> None:
    listing = at_end(FromScratch).bench.listing(1)
    rows = [row for row in listing.rows if "raw" in row[0].source]
    for column in (1, 2):
        points = []
        for row in rows:
            text = row[column].source.split('"')[1]
            points.append(row[column].origin[0] + text.index(".") * listing.character)
        assert points == pytest.approx([points[0]] * len(points))


def test_numbers_stand_below_their_words() -> None:
    scene = at_end(FromScratch)
    row, words = scene.put_in(scene.trace.steps[0]), scene.panel.lines[scene.rule_line]
    assert " ".join(cell.source.split('"')[1] for cell in row) == "# = 4 - 0.1 * 8 = 3.2"
    for number, word in zip(row[:5], words[:5], strict=True):
        assert number.origin[0] == pytest.approx(word.origin[0])


def test_a_rounded_number_is_not_said_to_be_equal() -> None:
    captions = [beat.caption.text for beat in at_end(FromScratch).beats]
    assert captions[3].endswith("4 − 0.1 · 8 = 3.2, and f = 10.24.")
    assert captions[4].endswith("3.2 − 0.1 · 6.4 = 2.56, and f ≈ 6.554.")
    assert "x ≈ 0.4295" in captions[5]


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        ({}, "After 100 steps x ≈ 8.148·10⁻¹⁰, printed as 8.148e-10: almost the minimum, 0."),
        ({"learning_rate": 1.05}, "x ≈ 55122, farther from the minimum than at the start."),
        ({"max_steps": 3}, "After 30 steps x ≈ 0.004952, not yet at the minimum, 0."),
        (
            {"objective": "x**4/4-2*x**2+x/2", "start": 3, "learning_rate": 0.05},
            "After 100 steps x ≈ 1.934, the minimum to four digits.",
        ),
        (
            {"max_steps": 100},
            "After 1000 steps x ≈ 4.921·10⁻⁹⁷, printed as 4.921e-97: almost the minimum, 0.",
        ),
    ],
)
def test_the_last_caption_says_where_the_longer_run_ends(
    changes: dict[str, object], last: str
) -> None:
    assert at_end(FromScratch, **changes).beats[-1].caption.text.endswith(last)


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_plot_has_room_and_its_axes_cross_at_a_number(aspect: str) -> None:
    scene = at_end(FromScratch, aspect=aspect)
    plot = scene.board.plot
    assert plot.window.left == -1.0
    assert plot.x_labels[plot.x_ticks.index(-1.0)].submobjects[0].get_fill_opacity() == 1
    if aspect == "16:9":
        assert plot.inner.height >= 0.35 * scene.layout.frame.height


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_the_plot_has_all_of_the_height_until_the_table_comes(aspect: str) -> None:
    stills = at_stills(FromScratch, aspect=aspect)
    heights = {still: scene.board.plot.inner.height for still, scene in stills.items()}
    assert heights["functions"] == heights["numbers"] == heights["loop"]
    assert heights["first-turn"] == heights["more-turns"] < 0.85 * heights["loop"]
    board = stills["more-turns"].board
    end = board.curve.line.points[:, 1].max()
    assert end == pytest.approx(board.plot.inner.top)


def test_a_listing_under_the_program_takes_nothing_from_the_plot() -> None:
    stills = at_stills(FromScratch, aspect="4:3")
    heights = {still: scene.board.plot.inner.height for still, scene in stills.items()}
    scene = stills["more-turns"]
    assert scene.bench.under_program
    assert heights["functions"] == heights["second-turn"] >= 0.5 * scene.layout.frame.height
    assert scene.table.size >= scene.panel.size > 3.4
    assert scene.table.bottom >= scene.layout.footer.top + 0.3
    assert box_of(scene.table).right <= scene.board.plot.inner.left - 0.3


def test_values_stand_at_the_axis_until_the_next_step() -> None:
    def shown(still: str) -> list[str]:
        scene = at_still(FromScratch, still)
        told = [words for _, _, words, _ in scene.board.heights.told.values()]
        return [w.source for w in told if any(len(run.points) for run in w)]

    assert shown("loop") == shown("all-turns") == []
    assert shown("first-turn") == ["$10.24$"]
    assert shown("second-turn") == ["$6.554$"]


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_what_is_lit_keeps_the_margin(aspect: str) -> None:
    scene = at_end(FromScratch, aspect=aspect)
    assert box_of(scene.panel.bar.mark).left >= scene.layout.safe.left - 1e-6


def test_the_program_counts_as_the_table_does() -> None:
    scene = at_end(FromScratch)
    assert "for n in range(1, 11):" in scene.panel.code
    assert scene.changed_line() == "for n in range(1, 101):"


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_type_on_a_lit_line_keeps_its_contrast(theme: Theme) -> None:
    shade = lit_color(theme, IN_CODE)
    assert all(contrast(theme.color(role), shade) >= TEXT_CONTRAST for role in IN_CODE)


def test_a_program_that_is_too_long_is_refused() -> None:
    with pytest.raises(UsageError, match="allowed: a function for which it has 13 lines"):
        FromScratch.resolve({"objective": "sin(x)**2 + cos(3*x)*exp(-x**2/20)/2 + sqrt(x**2 + 1)"})


def test_the_program_stands_there_quiet_until_it_is_read() -> None:
    def read(still: str) -> list[bool]:
        panel = at_still(FromScratch, still).panel
        fills = [
            {run.get_fill_color().to_hex().lower() for token in line for run in token}
            for line in panel.lines
            if len(line)
        ]
        return [line != {panel.quiet.lower()} for line in fills]

    assert read("functions") == [True] * 4 + [False] * 5
    assert read("numbers") == [True] * 6 + [False] * 3
    assert all(read("loop"))
    scene = at_end(FromScratch)
    assert contrast(scene.panel.quiet, scene.look.theme.background) >= TEXT_CONTRAST


def test_a_square_frame_spreads_the_program_until_it_prints() -> None:
    ends = {}
    for still, scene in at_stills(FromScratch, aspect="1:1").items():
        ends[still] = scene.panel.lines[-1][0].origin[1]
        assert scene.board.plot.inner.bottom > scene.panel.top_of(scene.panel.find("for "))
    assert ends["functions"] == ends["loop"] < ends["first-turn"] - 0.1
    # The row that was open closes; what is above it stays.
    assert ends["all-turns"] > ends["first-turn"] + 0.1


@pytest.mark.parametrize("sign", ["", "−"])
@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_both_ends_of_a_step_have_their_numbers_at_their_marks(aspect: str, sign: str) -> None:
    told = {"loop": ["4"], "first-turn": ["4", "3.2"], "second-turn": ["3.2", "2.56"]}
    for still, ends in told.items():
        scene = at_still(FromScratch, still, aspect=aspect, start=-4.0 if sign else 4.0)
        board, seen = scene.board, visible_lettering(scene)
        there = [foot for foot in board.places.feet if foot.number in seen]
        if sign or (still == "second-turn" and aspect in {"4:3", "1:1"}):
            # So close to each other the older one has no room, with signs hardly ever.
            ends = ends[-1:]
        assert {sign + end for end in ends} <= {foot.names[foot.index] for foot in there}
        assert len({foot.number.origin[1] for foot in there}) == 1
        for foot in there:
            start, end = foot.mark.points[[0, -1], 0]
            assert start == end == pytest.approx(board.plot.x(foot.xs[foot.index]))
            assert 0 < foot.mark.points[:, 1].min() - foot.number.box.top < 0.12
            others = [other.number.box for other in there if other is not foot]
            # They move apart no more than they must, hardly to be seen.
            box = foot.number.box
            aside = abs(foot.number.origin[0] + foot.number.advance / 2 - end)
            assert aside < MOVED + 1e-6
            gap = min(max(box.left - one.right, one.left - box.right) for one in others or [box])
            # Two with signs are farther apart: they would read as a subtraction.
            least = 0.38 if sign else 0.1
            assert aside < 1e-3 or gap < least + 0.06
            assert not others or gap > least


@pytest.mark.parametrize("rate", [0.05, 0.1, 0.3])
@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_where_a_step_starts_is_told_at_its_line_if_not_at_the_axis(
    aspect: str, rate: float
) -> None:
    for index, still in enumerate(("first-turn", "second-turn")):
        scene = at_still(FromScratch, still, aspect=aspect, learning_rate=rate)
        seen, board = visible_lettering(scene), scene.board
        on_axis = board.places.feet[index].number in seen
        assert len(scene.left) == (not on_axis)
        for words in scene.left:
            assert words in seen
            assert words.source == f"$x = {scene.trace.points[index][0]:.4g}$"
            (top, *_, foot) = np.concatenate(board.view.guide(index))[::-1]
            # Behind the arrow, close to the line, and between its ends.
            assert 0.1 < words.box.left - foot[0] < 0.5
            assert foot[1] < words.box.bottom < words.box.top < top[1]


def test_where_a_step_started_is_gone_when_the_next_one_is_told() -> None:
    for still in ("all-turns", "more-turns"):
        assert not at_still(FromScratch, still, aspect="1:1").left


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_axis_keeps_its_marks_beside_the_numbers_of_a_step(aspect: str) -> None:
    for still in ("first-turn", "second-turn", "more-turns"):
        scene = at_still(FromScratch, still, aspect=aspect)
        plot, places, seen = scene.board.plot, scene.board.places, visible_lettering(scene)
        told = [foot.number for foot in places.feet if foot.number in seen]
        told += [words for words in list(places.words)[:1] if words in seen]
        sizes = {words.em for words in (*told, *places.numbers)}
        assert len(sizes) == 1
        for value, mark in zip(plot.x_ticks, places.ticks, strict=True):
            x, boxes = plot.x(value), [words.box for words in told]
            off = min(max(box.left - x, x - box.right) for box in boxes)
            shown = {0.0} if off < 0 else {1.0} if off > 0.1 else {0.0, 1.0}
            assert mark.get_stroke_opacity() in shown


@pytest.mark.parametrize("start", [4.0, -4.0])
@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_a_tangent_ends_before_the_point_that_has_landed(aspect: str, start: float) -> None:
    """Through that point it would seem to be its own."""
    for still, step in (("loop", 0), ("first-turn", 0), ("second-turn", 1)):
        scene = at_still(FromScratch, still, aspect=aspect, start=start)
        board, points = scene.board, scene.board.view.tangent.points
        old, new = (board.plot.x(board.view.xs[index]) for index in (step, step + 1))
        parts = (points[:, 0] - old) / (new - old)
        assert parts.min() < -0.3
        if still != "loop":
            assert parts.max() < 1
            continue
        assert parts.max() > 1.5
        end = points[parts.argmax()]
        curve = dense(board.curve.line.points[:, :2])
        assert np.hypot(*(curve - end[:2]).T).min() > 0.1
        # It is drawn under the points that it goes through.
        drawn = [id(part) for part in scene.get_mobject_family_members()]
        last = len(drawn) - 1 - drawn[::-1].index(id(board.view.point))
        assert drawn.index(id(board.view.tangent)) < last


def test_a_tangent_stays_as_it_is_where_the_points_lie_on_each_other() -> None:
    view = at_end(FromScratch, learning_rate=0.001).board.view
    view.halfway = True
    for position in (0.5, 1.0):
        view.show(position)
        ends = np.sort(view.tangent.points[:, 0])
        assert ends[0] < view.place(1.0)[0] - 0.5


def test_an_end_that_is_nearer_than_half_way_is_not_drawn_back() -> None:
    view = at_end(FromScratch, learning_rate=0.9).board.view
    view.halfway = True
    view.show(0.5)
    before = view.tangent.points.copy()
    view.show(1.0)
    assert view.tangent.points == pytest.approx(before)


def test_the_slope_of_the_second_step_stands_close_to_its_tangent() -> None:
    scene = at_end(FromScratch, aspect="1:1")
    words, (tangent,) = scene.board.slope_name(1)[0], scene.board.view.tangent_line(1)
    points, box = dense(tangent), words.box
    inside = np.clip(points, (box.left, box.bottom), (box.right, box.top))
    assert np.hypot(*(points - inside).T).min() < 0.3


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_the_rule_of_a_listing_across_is_the_edge_of_its_first_box(aspect: str) -> None:
    listing = at_end(FromScratch, aspect=aspect).bench.listing(1)
    boxes = [listing.box(index) for index in range(len(listing.rows))]
    rule = box_of(listing.rule)
    assert rule.left == pytest.approx(boxes[0].left)
    # No piece of it sticks out of the box while that is the only one.
    assert (rule.bottom, rule.top) == pytest.approx((boxes[0].bottom, boxes[0].top))
    for box, after in itertools.pairwise(boxes):
        assert box.right <= after.left + 1e-6
    for box, row in zip(boxes, listing.rows, strict=True):
        assert all(cell.box.left - box.left > 0.09 for cell in row[1:])
    assert boxes[-1].right <= listing.region.right + 1e-6


@pytest.mark.parametrize("aspect", ["4:3", "1:1", "9:16"])
def test_a_listing_across_counts_the_steps_over_its_rule(aspect: str) -> None:
    for scene in at_stills(FromScratch, aspect=aspect).values():
        if scene.table not in scene.mobjects:
            continue
        table = scene.table
        rule = box_of(table.rule).top
        assert table.names[0] == "n"
        for row in table.rows:
            count, *figures = row
            assert count.box.bottom > rule + 0.04
            assert all(cell.box.top < rule - 0.075 for cell in figures)


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_a_listing_across_has_air_above_and_below(aspect: str) -> None:
    scene = at_end(FromScratch, aspect=aspect)
    panel, table = scene.panel, scene.table
    assert panel.bottom - table.region.top > 0.2
    if aspect == "9:16":
        below = max(box_of(label).top for label in scene.board.plot.y_labels)
        assert table.bottom - below > 0.3


@pytest.mark.parametrize("start", [4.0, -4.0])
@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_step_is_named_under_its_arrow(aspect: str, start: float) -> None:
    (rule,) = at_still(FromScratch, "loop", aspect=aspect, start=start).rule
    assert re.findall(r'"(step|rate|slope)"', rule.source) == ["step", "rate", "slope"]
    for still in ("first-turn", "second-turn"):
        scene = at_still(FromScratch, still, aspect=aspect, start=start)
        (words,) = scene.length
        assert words in visible_lettering(scene)
        ink = scene.look.color("step").lower()
        runs = [run for run in words if run.get_fill_color().to_hex().lower() == ink]
        named, arrow = box_of(VGroup(*runs)), box_of(scene.board.view.arrow)
        assert named.left < arrow.center[0] < named.right
        assert 0 < arrow.bottom - named.top < 0.7


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_the_product_is_told_in_full(aspect: str) -> None:
    for still in ("first-turn", "second-turn"):
        (words,) = at_still(FromScratch, still, aspect=aspect).length
        assert "dot" in words.source


def test_a_square_frame_has_a_row_of_its_own_under_the_axis() -> None:
    lines = {}
    for still in ("loop", "first-turn", "second-turn", "all-turns", "more-turns"):
        scene = at_still(FromScratch, still, aspect="1:1")
        panel, name = scene.panel, scene.board.places.words[1]
        row = (scene.rule if still == "loop" else scene.length) or [name]
        loop = panel.lines[panel.find("for ")]
        lines[still] = loop[0].origin[1]
        lit = box_of(panel.bar.frame).top
        under = max(lit, box_of(loop).top) if still != "loop" else box_of(loop).top
        assert row[0] in visible_lettering(scene)
        assert row[0].box.bottom > under + 0.08
    # The line of the loop stays where it is once the program prints.
    assert lines.pop("loop") < lines["first-turn"]
    assert len(set(lines.values())) == 1


def test_a_square_frame_has_a_plot_high_enough_for_a_slope_in_full_size() -> None:
    scene = at_still(FromScratch, "second-turn", aspect="1:1")
    assert scene.slope[0].em == pytest.approx(units(TYPE.label))
    assert scene.board.plot.inner.height > 0.28 * scene.layout.frame.height


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
def test_no_x_stands_between_two_numbers_as_in_a_product(aspect: str) -> None:
    board = at_end(FromScratch, aspect=aspect).board
    board.places.show(-1.0)
    (name,) = [part for part in board.idea() if getattr(part, "source", "") == "$x$"]
    for label in board.places.numbers:
        beside = max(label.box.left - name.box.right, name.box.left - label.box.right)
        assert beside > 0.4 or name.box.top < label.box.bottom


def test_the_rule_of_the_listing_is_the_edge_of_its_first_row() -> None:
    listing = at_end(FromScratch).bench.listing(0)
    assert box_of(listing.rule).top == pytest.approx(listing.box(0).top)


def test_the_name_of_a_column_stands_over_its_numbers() -> None:
    listing = at_end(FromScratch).bench.listing(0)
    for head, cell in zip(listing.heads[1:], listing.rows[0][1:], strict=True):
        assert head.origin[0] == pytest.approx(cell.origin[0])


def test_what_is_printed_last_stands_over_the_plot_and_the_rest_goes_up() -> None:
    heights: dict[str, list[float]] = {"head": [], "lit": [], "one": []}
    for still in ("first-turn", "second-turn", "all-turns"):
        table = at_still(FromScratch, still).table
        heights["head"].append(table.heads[0].origin[1])
        heights["one"].append(table.rows[0][0].origin[1])
        heights["lit"].append(box_of(table.bar.frame).bottom)
    assert len(set(heights["lit"])) == 1
    for name in ("head", "one"):
        assert heights[name] == sorted(set(heights[name]))


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_a_listing_across_has_its_places_from_the_start(aspect: str) -> None:
    scene = at_still(FromScratch, "first-turn", aspect=aspect)
    table, seen = scene.table, visible_lettering(scene)
    assert all(row[0] in seen for row in table.rows)
    assert [row[1] in seen for row in table.rows] == [True] + [False] * (len(table.rows) - 1)
    assert table.size >= scene.panel.size - 1e-6
    assert box_of(table.rule).right >= scene.board.plot.inner.right - 0.1


def test_a_name_that_stands_high_has_a_line_to_its_point() -> None:
    scene = at_end(FromScratch, aspect="4:3")
    words, leader = scene.board.ends.name(scene.trace)
    x, y = scene.board.plot.at(scene.trace.points[-1][0], scene.trace.values[-1])
    assert box_of(leader).left == pytest.approx(x)
    assert y < box_of(leader).bottom < box_of(leader).top < words.box.bottom

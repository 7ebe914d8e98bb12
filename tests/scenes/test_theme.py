"""The colours can be read, told apart by everyone, and a wrong theme says what is wrong with it."""

from __future__ import annotations

import dataclasses
import itertools
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from scenes import color, theme
from scenes.theme import (
    DARK,
    LIGHT,
    MEET,
    PAIRS,
    ROLES,
    SPOKEN,
    STROKE,
    TYPE,
    Theme,
    ThemeError,
    stroke_width,
    units,
)

THEMES = pytest.mark.parametrize("look", [DARK, LIGHT], ids=lambda look: look.name)
COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def seen(text: str, sight: str) -> Color:
    """Give what coloraide says a screen of 8 bits shows to somebody."""
    shown = Color(text) if sight == "normal" else Color(text).filter(sight)
    return Color(shown.convert("srgb").clip().to_string(hex=True))


def measured(one: str, other: str) -> float:
    return min(
        seen(one, sight).delta_e(seen(other, sight), method="2000") for sight in color.SIGHTS
    )


# The arithmetic against coloraide's


@given(COLORS, COLORS)
def test_contrast_and_distance_are_coloraides(one: str, other: str) -> None:
    assert color.contrast(one, other) == pytest.approx(Color(one).contrast(Color(other)), rel=1e-6)
    wanted = Color(one).delta_e(Color(other), method="2000")
    assert color.distance(one, other) == pytest.approx(wanted, abs=1e-4)


@given(COLORS)
def test_sights_are_coloraides(text: str) -> None:
    for sight, see in color.SIGHTS.items():
        ours, theirs = color.parse_hex(see(text)), seen(text, sight)[:3]
        # one step of 255: a value on the edge may be rounded either way
        assert ours == pytest.approx(theirs, abs=1.01 / 255)


@given(COLORS)
def test_grey_keeps_the_luminance(text: str) -> None:
    assert color.lightness(color.grey(text)) == pytest.approx(color.lightness(text), abs=0.5)
    assert len(set(color.parse_hex(color.grey(text)))) == 1


def test_distance_of_the_published_hard_cases() -> None:
    # hues on either side of 0, opposite hues, greys
    for one, other in [("#ff0010", "#ff1000"), ("#804040", "#408080"), ("#777777", "#787878")]:
        wanted = Color(one).delta_e(Color(other), method="2000")
        assert color.distance(one, other) == pytest.approx(wanted, abs=1e-4)
        assert color.distance(one, other) == pytest.approx(color.distance(other, one))


@pytest.mark.parametrize(
    "wrong", ["red", "#12345", "123456", "#12345g", "", "#1234567", " #123456"]
)
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        color.parse_hex(wrong)


# The two themes


@THEMES
def test_the_built_in_themes_have_nothing_to_warn_of(look: Theme) -> None:
    assert look.warnings() == ()


@THEMES
def test_all_that_is_read_has_the_contrast_of_text(look: Theme) -> None:
    ground = Color(look.background)
    for text in (*(look.color(role) for role in SPOKEN), *look.series):
        assert ground.contrast(Color(text)) >= 4.5
    for role in ROLES[1:]:
        assert ground.contrast(Color(look.color(role))) >= 3


@THEMES
def test_what_meets_is_told_apart_by_everyone(look: Theme) -> None:
    for one, other in PAIRS:
        assert measured(look.color(one), look.color(other)) >= 15, (one, other)


@THEMES
def test_a_minimum_is_told_from_text_and_from_runs_that_are_compared(look: Theme) -> None:
    for other in (look.text, look.curve, *look.series[:5]):
        assert measured(look.minimum, other) >= 15, other


@THEMES
def test_at_most_six_hues_meet(look: Theme) -> None:
    assert len(MEET) - 1 == 6  # the minimum and the warning take turns
    assert look.text not in {look.color(role) for role in MEET}


def test_series_are_apart_from_each_other_and_from_the_curve_they_run_on() -> None:
    for look, all_eight in ((DARK, 15.0), (LIGHT, 13.5)):
        assert len({*look.series}) == 8
        for one, other in itertools.combinations(look.series, 2):
            assert measured(one, other) >= all_eight
        for run in look.series[:5]:
            assert measured(run, look.curve) >= 15


@THEMES
def test_what_touches_differs_on_a_grey_handout(look: Theme) -> None:
    touching = [
        ("point", "step"),
        ("point", "curve"),
        ("curve", "slope_up"),
        ("curve", "slope_down"),
        ("curve", "step"),
    ]
    for one, other in touching:
        apart = abs(color.lightness(look.color(one)) - color.lightness(look.color(other)))
        assert apart >= 9, (one, other)


@THEMES
def test_the_trail_is_the_points_own_hue_and_quieter(look: Theme) -> None:
    point, trail = (Color(look.color(role)) for role in ("point", "trail"))
    turn = (point.convert("oklch")["hue"] - trail.convert("oklch")["hue"] + 180) % 360 - 180
    assert abs(turn) < 12
    ground = Color(look.background)
    assert 3 <= ground.contrast(trail) < ground.contrast(point)


# Ghosts


@THEMES
def test_ghosts_fade_step_by_step_and_never_vanish(look: Theme) -> None:
    for role in ROLES[1:]:
        ratios = [
            color.contrast(look.blend(role, amount), look.background)
            for amount in (0, 0.25, 0.5, 0.75, 1)
        ]
        assert ratios == sorted(ratios, reverse=True)
        assert len({*ratios}) == 5
        assert ratios[-1] >= 3


@given(COLORS, st.floats(0, 1), st.sampled_from([1.0, 1.5, 3.0, 4.5]))
def test_a_blend_never_falls_below_its_floor(text: str, amount: float, floor: float) -> None:
    for look in (DARK, LIGHT):
        before = color.contrast(text, look.background)
        after = color.contrast(look.blend(text, amount, floor), look.background)
        assert after >= min(before, floor) - 1e-9


def test_blending_goes_from_the_colour_to_the_background() -> None:
    assert DARK.blend("point", 0) == DARK.point
    assert DARK.blend("point", 1, floor=1) == DARK.background
    assert DARK.blend("#FFF", 0) == "#ffffff"
    assert DARK.blend("series_2", 0) == DARK.series[1]
    with pytest.raises(ThemeError, match=r"blend amount 1\.5: from 0 to 1"):
        DARK.blend("point", 1.5)
    with pytest.raises(ThemeError, match="blend = '#12'"):
        DARK.blend("#12", 0.5)


# A user's own


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_changes_only_what_it_names(tmp_path: Path) -> None:
    mine = Theme.load(write(tmp_path, 'curve = "#ABC"\n'))
    assert mine == dataclasses.replace(DARK, name="mine", curve="#aabbcc")
    assert Theme.load(str(tmp_path / "mine.toml")) == mine


def test_a_light_background_brings_the_light_roles(tmp_path: Path) -> None:
    paper = Theme.load(write(tmp_path, 'name = "paper"\nbackground = "#faf6ee"\n'))
    assert (paper.name, paper.text, paper.is_dark) == ("paper", LIGHT.text, False)
    based = Theme.load(write(tmp_path, 'base = "light"\ncurve = "#123456"\n'))
    assert based == dataclasses.replace(LIGHT, name="mine", curve="#123456")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('curv = "#fff"', 'mine.toml: "curv" is not a role; did you mean "curve"?'),
        ('slope = "#fff"', 'did you mean "slope_'),
        ('zebra = "#fff"', 'mine.toml: "zebra" is not a role; roles are '),
        ('curve = "blue"', "theme mine: curve = 'blue': a colour is written #rgb or #rrggbb"),
        ("curve = 3", "theme mine: curve = 3: a colour is written"),
        ('background = "white"', "background = 'white': a colour is written"),
        ('base = "night"', "base = 'night': one of dark, light"),
        ("base = [1]", "base = [1]: one of dark, light"),
        ('series = ["#fff"]', "series = ['#fff']: a list of eight colours"),
        ('series = "#fff"', "series = '#fff': a list of eight colours"),
        ("series = [1, 2, 3, 4, 5, 6, 7, 8]", "series 1 = 1: a colour is written"),
        ("curve = ", "mine.toml: cannot be read: "),
    ],
)
def test_a_wrong_file_is_one_line_that_says_what_is_wrong(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(ThemeError) as caught:
        Theme.load(write(tmp_path, text))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ThemeError, match="cannot be read"):
        Theme.load(path)
    with pytest.raises(ThemeError, match="no such file, and the built-in themes are dark, light"):
        Theme.load(tmp_path)


def test_a_theme_of_ones_own_is_warned_of_with_figures() -> None:
    # manim's own RED and GREEN
    poor = dataclasses.replace(DARK, text="#555555", slope_up="#fc6255", slope_down="#83c167")
    found = poor.warnings()
    assert "text: 2.5:1 on the background, less than 4.5:1" in found
    assert "slope_up and slope_down: 5.0 ΔE2000 apart under deutanopia, less than 15" in found
    assert not any("series" in line or "axis" in line for line in found)


def test_themes_are_plain_values() -> None:
    assert pickle.loads(pickle.dumps(DARK)) == DARK
    assert hash(DARK) != hash(LIGHT)
    assert dataclasses.replace(DARK, curve="#FFF").curve == "#ffffff"
    with pytest.raises(dataclasses.FrozenInstanceError):
        DARK.curve = "#ffffff"  # type: ignore[misc]


# Sizes


def test_nothing_is_smaller_than_the_smallest_type() -> None:
    sizes = [value for name, value in vars(TYPE).items() if not name.startswith("_")]
    assert min(sizes) == TYPE.minimum == 3.3


def test_units_and_stroke_widths_are_manims() -> None:
    assert units(100) == theme.SHORT_SIDE
    # cairo draws a stroke of width w as w / 100 units
    assert stroke_width(STROKE.point) / 100 == units(STROKE.point)


def test_colours_need_nothing_that_is_only_there_for_development() -> None:
    program = "import scenes.theme, sys; print({'coloraide', 'manim', 'numpy'} & {*sys.modules})"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "set()"

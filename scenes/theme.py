"""What things are called becomes how they look: colours, type sizes, strokes and durations.

A scene never names a colour, only a role: the curve, the point, the step. Two themes are built in,
``dark`` for projectors and ``light`` for print; a lecturer's own is a small TOML file.
"""

from __future__ import annotations

import difflib
import itertools
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final

from scenes.color import closest, contrast, mix, parse_hex, to_hex

SHORT_SIDE: Final = 8.0
"""The frame's shorter side in manim's units, in every aspect: sizes in % of it never change."""

TEXT_CONTRAST: Final = 4.5
GRAPHIC_CONTRAST: Final = 3.0
FAR_ENOUGH: Final = 15.0
"""The least contrast of text and of graphics (WCAG 2), and the least CIEDE2000 of two hues."""

LARGEST_FILE: Final = 100_000
"""Bytes of a theme file."""

ROLES: Final = (
    *("background", "text", "muted", "axis", "curve", "point", "slope_up", "slope_down"),
    *("step", "minimum", "trail", "warning"),
)
SPOKEN: Final = (
    *("text", "muted", "curve", "point", "slope_up", "slope_down", "step", "minimum", "warning"),
)
"""Roles that letters and numbers are drawn in: a formula wears the colour of what it means."""

MEET: Final = ("curve", "point", "slope_up", "slope_down", "step", "minimum", "warning")
"""Roles with a hue of their own; the others are greys, or shades of these."""

PAIRS: Final = (
    *(pair for pair in itertools.combinations(MEET, 2) if pair != ("minimum", "warning")),
    *itertools.combinations((f"series_{at}" for at in range(1, 7)), 2),
    ("trail", "minimum"),
)
"""What stands in one frame and must not be mistaken for each other.

A run that goes wrong has no minimum to show, so these two never meet; and more than six runs in one
frame are told apart by their dashes too.
"""


class ThemeError(ValueError):
    """A theme that cannot be used; one line says which role, what was given, what is allowed."""


@dataclass(frozen=True)
class Theme:
    """A colour for every role, as ``#rrggbb``.

    Parameters
    ----------
    name
        What the theme is called in messages.
    background, text, muted, axis
        The frame: behind everything, what is said, what is said quietly, and lines that only
        carry others (axes, ticks, guides).
    curve, point, slope_up, slope_down, step, minimum
        The function, where we are, the tangent by the sign of its slope, the arrow, the goal.
    trail
        Where we have been: the point's own hue, quieter.
    warning
        What has gone wrong.
    series
        Eight colours for runs that are compared; the first ones are the furthest apart.

    Examples
    --------
    >>> DARK.color("curve") == DARK.curve
    True
    >>> Theme.load("light") is LIGHT
    True
    """

    name: str
    background: str
    text: str
    muted: str
    axis: str
    curve: str
    point: str
    slope_up: str
    slope_down: str
    step: str
    minimum: str
    trail: str
    warning: str
    series: tuple[str, ...]

    def __post_init__(self) -> None:
        for role in ROLES:
            object.__setattr__(self, role, _hex(self.name, role, getattr(self, role)))
        given = self.series
        if not isinstance(given, (list, tuple)) or len(given) != 8:
            raise ThemeError(f"theme {self.name}: series = {given!r}: a list of eight colours")
        series = (_hex(self.name, f"series {at}", value) for at, value in enumerate(given, 1))
        object.__setattr__(self, "series", tuple(series))

    def __str__(self) -> str:
        return self.name

    @property
    def is_dark(self) -> bool:
        """Whether the background is nearer to black than to white."""
        return _is_dark(self.background)

    def color(self, role: str) -> str:
        """Give the colour of a role; ``series_1`` to ``series_8`` name the series.

        >>> DARK.color("series_1") == DARK.series[0]
        True
        >>> DARK.color("curv")
        Traceback (most recent call last):
        ...
        scenes.theme.ThemeError: theme dark: "curv" is not a role; did you mean "curve"?
        """
        known = {role: getattr(self, role) for role in ROLES}
        known |= {f"series_{at}": value for at, value in enumerate(self.series, 1)}
        if role not in known:
            raise ThemeError(f"theme {self.name}: {_unknown(role, tuple(known))}")
        return str(known[role])

    def blend(self, color: str, amount: float, floor: float = GRAPHIC_CONTRAST) -> str:
        """Fade a colour towards the background, for ghosts, without losing it.

        A solid colour, not an opacity: ghosts that overlap would add up, and grow darker than the
        point they came from.

        Parameters
        ----------
        color
            A role, ``series_1`` to ``series_8``, or ``#rrggbb``.
        amount
            0 is the colour itself, 1 the faintest that still has the contrast ``floor``; the whole
            range is used, so no two ghosts of one trail look the same.
        floor
            3 for what must be seen. Only what carries no meaning, such as the shade behind a
            code line, may go down to 1, where an amount of 1 is the background.

        Returns
        -------
        str
            ``#rrggbb``; the colour itself where it is already below ``floor``.

        Examples
        --------
        >>> from scenes.color import contrast
        >>> contrast(DARK.blend("point", 1), DARK.background) >= 3
        True
        >>> DARK.blend("point", 1, floor=1) == DARK.background
        True
        """
        if not 0 <= amount <= 1:
            raise ThemeError(f"theme {self.name}: blend amount {amount:g}: from 0 to 1")
        shade = _hex(self.name, "blend", color) if color.startswith("#") else self.color(color)
        return mix(shade, self.background, amount * _reach(shade, self.background, floor))

    @classmethod
    def load(cls, name_or_path: str | Path) -> Theme:
        """Take a built-in theme, or read a TOML file of roles.

        A file names only the roles that it changes; the others come from ``base = "dark"`` or
        ``"light"``, and without ``base`` from the one that suits the file's background.

        Raises
        ------
        ThemeError
            For a file, role or colour that is wrong, in one line.

        Examples
        --------
        >>> Theme.load("drak")
        Traceback (most recent call last):
        ...
        scenes.theme.ThemeError: theme "drak": no such file, and the built-in themes are dark, light
        """
        if str(name_or_path) in BUILT_IN:
            return BUILT_IN[str(name_or_path)]
        try:
            path = Path(name_or_path).expanduser()
            found = path.is_file()
        except (OSError, ValueError, RuntimeError):
            found = False
        if not found:
            built_in = ", ".join(BUILT_IN)
            raise ThemeError(
                f'theme "{name_or_path}": no such file, and the built-in themes are {built_in}'
            )
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
            if len(content) > LARGEST_FILE:
                raise ValueError(f"larger than {LARGEST_FILE // 1000} kB")
            given: dict[str, Any] = tomllib.loads(content.decode("utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise ThemeError(
                f"theme {path}: cannot be read: {' '.join(str(error).split())}"
            ) from None
        known = (*(field.name for field in fields(cls)), "base")
        for role in given:
            if role not in known:
                raise ThemeError(f"theme {path}: {_unknown(role, known)}")
        light = "background" in given and not _is_dark(
            _hex(str(path), "background", given["background"])
        )
        base = given.pop("base", "light" if light else "dark")
        if not isinstance(base, str) or base not in BUILT_IN:
            raise ThemeError(f"theme {path}: base = {base!r}: one of {', '.join(BUILT_IN)}")
        roles = {field.name: getattr(BUILT_IN[base], field.name) for field in fields(cls)}
        return cls(**(roles | {"name": path.stem} | given))

    def warnings(self) -> tuple[str, ...]:
        """Say what is hard to read or to tell apart in this theme; both built-in ones say nothing.

        Returns
        -------
        tuple of str
            One sentence each, with the figure.
        """
        found = []
        for role in (*ROLES[1:], *(f"series_{at}" for at in range(1, 9))):
            least = GRAPHIC_CONTRAST if role in ("axis", "trail") else TEXT_CONTRAST
            ratio = contrast(self.color(role), self.background)
            if ratio < least:
                found.append(f"{role}: {ratio:.1f}:1 on the background, less than {least:g}:1")
        for one, other in PAIRS:
            apart, sight = closest(self.color(one), self.color(other))
            if apart < FAR_ENOUGH:
                seen = "" if sight == "normal" else f" under {sight}opia"
                found.append(
                    f"{one} and {other}: {apart:.1f} ΔE2000 apart{seen}, less than {FAR_ENOUGH:g}"
                )
        return tuple(found)


def _hex(theme: str, role: str, value: object) -> str:
    """Check a colour and write it the one way that digests and comparisons can rely on."""
    try:
        if isinstance(value, str):
            return to_hex(parse_hex(value))
    except ValueError:
        pass
    raise ThemeError(
        f'theme {theme}: {role} = {value!r}: a colour is written #rgb or #rrggbb, as in "#5b94e8"'
    )


def _unknown(role: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(role, known, n=1, cutoff=0.5)
    hint = f'; did you mean "{near[0]}"?' if near else f"; roles are {', '.join(known)}"
    return f'"{role}" is not a role{hint}'


def _is_dark(color: str) -> bool:
    return contrast(color, "#ffffff") > contrast(color, "#000000")


@cache
def _reach(color: str, background: str, floor: float) -> float:
    """How far a colour can go towards the background before its contrast falls below the floor."""
    low, high = 0.0, 1.0
    if contrast(background, background) >= floor:
        return high
    if contrast(color, background) < floor:
        return low
    for _ in range(20):
        middle = (low + high) / 2
        if contrast(mix(color, background, middle), background) >= floor:
            low = middle
        else:
            high = middle
    return low


# The hues come from tests/scenes/palette_search.py. Series are the roles' own hues, so that a race
# looks like the lesson before it; the first five also keep apart from the curve they may run on.
DARK: Final = Theme(
    name="dark",
    background="#10141b",
    text="#eceff4",
    muted="#8e98aa",
    axis="#6f7a8d",
    curve="#478ae2",
    point="#feee82",
    slope_up="#fd9285",
    slope_down="#cebbfb",
    step="#66e8c8",
    minimum="#789f0f",
    trail="#82734b",
    warning="#df4a7f",
    series=(
        *("#feee82", "#66e8c8", "#fd9285", "#cebbfb"),
        *("#df4a7f", "#478ae2", "#789f0f", "#b58da7"),
    ),
)

LIGHT: Final = Theme(
    name="light",
    background="#ffffff",
    text="#1a1d23",
    muted="#5c6675",
    axis="#7a8494",
    curve="#091fb9",
    point="#a5035b",
    slope_up="#a4690b",
    slope_down="#7752bb",
    step="#047b7b",
    minimum="#484809",
    trail="#c05b82",
    warning="#55110d",
    series=(
        *("#a5035b", "#047b7b", "#a4690b", "#7752bb"),
        # Not quite the warning's: a race has a minimum beside it.
        *("#480c1c", "#091fb9", "#220852", "#5a4c24"),
    ),
)

BUILT_IN: Final = {"dark": DARK, "light": LIGHT}


class TYPE:
    """Sizes of one em in % of the frame's shorter side; nothing is smaller than ``minimum``."""

    title: Final = 6.0
    formula: Final = 5.6
    caption: Final = 5.0
    equation: Final = 6.5
    label: Final = 4.5
    tick: Final = 3.6
    minimum: Final = 3.3


WORD_SIZES: Final = (TYPE.label, 4.0, TYPE.tick)
"""Sizes of words at what is drawn, the best first."""


class STROKE:
    """Widths of lines and sizes of dots in % of the frame's shorter side."""

    curve: Final = 0.55
    tangent: Final = 0.75
    arrow: Final = 1.1
    arrow_head: Final = 3.0
    axis: Final = 0.25
    guide: Final = 0.25
    point: Final = 3.0
    ghost: Final = 2.0


class TIME:
    """Durations in seconds: the rhythm that all lessons share."""

    fade: Final = 0.4
    write: Final = 0.8
    move: Final = 1.0
    morph: Final = 1.0
    step: Final = 1.2
    quick: Final = 0.3
    pause: Final = 0.5
    hold: Final = 1.5
    takeaway: Final = 3.0


def units(percent: float) -> float:
    """Turn % of the frame's shorter side into frame units.

    >>> units(TYPE.caption)
    0.4
    """
    return percent * SHORT_SIDE / 100


def stroke_width(percent: float) -> float:
    """Turn % of the frame's shorter side into manim's stroke width, a hundredth of a unit.

    >>> round(stroke_width(STROKE.curve), 3)
    4.4
    """
    return 100 * units(percent)

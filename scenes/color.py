"""How far apart two colours are, for whoever looks: contrast, colour-blindness, distance, grey.

A lecturer's own theme is checked when it is loaded, so this is plain Python and needs nothing
installed; the tests hold every number here against coloraide.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")

# Linear sRGB to the responses of the three cones (Smith and Pokorny), as in Brettel, Viénot and
# Mollon 1997 and Viénot, Brettel and Mollon 1999; the other matrices here follow from this one.
_LMS: Matrix = (
    (0.178824041258, 0.4351609057, 0.04119349692),
    (0.034556423182, 0.27155382458, 0.03867130836),
    (0.000299565576, 0.0018430896, 0.01467086136),
)
_PROTAN: Matrix = (
    (0.11238276122216405, 0.8876172387778362, 0.0),
    (0.11238276122216398, 0.8876172387778362, 0.0),
    (0.0040057682730469425, -0.004005768273046939, 1.0),
)
_DEUTAN: Matrix = (
    (0.2927501142784356, 0.7072498857215644, 0.0),
    (0.2927501142784356, 0.7072498857215644, 0.0),
    (-0.022336587034129083, 0.022336587034129093, 1.0),
)
# Tritanopes need two half planes (Brettel): one matrix would show them wrong reds and greens.
_TRITAN: tuple[Matrix, Matrix] = (
    (
        (7.392856536180033, -11.148044821248138, 0.0),
        (-0.34194012421930653, 3.5501661175064, 0.0),
        (-4.2050692716448586, 10.89115898202731, 0.0),
    ),
    (
        (8.0643934576311, -12.42414705871019, 0.0),
        (-0.9956078228581946, 4.7923119863996835, 0.0),
        (-0.2150297288038942, 3.3090019545637928, 0.0),
    ),
)
_TRITAN_SPLIT: Triple = (0.344781556122, -0.655178443878, 0.0)
_XYZ: Matrix = (
    (0.41239079926595934, 0.357584339383878, 0.1804807884018343),
    (0.21263900587151027, 0.715168678767756, 0.07219231536073371),
    (0.01933081871559182, 0.11919477979462598, 0.9505321522496607),
)
_WHITE: Triple = (0.3127 / 0.329, 1.0, (1 - 0.3127 - 0.329) / 0.329)  # D65


def parse_hex(text: str) -> Triple:
    """Red, green and blue in 0 to 1.

    >>> parse_hex("#f80")
    (1.0, 0.5333333333333333, 0.0)
    """
    if not _HEX.fullmatch(text):
        raise ValueError(f'"{text}" is not a colour; write #rgb or #rrggbb, as in "#5b94e8"')
    digits = text[1:] if len(text) == 7 else "".join(2 * digit for digit in text[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def to_hex(rgb: Triple) -> str:
    """Write a colour as ``#rrggbb``; what is out of gamut is clipped.

    >>> to_hex((1.0, 0.5, -0.1))
    '#ff8000'
    """
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, part))):02x}" for part in rgb)


def mix(color: str, other: str, amount: float) -> str:
    """Go from ``color`` to ``other`` by ``amount`` (0 to 1), as opacity would on a screen.

    >>> mix("#000000", "#ffffff", 0.2)
    '#333333'
    """
    first, second = parse_hex(color), parse_hex(other)
    red, green, blue = (a + (b - a) * amount for a, b in zip(first, second, strict=True))
    return to_hex((red, green, blue))


def luminance(color: str) -> float:
    """Relative luminance of WCAG 2: black 0, white 1."""
    return _dot(_XYZ[1], _linear(parse_hex(color)))


def contrast(color: str, other: str) -> float:
    """Contrast ratio of WCAG 2, 1 to 21.

    >>> round(contrast("#ffffff", "#000000"), 6)
    21.0
    """
    low, high = sorted((luminance(color), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def grey(color: str) -> str:
    """How a printer without colours prints it: a grey of the same luminance."""
    level = _encode(luminance(color))
    return to_hex((level, level, level))


def lightness(color: str) -> float:
    """CIE lightness, 0 to 100: what remains of a colour on a grey handout."""
    return _lab(color)[0]


def protan(color: str) -> str:
    """How it looks without long-wave cones (Viénot 1999)."""
    return _seen(color, lambda rgb: _times(_PROTAN, rgb))


def deutan(color: str) -> str:
    """How it looks without middle-wave cones (Viénot 1999)."""
    return _seen(color, lambda rgb: _times(_DEUTAN, rgb))


def tritan(color: str) -> str:
    """How it looks without short-wave cones (Brettel 1997)."""

    def project(rgb: Triple) -> Triple:
        cones = _times(_LMS, rgb)
        return _times(_TRITAN[_dot(_TRITAN_SPLIT, cones) > 0], cones)

    return _seen(color, project)


SIGHTS: dict[str, Callable[[str], str]] = {
    "normal": lambda color: color,
    "protan": protan,
    "deutan": deutan,
    "tritan": tritan,
}


def distance(color: str, other: str) -> float:
    """CIEDE2000 colour difference: 1 is barely seen side by side, 15 is told apart at a glance."""
    (l1, a1, b1), (l2, a2, b2) = _lab(color), _lab(other)
    mean = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * math.sqrt(mean / (mean + 25**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = h1 - h2
    if c1 * c2 == 0:
        turn, hue = 0.0, h1 + h2
    elif abs(turn) <= 180:
        hue = (h1 + h2) / 2
    else:
        turn -= math.copysign(360, turn)
        hue = (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2
    d_hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = 1.0
    for weight, times, shift in ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.2, 4, -63)):
        t += weight * math.cos(math.radians(times * hue + shift))
    off_grey = (light - 50) ** 2
    part_l = (l1 - l2) / (1 + 0.015 * off_grey / math.sqrt(20 + off_grey))
    part_c = (c1 - c2) / (1 + 0.045 * chroma)
    part_h = d_hue / (1 + 0.015 * chroma * t)
    rotate = 60 * math.exp(-(((hue - 275) / 25) ** 2))
    twist = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * math.sin(math.radians(rotate))
    return math.sqrt(part_l**2 + part_c**2 + part_h**2 + twist * part_c * part_h)


def closest(color: str, other: str) -> tuple[float, str]:
    """Return the smallest distance of two colours over all ways to see them, and which it is.

    >>> distance_seen, sight = closest("#fc6255", "#83c167")  # Manim's RED and GREEN
    >>> round(distance_seen), sight
    (5, 'deutan')
    """
    return min((distance(see(color), see(other)), name) for name, see in SIGHTS.items())


def _dot(row: Sequence[float], vector: Triple) -> float:
    return row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2]


def _times(matrix: Matrix, vector: Triple) -> Triple:
    return _dot(matrix[0], vector), _dot(matrix[1], vector), _dot(matrix[2], vector)


def _decode(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _encode(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _linear(rgb: Triple) -> Triple:
    return _decode(rgb[0]), _decode(rgb[1]), _decode(rgb[2])


def _seen(color: str, project: Callable[[Triple], Triple]) -> str:
    red, green, blue = project(_linear(parse_hex(color)))
    return to_hex((_encode(red), _encode(green), _encode(blue)))


def _lab(color: str) -> Triple:
    def f(t: float) -> float:
        return math.cbrt(t) if t > (6 / 29) ** 3 else t * (29 / 6) ** 2 / 3 + 4 / 29

    x, y, z = _times(_XYZ, _linear(parse_hex(color)))
    fx, fy, fz = f(x / _WHITE[0]), f(y / _WHITE[1]), f(z / _WHITE[2])
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)

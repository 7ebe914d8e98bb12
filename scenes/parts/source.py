"""Typst source, written safely.

`Source` marks what may go to Typst as it is. Any other string is text from somebody and passes
through `plain`, which turns it into a Typst string literal: nothing in it is run.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from scenes.theme import ROLES
from scenes.words import equals, number

INKS: tuple[str, ...] = (*ROLES, *(f"series_{index}" for index in range(1, 9)))
"""The roles that type can wear; a role travels through Typst as a fill colour of its own."""


class Source(str):
    """Typst source that this project wrote, or text that was made safe."""

    __slots__ = ()


def plain(text: str) -> Source:
    r"""Return text as Typst source that shows just these characters.

    Examples
    --------
    >>> plain('#read("/etc/passwd")')
    '#"#read(\\"/etc/passwd\\")"'
    """
    shown = "".join(character if character.isprintable() else " " for character in text)
    return Source('#"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"')


def math(source: str) -> Source:
    """Return Typst mathematics as an inline formula.

    Examples
    --------
    >>> math("x^2")
    '$x^2$'
    """
    return Source(f"${source}$")


def figure(written: str) -> Source:
    """Return a number written by `scenes.words` as Typst mathematics, powers of ten included.

    Examples
    --------
    >>> figure("4·10⁻²⁰")
    '4 dot 10^(-20)'
    """
    mantissa, power, exponent = written.partition("·10")
    if not power:
        return Source({"∞": "infinity", "undefined": '"undefined"'}.get(written, written))
    return Source(f"{mantissa} dot 10^({exponent.translate(_NORMAL)})")


def told(value: float, digits: int = 4) -> Source:
    """Return a number to so many digits as Typst mathematics, with a sign if it is rounded.

    Examples
    --------
    >>> told(3.2), told(0.1255394)
    ('3.2', 'approx 0.1255')
    """
    written = figure(number(value, digits))
    return written if equals(value, digits=digits) == "=" else Source(f"approx {written}")


def mark(written: str) -> Source:
    """Return the number of a tick: a figure, but a power of ten alone where it is one.

    Examples
    --------
    >>> mark("−1·10⁻⁷"), mark("2·10⁶"), mark("1")
    ('−10^(-7)', '2 dot 10^(6)', '1')
    """
    return Source(re.sub(r"^(−?)1 dot ", r"\1", figure(written)))


_NORMAL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def code(text: str) -> Source:
    """Return text as source in the code font, spaces kept."""
    return Source(f"#raw({plain(text)[1:]})")


def ink(role: str, body: str) -> Source:
    """Return source that wears the colour of a role, in text and inside formulas alike."""
    content = body if isinstance(body, Source) else plain(body)
    return Source(f'#text(fill: rgb("{ink_code(role)}"))[{content}]')


def ink_code(role: str) -> str:
    """Return the fill that stands for a role on its way through Typst."""
    return f"#0000{INKS.index(role) + 1:02x}"


EQUALS, ABOUT = (f'class("relation", {ink("text", math(sign))})' for sign in ("=", "approx"))
"""Signs between terms of different colours, which belong to none of them."""


def relation(*values: float, digits: int = 4) -> str:
    """Return the sign between terms and numbers of so many digits: an equals sign if all are exact.

    Examples
    --------
    >>> relation(3.2) == EQUALS, relation(3.2, 2.67043) == ABOUT
    (True, True)
    """
    return EQUALS if equals(*values, digits=digits) == "=" else ABOUT


def ink_role(fill: str) -> str | None:
    """Return the role that a fill stands for, or None for the body's own colour."""
    return INKS[int(fill[5:7], 16) - 1] if fill.startswith("#0000") and fill != "#000000" else None


def join(*parts: str) -> Source:
    """Return parts one after the other: text is made plain, source stays."""
    return Source(
        "".join(part if isinstance(part, Source) else _with_italics(part) for part in parts)
    )


def lines(*written: str, flush: str = "left") -> Source:
    """Return text in several lines, each as `join` makes it, which begin or end in line."""
    source = "#linebreak()".join(join(line) for line in written)
    return Source(source if flush == "left" else f"#align({flush})[{source}]")


_VARIABLE = re.compile(r"(?<![A-Za-z′])(?:d[xyf]|[bfhknwxyθβρηακ])(?![A-Za-z])")


def _with_italics(text: str) -> Source:
    """Return text with the single letters of its formulas in italics, as mathematics is set."""
    out: list[str] = []
    end = 0
    for match in _VARIABLE.finditer(text):
        out += [_upright(text[end : match.start()]), _italic(match.group(), text[match.end() :])]
        # A prime is part of its letter.
        end = match.end() + text.startswith("′", match.end())
    return Source("".join([*out, _upright(text[end:])]))


def _upright(text: str) -> Source:
    """Return text without variables; its signs for rounded numbers are those of formulas."""
    parts = [plain(part) if part else "" for part in text.split("≈")]
    return Source(math("approx").join(parts)) if len(parts) > 1 else plain(text)


def _italic(letter: str, after: str) -> str:
    # The italic f leans over what follows it. The prime is that of formulas: in the text font it
    # would look like an accent.
    primed = after.startswith("′")
    lean = "0.07em" if after.startswith((" ", "(")) else "0.1em" if primed else ""
    space = f"#h({lean})" if letter == "f" and lean else ""
    return f"#emph[{plain(letter)}]{space}" + (';$""\'$' if primed else "")


def wrapped(
    text: str, width: float, measure: Callable[[str], float], least: int = 1, slack: float = 1.0
) -> tuple[str, ...]:
    """Break text into the fewest lines of at most `width`, as even as can be.

    A formula is never broken: words around =, −, +, ·, / and the like stay together, and so do the
    numbers of a place, as in (10, 2), and a number of steps.

    Parameters
    ----------
    text
        One sentence.
    width
        The widest that a line may be, in the unit of `measure`.
    measure
        Gives the width of a string.
    least
        So many lines at least, if there are as many words.
    slack
        Two lines break after a comma or the like if the longer one is then at most so many times as
        long as that of the most even break.

    Returns
    -------
    tuple of str
        The lines. A word wider than `width` has a line of its own.

    Examples
    --------
    >>> wrapped("the slope is 8 at x = 4", 12, len)
    ('the slope is', '8 at x = 4')
    >>> wrapped("the slope is 8 at x = 4", 99, len, least=2)
    ('the slope is', '8 at x = 4')
    >>> wrapped("here the slope is 8, not 6", 99, len, least=2, slack=1.5)
    ('here the slope is 8,', 'not 6')
    """
    words = _unbreakable(text)
    lines = _greedy(words, width, measure)
    most = max(len(lines), least)
    # The narrowest width that needs no more lines is the most even break.
    low, high = max(measure(word) for word in words), max(width, *(measure(line) for line in lines))
    for _ in range(12):
        middle = (low + high) / 2
        if len(_greedy(words, middle, measure)) <= most:
            high = middle
        else:
            low = middle
    even = _greedy(words, high, measure)
    longest = min(width, slack * max(map(measure, even)))
    halves = [
        (" ".join(words[:at]), " ".join(words[at:]))
        for at in range(1, len(words))
        if len(even) == 2 and slack > 1 and words[at - 1].endswith((",", ".", ":", ";"))
    ]
    best = min(halves, key=lambda pair: max(map(measure, pair)), default=None)
    return best if best and max(map(measure, best)) <= longest else tuple(even)


_GLUE = {"=", "−", "+", "·", "/", "<", ">", "≤", "≥", "≈", "×", "∼", "%"}

_HALF_A_PLACE = re.compile(r"\([^()]*,$")
"""What a place in the plane begins with: its second number stays on the same line."""


_COUNT = re.compile(r"\d+ steps?\b")
"""A number of steps."""


def _unbreakable(text: str) -> list[str]:
    words = text.split()
    out: list[str] = []
    glue = False
    for word in words:
        counted = out and _COUNT.fullmatch(f"{out[-1]} {word.rstrip('.,:;')}")
        if out and (glue or counted or word in _GLUE or word.rstrip(".,:;") == "%"):
            out[-1] += f" {word}"
        else:
            out.append(word)
        glue = (word in _GLUE and word != "%") or bool(_HALF_A_PLACE.search(word))
    return out or [text]


def _greedy(words: list[str], width: float, measure: Callable[[str], float]) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines

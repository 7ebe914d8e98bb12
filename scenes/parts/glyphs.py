"""Typst source to outlines: every word and formula on screen is drawn from here.

One compiler lives as long as the process, so that a line costs well under a millisecond; glyph
outlines are parsed once and shared. Lengths are in em of the surrounding text, the origin is the
start of the (first) baseline, y points up.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

import numpy as np
import typst
from numpy.typing import NDArray

Outline = NDArray[np.float64]
"""Cubic curves as rows of (x, y), four rows a curve: anchor, handle, handle, anchor."""

SIZE = 10.0
"""The size in pt at which Typst sets the type; outlines are divided by it."""

MARKER = "#fe0102"
"""The fill of the invisible mark that tells where the baseline is."""

PREAMBLE = f"""\
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(size: {SIZE}pt, font: "Libertinus Serif", number-width: "tabular", lang: "en")
#set par(leading: 0.45em)
#show raw: set text(size: {SIZE}pt, font: "DejaVu Sans Mono", ligatures: false)
#show math.equation: set text(font: "New Computer Modern Math")
#box(width: 0pt, height: 0pt, place(rect(width: 1pt, height: 1pt, fill: rgb("{MARKER}"))));"""

_XLINK = "{http://www.w3.org/1999/xlink}href"
_NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6, "Z": 0}


@dataclass(frozen=True)
class Run:
    """The outline of all that has one fill: the unit that is coloured and moved together."""

    fill: str
    outline: Outline


@dataclass(frozen=True)
class Typeset:
    """A compiled source: its runs in the order of their first glyphs, and its advance width."""

    runs: tuple[Run, ...]
    width: float


MOST = 4096
"""How many sources are remembered; the oldest ones are forgotten."""

_known: dict[str, Typeset] = {}
_collection: dict[str, Typeset] | None = None


@contextmanager
def collected() -> Iterator[dict[str, Typeset]]:
    """Collect all type that is used within, by its source, whether it was known before or not."""
    global _collection
    _collection = {}
    try:
        yield _collection
    finally:
        _collection = None


def learn(type_: Mapping[str, Typeset]) -> None:
    """Take over type that another process has set, in the place of what is remembered here."""
    _known.clear()
    _known.update(type_)


def typeset(source: str) -> Typeset:
    """Return the outlines of Typst source, compiled once in a process.

    Parameters
    ----------
    source
        Typst markup from this project. Text from a user must have gone through
        `scenes.parts.source.plain`, which leaves nothing for Typst to run.

    Returns
    -------
    Typeset
        Outlines in em, origin at the start of the first baseline.

    Raises
    ------
    typst.TypstError
        If the source is not valid Typst, which is a defect of the caller.
    """
    if source not in _known:
        while len(_known) >= MOST:
            _known.pop(next(iter(_known)))
        _known[source] = _compiled(source)
    if _collection is not None:
        _collection[source] = _known[source]
    return _known[source]


def _compiled(source: str) -> Typeset:
    document = f"{PREAMBLE}{source}".encode()
    svg = _compiler().compile(input=document, format="svg")
    assert isinstance(svg, bytes)  # one page
    root = ElementTree.fromstring(svg)
    symbols = {
        symbol.get("id", ""): symbol[0].get("d", "")
        for symbol in root.iter()
        if symbol.tag.endswith("symbol") and len(symbol)
    }
    shapes: list[tuple[str, Outline]] = []
    for child in root:
        if not child.tag.endswith("defs"):
            _collect(child, np.eye(3), symbols, shapes)
    marks = [outline for fill, outline in shapes if fill == MARKER]
    baseline, start = float(marks[0][:, 1].min()), float(marks[0][:, 0].min())
    by_fill: dict[str, list[Outline]] = {}
    for fill, outline in shapes:
        if fill != MARKER:
            by_fill.setdefault(fill, []).append(outline)
    origin = np.array([start, baseline])
    runs = tuple(
        Run(fill, (np.concatenate(parts) - origin) * (1, -1) / SIZE)
        for fill, parts in by_fill.items()
    )
    return Typeset(runs, (float(root.get("width", "0").removesuffix("pt")) - start) / SIZE)


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False))


def _collect(
    element: ElementTree.Element,
    matrix: NDArray[np.float64],
    symbols: dict[str, str],
    shapes: list[tuple[str, Outline]],
) -> None:
    """Add the shapes below an element, in page coordinates (pt, y down)."""
    matrix = matrix @ _transform(element.get("transform"))
    tag = element.tag.rsplit("}", 1)[-1]
    if tag == "use":
        offset = np.array([float(element.get("x", 0)), float(element.get("y", 0))])
        outline = _outline(symbols[element.get(_XLINK, "#")[1:]]) + offset
        shapes.append((element.get("fill", "#000000"), _apply(matrix, outline)))
    elif tag == "path":
        outline, stroke = _outline(element.get("d", "")), element.get("stroke", "none")
        if stroke != "none" and len(outline):
            # Fraction bars and the roofs of roots: as filled outlines they scale with the type.
            outline = _thicken(outline, float(element.get("stroke-width", 1)))
            shapes.append((stroke, _apply(matrix, outline)))
        elif element.get("fill", "none") != "none":
            shapes.append((element.get("fill", "none"), _apply(matrix, outline)))
    for child in element:
        _collect(child, matrix, symbols, shapes)


def _transform(text: str | None) -> NDArray[np.float64]:
    """Return the matrix of an SVG `transform`: Typst writes `matrix`, `translate` and `scale`."""
    matrix = np.eye(3)
    for name, body in re.findall(r"(\w+)\(([^)]*)\)", text or ""):
        numbers = [float(part) for part in re.split(r"[\s,]+", body.strip())]
        step = np.eye(3)
        if name == "matrix":
            step[:2] = np.array(numbers).reshape(3, 2).T
        elif name == "translate":
            step[: len(numbers), 2] = numbers
        elif name == "scale":
            step[0, 0], step[1, 1] = numbers[0], numbers[-1]
        matrix = matrix @ step
    return matrix


def _apply(matrix: NDArray[np.float64], outline: Outline) -> Outline:
    return outline @ matrix[:2, :2].T + matrix[:2, 2]


def _thicken(outline: Outline, width: float) -> Outline:
    """Return each straight segment of a stroked path as a filled rectangle of that width."""
    parts = []
    for first, last in zip(outline[0::4], outline[3::4], strict=True):
        along = last - first
        length = float(np.hypot(*along))
        if length > 0:
            side = np.array([-along[1], along[0]]) / length * width / 2
            corners = [first + side, last + side, last - side, first - side, first + side]
            parts += [_line(a, b) for a, b in itertools.pairwise(corners)]
    return np.concatenate(parts) if parts else np.zeros((0, 2))


def _line(first: NDArray[np.float64], last: NDArray[np.float64]) -> Outline:
    return np.array([first + (last - first) * part for part in (0, 1 / 3, 2 / 3, 1)])


@cache
def _outline(path: str) -> Outline:
    """Return an SVG path as cubic curves; subpaths are closed, as a fill closes them."""
    tokens = re.findall(r"[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", path)
    curves: list[Outline] = []
    here = start = np.zeros(2)
    position, command = 0, "M"
    while position < len(tokens):
        if tokens[position].isalpha():
            command, position = tokens[position], position + 1
        kind, relative = command.upper(), command.islower()
        count = _NUMBERS[kind]
        numbers = np.array([float(token) for token in tokens[position : position + count]])
        position += count
        if kind == "Z":
            if not np.allclose(here, start):
                curves.append(_line(here, start))
            here = start
            continue
        if kind in "HV":
            axis = "HV".index(kind)
            point = here.copy()
            point[axis] = numbers[0] + (here[axis] if relative else 0)
            points = point[None]
        else:
            points = numbers.reshape(-1, 2) + (here if relative else 0)
        if kind == "M":
            here = start = points[0]
            command = "l" if relative else "L"
            continue
        if kind == "C":
            curves.append(np.vstack([here, points]))
        elif kind == "Q":
            control, end = points
            handles = [here + (control - here) * 2 / 3, end + (control - end) * 2 / 3]
            curves.append(np.vstack([here, *handles, end]))
        else:
            curves.append(_line(here, points[0]))
        here = points[-1]
    return np.concatenate(curves) if curves else np.zeros((0, 2))

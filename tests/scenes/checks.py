"""What every still must satisfy: nothing off the frame, no letter on a letter, none on a stroke."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from manim import Mobject, VMobject

from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.layout import Region
from scenes.parts.lettering import Lettering, box_of
from scenes.parts.placing import dense
from scenes.theme import TYPE

VISIBLE = 0.15
"""Below this opacity something is on its way in or out."""


def visible_lettering(scene: DescentScene) -> list[Lettering]:
    """Return the type that can be read in the picture as it stands."""
    found: dict[int, Lettering] = {}

    def visit(mobject: Mobject) -> None:
        if isinstance(mobject, Lettering):
            runs = [run for run in mobject.submobjects if len(run.points)]
            if runs and max(run.get_fill_opacity() for run in runs) > VISIBLE:
                found[id(mobject)] = mobject
            return
        for part in mobject.submobjects:
            visit(part)

    for mobject in scene.mobjects:
        visit(mobject)
    return list(found.values())


def visible_strokes(scene: DescentScene) -> Iterator[VMobject]:
    """Yield lines, arrows and dots that can be seen; shades behind type are `backdrop`."""

    def visit(mobject: Mobject) -> Iterator[VMobject]:
        if isinstance(mobject, Lettering) or getattr(mobject, "backdrop", False):
            return
        if isinstance(mobject, VMobject) and len(mobject.points):
            drawn = mobject.get_stroke_width() > 0 and mobject.get_stroke_opacity() > VISIBLE
            filled = mobject.get_fill_opacity() > VISIBLE
            if drawn or filled:
                yield mobject
        for part in mobject.submobjects:
            yield from visit(part)

    for mobject in scene.mobjects:
        yield from visit(mobject)


def off_frame(scene: DescentScene) -> list[str]:
    """Return the type that leaves the safe area, and strokes that leave the frame."""
    safe, frame = scene.layout.safe, scene.layout.frame
    out = [
        f"{letters.source} at {_where(letters.box)} leaves the safe area"
        for letters in visible_lettering(scene)
        if not safe.contains(letters.box, slack=0.03)
    ]
    out += [
        f"a {getattr(stroke, 'role', 'stroke')} at {_where(box_of(stroke))} leaves the frame"
        for stroke in visible_strokes(scene)
        if not frame.contains(box_of(stroke), slack=0.02)
    ]
    return out


def type_on_type(scene: DescentScene) -> list[str]:
    """Return pairs of letterings whose ink boxes meet."""
    letters = visible_lettering(scene)
    return [
        f"{one.source} and {other.source} meet at {_where(one.box)}"
        for index, one in enumerate(letters)
        for other in letters[index + 1 :]
        if one.box.meets(other.box, slack=0.015)
    ]


def strokes_on_type(scene: DescentScene) -> list[str]:
    """Return the letterings that a stroke runs through, where nothing hides the stroke."""
    letters = [(item, _ink_boxes(item)) for item in visible_lettering(scene)]
    ink = [box for _, boxes in letters for box in boxes]
    if not ink:
        return []
    edges = np.array([(box.left, box.right, box.bottom, box.top) for box in ink])
    owners = [item for item, boxes in letters for _ in boxes]
    grounds = _grounds(scene)
    out = []
    for stroke in visible_strokes(scene):
        points = _outline(stroke)
        for ground in grounds.get(id(stroke), ()):
            points = points[~within(points, ground)]
        if not len(points):
            continue
        x, y = points[:, 0, None], points[:, 1, None]
        hit = (
            (x > edges[:, 0] + 0.01)
            & (x < edges[:, 1] - 0.01)
            & (y > edges[:, 2] + 0.01)
            & (y < edges[:, 3] - 0.01)
        ).any(axis=0)
        role = getattr(stroke, "role", "stroke")
        out += [
            f"a {role} runs through {owners[index].source} at {_where(ink[index])}"
            for index in np.flatnonzero(hit)
        ]
    return out


def _grounds(scene: DescentScene) -> dict[int, list[Region]]:
    """Return, for each stroke, the boxes of the grounds that are drawn over it."""
    order: list[VMobject] = [
        part
        for mobject in scene.mobjects
        for part in mobject.get_family()
        if isinstance(part, VMobject) and len(part.points)
    ]
    covers: list[Region] = []
    out: dict[int, list[Region]] = {}
    for part in reversed(order):
        out[id(part)] = list(covers)
        opaque = getattr(part, "role", "") == "background" and part.get_fill_opacity() > 0.95
        if opaque and getattr(part, "backdrop", False):
            covers.append(box_of(part))
    return out


def within(points: np.ndarray, box: Region) -> np.ndarray:
    """Return which of points (n, 2) lie in a box."""
    inside = (points[:, 0] > box.left) & (points[:, 0] < box.right)
    return inside & (points[:, 1] > box.bottom) & (points[:, 1] < box.top)


def too_small(scene: DescentScene) -> list[str]:
    """Return the type below the smallest size; indices and exponents are part of their line."""
    return [
        f"{letters.source} is set at {letters.size_percent:.2f} %"
        for letters in visible_lettering(scene)
        if letters.size_percent < TYPE.minimum - 1e-9
    ]


def caption_faults(beat: Beat, frame_rate: float) -> list[str]:
    """Return what is wrong with a caption: its length, its speed, its words, its numbers."""
    text = beat.caption.text
    start, end = beat.seconds(frame_rate)
    out = []
    if len(text) > 84:
        out.append(f"{len(text)} characters: {text}")
    if len(text) / (end - start) > 17:
        out.append(f"{len(text) / (end - start):.1f} characters a second: {text}")
    if "!" in text or re.search(r"\bsimply\b", text):
        out.append(f"not a plain sentence: {text}")
    if "{" in text or "nan" in text.lower().split():
        out.append(f"not filled: {text}")
    return out + number_faults(beat)


def number_faults(beat: Beat) -> list[str]:
    """Return numbers in a caption that are in none of its fields nor in its template."""
    fixed_numbers = set(_numbers(re.sub(r"\{[^}]*\}", " ", beat.caption.template)))
    given = []
    for value in beat.caption.fields.values():
        if isinstance(value, int | float) and not isinstance(value, bool):
            given.append(float(value))
        elif isinstance(value, str):
            fixed_numbers |= set(_numbers(value))
    out = []
    for text in _numbers(beat.caption.text):
        shown = _value(text)
        if text in fixed_numbers:
            continue
        # The last digit shown may be rounded; nothing else may differ.
        digits = text.partition("·")[0].lstrip("+−")
        decimals = len(digits.partition(".")[2])
        power = abs(shown) / float(digits) if float(digits) else 1.0
        slack = 0.5000001 * 10.0**-decimals * power
        if not any(abs(abs(shown) - abs(value)) <= slack for value in given):
            out.append(f"{text} is in no field of: {beat.caption.text}")
    return out


_NUMBER = re.compile(r"[+−]?\d+(?:\.\d+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")
_NORMAL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text)


def _value(text: str) -> float:
    mantissa, power, exponent = text.partition("·10")
    value = float(mantissa.translate(_NORMAL))
    return value * 10.0 ** int(exponent.translate(_NORMAL)) if power else value


def _ink_boxes(letters: Lettering) -> list[Region]:
    """Return the boxes of the single glyphs, so that a line may pass between two words."""
    boxes = []
    for run in letters.submobjects:
        if len(run.points):
            boxes += [box_of(VMobject().set_points(part)) for part in run.get_subpaths()]
    return boxes


def _outline(stroke: VMobject) -> np.ndarray:
    quads = stroke.points[:, :2].reshape(-1, 4, 2)
    return np.concatenate([dense(quad, 0.03) for quad in quads]) if len(quads) else quads[:, 0]


def _where(box: Region) -> str:
    return f"({box.left:.2f}, {box.bottom:.2f}) to ({box.right:.2f}, {box.top:.2f})"

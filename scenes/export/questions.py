"""Stills as questions: what is asked for becomes a box, wherever the picture tells it."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Mobject, VGroup

from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.parts.lettering import Lettering
from scenes.parts.source import figure
from scenes.parts.strokes import line, set_lines
from scenes.theme import TYPE
from scenes.words import number

PADDING = 0.08
"""Free space in a box round what it hides, in units."""

DIGITS = (3, 4, 5, 6, 12)
"""With so many significant digits a number may be written in a picture."""


@dataclass(frozen=True)
class Question:
    """A picture with boxes in it.

    Attributes
    ----------
    frame
        What is drawn.
    caption
        The caption, with the letters of the boxes in the place of what they hide.
    answers
        What the boxes hide, by letter.
    """

    frame: Sequence[Mobject]
    caption: str
    answers: Mapping[str, Mapping[str, Any]]


@contextmanager
def asked(scene: DescentScene, beat: Beat, names: Sequence[str]) -> Iterator[Question | None]:
    """Hide some fields of a beat's caption in its picture, until the end of the context.

    A question must not give its own answer away: every number in the picture that is the value of
    a hidden field becomes a box, the ticks of the axes excepted.

    Parameters
    ----------
    scene, beat
        The scene as it stands at the end of the beat.
    names
        The fields; one that the beat does not have is passed over.

    Yields
    ------
    Question or None
        None if the picture tells nothing of what was asked for.
    """
    fields = beat.caption.fields
    known = [name for name in names if name in fields]
    letters = dict(zip(string.ascii_uppercase, known, strict=False))
    forms = {letter: written(scene, fields[name]) for letter, name in letters.items()}
    hidden: list[tuple[Lettering, list[Any]]] = []
    boxes = VGroup()
    told: set[str] = set()
    drawn_caption = set(map(id, scene.shown_caption.get_family() if scene.shown_caption else ()))
    for lettering in scene.get_mobject_family_members():
        if not isinstance(lettering, Lettering) or id(lettering) in drawn_caption:
            continue
        here = [letter for letter, form in forms.items() if form.search(lettering.source)]
        if not here or lettering.base_role == "muted" or not _is_seen(lettering):
            continue
        boxes.add(_box(scene, lettering, here))
        hidden.append((lettering, [run.points for run in lettering.submobjects]))
        told.update(here)
    caption = beat.caption.text
    for letter, form in forms.items():
        caption, found = form.subn(f"({letter})", caption)
        told.update(letter for _ in range(found))
    if not told:
        yield None
        return
    answers = {
        letter: {"name": letters[letter], "answer": shown(scene, fields[letters[letter]])}
        for letter in sorted(told)
    }
    frame = [mobject for mobject in scene.mobjects if mobject is not scene.shown_caption]
    if scene.shown_caption is not None:
        frame.append(scene.caption_lines(caption))
    try:
        for lettering, _ in hidden:
            for run in lettering.submobjects:
                run.points = np.zeros((0, 3))
        yield Question([*frame, boxes], caption, answers)
    finally:
        for lettering, points in hidden:
            for run, before in zip(lettering.submobjects, points, strict=True):
                run.points = before


def shown(scene: DescentScene, value: Any) -> str:
    """Return a field's value as a caption shows it."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    text = number(float(value)) if is_number else str(value)
    return scene.look.notation.words(text)


def written(scene: DescentScene, value: Any) -> re.Pattern[str]:
    """Return what finds a value, with its sign or not, in a caption or in a formula's source."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return re.compile(re.escape(str(value)))
    notation = scene.look.notation
    sizes = {number(abs(float(value)), digits) for digits in DIGITS}
    forms = {*map(notation.words, sizes)}
    forms |= {notation.mathematics(figure(size)) for size in sizes}
    either = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    return re.compile(rf"[−+-]?(?<![\w.,])(?:{either})(?![\d]|[.,]\d)")


def _is_seen(lettering: Lettering) -> bool:
    return any(len(run.points) and run.get_fill_opacity() > 0.05 for run in lettering.submobjects)


def _box(scene: DescentScene, lettering: Lettering, letters: Sequence[str]) -> VGroup:
    """Return the box that stands in the place of a lettering, with the letter of what it hides."""
    box = lettering.box
    middle, half = box.center, max(box.height, 0.75 * lettering.em) / 2 + PADDING
    left, right = box.left - PADDING, box.right + PADDING
    if right - left < 2 * half:
        left, right = middle[0] - half, middle[0] + half
    low, high = middle[1] - half, middle[1] + half
    rim = line(scene.look, role="muted")
    set_lines(rim, [[(left, low), (left, high), (right, high), (right, low), (left, low)]])
    rim.set_fill(scene.look.color("background"), opacity=1)
    name = scene.look.text(", ".join(letters), size=TYPE.tick, role="muted")
    return VGroup(rim, name.place((left + right) / 2, middle[1], "center", "middle"))

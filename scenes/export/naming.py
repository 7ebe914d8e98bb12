"""File names that say what is in them, and never collide."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenes.base import DescentScene
from scenes.theme import BUILT_IN

LONGEST = 60
"""Characters of the part of a name that tells the parameters."""

SILENT = ("notation", "wording")
"""Parameters that are too long for a name; the digest tells them apart."""

SPEAK_FOR_THEMSELVES = ("theme", "aspect", "optimizer", "captions", "width")
"""Parameters whose value needs no name before it."""


def kebab(name: str) -> str:
    """Return a class name as words: ``BounceAndDiverge`` is ``bounce-and-diverge``.

    Examples
    --------
    >>> kebab("BounceAndDiverge")
    'bounce-and-diverge'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def file_stem(
    scene: type[DescentScene],
    given: Mapping[str, Any],
    quality: str = "",
    *,
    name: str = "",
    base: Mapping[str, Any] | None = None,
) -> str:
    """Return the stem of a file: the scene, and a part for each setting that is not the default.

    Nothing that a user wrote goes into the name except letters, digits, dots and hyphens; where
    that loses something, or would be too long, a digest keeps different settings apart.

    Parameters
    ----------
    scene, given
        The scene, and what was given over its own parameters.
    quality
        The last part of the name.
    name, base
        A name that stands for the scene with these parameters.

    Examples
    --------
    >>> from scenes.one_step import OneStep
    >>> file_stem(OneStep, {"learning_rate": "0.3", "aspect": "1:1"})
    'one-step-learning-rate-0.3-1x1'
    """
    own, now = scene.resolve(base), scene.resolve({**(base or {}), **given})
    parts: list[str] = []
    exact = True
    for key, value in given.items():
        changed = key if key in own else "optimizer"
        if own[changed] == now[changed]:
            continue
        if key in SILENT:
            exact = False
            continue
        text = str(value).replace(":", "x") if key == "aspect" else str(value)
        slug = re.sub(r"[^a-z0-9.]+", "-", Path(text).stem if key == "theme" else text.lower())
        exact &= slug == text and (key != "theme" or text in BUILT_IN)
        label = "" if key in SPEAK_FOR_THEMSELVES else f"{key.replace('_', '-')}-"
        parts.append(label + slug.strip("-."))
    stem = "-".join(parts)
    if not exact or len(stem) > LONGEST:
        state = repr(sorted((key, repr(value)) for key, value in now.items()))
        digest = hashlib.sha256(state.encode()).hexdigest()[:8]
        stem = f"{stem[:LONGEST].strip('-.')}-{digest}".strip("-")
    return "-".join(part for part in (name or kebab(scene.__name__), stem, quality) if part)

"""File names that say what is in them, and never collide."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenes.base import DescentScene

LONGEST = 60
"""Characters of the part of a name that tells the parameters."""

SPEAK_FOR_THEMSELVES = ("theme", "aspect", "optimizer", "captions")
"""Parameters whose value needs no name before it."""


def kebab(name: str) -> str:
    """Return a class name as words: ``BounceAndDiverge`` is ``bounce-and-diverge``.

    Examples
    --------
    >>> kebab("BounceAndDiverge")
    'bounce-and-diverge'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def file_stem(scene: type[DescentScene], given: Mapping[str, Any], quality: str = "") -> str:
    """Return the stem of a file: the scene, and a part for each setting that is not the default.

    Nothing that a user wrote goes into the name except letters, digits, dots and hyphens; where
    that loses something, or would be too long, a digest keeps different settings apart.

    Examples
    --------
    >>> from scenes.one_step import OneStep
    >>> file_stem(OneStep, {"learning_rate": "0.3", "aspect": "1:1"})
    'one-step-learning-rate-0.3-1x1'
    """
    own, now = scene.resolve(), scene.resolve(given)
    parts: list[str] = []
    exact = True
    for name, value in given.items():
        changed = name if name in own else "optimizer"
        if own[changed] == now[changed]:
            continue
        text = str(value).replace(":", "x") if name == "aspect" else str(value)
        slug = re.sub(r"[^a-z0-9.]+", "-", Path(text).stem if name == "theme" else text.lower())
        exact &= slug == text
        label = "" if name in SPEAK_FOR_THEMSELVES else f"{name.replace('_', '-')}-"
        parts.append(label + slug.strip("-."))
    stem = "-".join(parts)
    if not exact or len(stem) > LONGEST:
        state = repr(sorted((name, repr(value)) for name, value in now.items()))
        stem = f"{stem[:LONGEST].strip('-.')}-{hashlib.sha256(state.encode()).hexdigest()[:8]}"
    return "-".join(part for part in (kebab(scene.__name__), stem, quality) if part)

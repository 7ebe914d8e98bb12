"""A scene in words: its parameters and its beats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenes.base import DescentScene
from scenes.export.stills import REHEARSED_RATE, rehearse
from scenes.parameters import HYPERPARAMETERS
from scenes.theme import Theme


def parameters(scene: type[DescentScene], given: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return name, value and what is allowed, of each parameter."""
    kinds, values = scene.all_kinds(), scene.resolve(given)
    rows = [(name, _shown(value), kinds[name].allowed) for name, value in values.items()]
    optimizer = values["optimizer"]
    rows += [
        (name, f"{getattr(optimizer, name):g}", f"{kind.allowed} (the optimizer's)")
        for name, kind in HYPERPARAMETERS.items()
        if isinstance(getattr(optimizer, name, None), int | float)
    ]
    return rows


def _shown(value: Any) -> str:
    if isinstance(value, Theme):
        return value.name
    if hasattr(value, "text"):
        return str(value.text)
    if isinstance(value, tuple):
        return ", ".join(_shown(part) for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def beats(scene: type[DescentScene], given: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Return start, end, still and caption of each beat."""
    played = rehearse(scene, given)
    out = []
    for beat in played.beats:
        start, end = beat.seconds(REHEARSED_RATE)
        out.append((f"{start:.1f}", f"{end:.1f}", beat.still or "", beat.caption.text))
    return out

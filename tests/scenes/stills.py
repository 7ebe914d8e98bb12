"""Lessons as they stand at their stills, for tests that look at them."""

from __future__ import annotations

import copy
import functools
from typing import Any

from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.export.stills import rehearse
from scenes.layout import ASPECTS

EVERY_ASPECT = tuple(ASPECTS)

END = "(end)"
"""In the place of a still: where the whole lesson ends."""


def at_still(lesson: type[DescentScene], still: str, **parameters: Any) -> Any:
    """Return a lesson as it stands at one of its stills.

    It is rehearsed once for all tests that look at it with the same parameters. Each of them gets
    a copy, which it may change.
    """
    return _copy(_stills(lesson, parameters)[still])


def at_end(lesson: type[DescentScene], **parameters: Any) -> Any:
    """Return a lesson as it stands at its end."""
    return at_still(lesson, END, **parameters)


def at_stills(lesson: type[DescentScene], **parameters: Any) -> dict[str, Any]:
    """Return a lesson as it stands at each of its stills, in order."""
    stills = _stills(lesson, parameters)
    return {still: _copy(scene) for still, scene in stills.items() if still != END}


def _stills(lesson: type[DescentScene], given: dict[str, Any]) -> dict[str, DescentScene]:
    changed = (pair for pair in given.items() if pair[1] != getattr(lesson, pair[0], None))
    return _rehearsed(lesson, *sorted(changed))


# So many as the tests of one file take in turns: two lessons, or starts, in every aspect.
@functools.lru_cache(maxsize=8)
def _rehearsed(lesson: type[DescentScene], *given: tuple[str, Any]) -> dict[str, DescentScene]:
    out: dict[str, DescentScene] = {}

    def keep(scene: DescentScene, beat: Beat) -> None:
        if beat.still:
            out[beat.still] = _copy(scene)

    end = rehearse(lesson, dict(given), height=180, at_beat_end=keep)
    out[END] = out.get(end.beats[-1].still or "") or _copy(end)
    return out


def _copy(scene: DescentScene) -> DescentScene:
    """Return a copy of what can be looked at, without what was going on."""
    memo: dict[int, Any] = {id(scene.moving_mobjects): [], id(scene.static_mobjects): []}
    # It has locks.
    memo[id(scene.queue)] = scene.queue
    out = copy.deepcopy(scene, memo)
    # The one is left out by manim, and by the other the first scene would live on.
    out.renderer, out.on_beat_end = scene.renderer, None
    return out

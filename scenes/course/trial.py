"""A trial of the scenes of a lesson file: what only shows when they run, before they are drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.course.faults import Fault, refusal, written
from scenes.course.load import Lesson, Part
from scenes.export.stills import rehearse
from scenes.parameters import UsageError
from scenes.theme import TYPE, units

LINE = 1.22
"""From one line of a caption to the next, in ems (see `BeatScene.caption_lines`)."""

Run = tuple[Part, type[DescentScene], Mapping[str, Any]]
"""An entry, the class that it is drawn with, and all its parameters."""


def tried(
    lesson: Lesson, runs: Sequence[Run], progress: Callable[[int, int], None] | None = None
) -> None:
    """Rehearse entries: own captions have to find their beats and fields.

    Parameters
    ----------
    lesson
        The file.
    runs
        What is rehearsed.
    progress
        Is told how many are done, and how many there are.

    Raises
    ------
    UsageError
        With a line for each fault.
    """
    faults: list[Fault] = []
    files: dict[str, Part] = {}
    for done, (part, scene, parameters) in enumerate(runs, 1):
        names: list[str] = []
        faults += _rehearsed(part, scene, dict(parameters), names)
        for name in names:
            first = files.setdefault(f"{part.stem}-{name}", part)
            if first is not part:
                words = f"its still {name} has the same file name as one of {written(first.key)}"
                faults.append(Fault(part.key, f"{words}; allowed: names that keep them apart"))
        if progress:
            progress(done, len(runs))
    if faults:
        found = [
            (lesson.lines.of(fault.key), f"{written(fault.key)}: {fault.words}") for fault in faults
        ]
        raise refusal(lesson.path, found)


def _rehearsed(
    part: Part, scene: type[DescentScene], parameters: dict[str, Any], stills: list[str]
) -> Iterator[Fault]:
    """Rehearse a scene, again without each caption that does not fit: every one is told."""
    while True:
        too_long: list[str] = []
        try:
            played = rehearse(
                scene,
                parameters,
                height=180,
                at_beat_end=partial(_note_beyond, too_long),
            )
        except UsageError as error:
            words = str(error)
        else:
            stills += [beat.still for beat in played.beats if beat.still]
            for name in too_long:
                words = "too long for its place; allowed: about 84 characters"
                yield Fault((*part.key, "wording", name), words)
            return
        wording = parameters.get("wording", {})
        found = re.match(r"wording: ([a-z0-9-]+): ", words)
        if not found or found[1] not in wording:
            yield Fault(part.key, words)
            return
        yield Fault((*part.key, "wording", found[1]), words[found.end() :])
        parameters["wording"] = {name: text for name, text in wording.items() if name != found[1]}


def _note_beyond(found: list[str], scene: DescentScene, beat: Beat) -> None:
    found += _beyond(scene, beat)


def _beyond(scene: DescentScene, beat: Beat) -> list[str]:
    """Return the name of a caption of one's own that does not fit into its place."""
    names = [name for name in (beat.still, f"beat-{beat.index + 1}") if name in scene.wording]
    drawn = scene.shown_caption
    if not names or drawn is None:
        return []
    footer, smallest = scene.layout.footer, units(TYPE.minimum)
    # Lines of the smallest type; what is larger has been found to fit.
    tall = len(drawn) * LINE * smallest > footer.height + 0.3 * smallest
    return [str(names[0])] if tall or drawn.width > footer.width else []

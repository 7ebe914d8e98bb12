"""A worker's share of a video: some of its animations, drawn one after the other."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from manim import tempconfig

from scenes.beats import Play
from scenes.encoder import restrict
from scenes.export.farm import own_folder
from scenes.export.job import RenderJob
from scenes.export.scheduler import Done, worked
from scenes.parts.glyphs import Typeset, learn
from scenes.segments import seal_path
from scenes.writing import write

STANDING, BEGIN, MOBJECT, SKIP = 5, 9, 1 / 1300, 0.8
"""Measured, in frames in which little moves: what a picture costs that stands, however long; an
animation besides its frames; a mobject in each frame that it is drawn in; and an animation that is
skipped, because somebody else draws it."""


@dataclass(frozen=True)
class Share:
    """What one worker draws of a video.

    Attributes
    ----------
    job
        The video.
    cache
        The folder where segments are kept.
    plays
        The numbers of the animations, from 0.
    type
        All type that has been set for the scene, so that no worker need do it again.
    """

    job: RenderJob
    cache: Path
    plays: range
    type: Mapping[str, Typeset] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Segment:
    """A segment as it is sent from one machine to another: its name, its content, and its seal."""

    name: str
    content: bytes
    seal: bytes

    @classmethod
    def of(cls, path: Path) -> Segment:
        """Return a segment that has been made."""
        return cls(path.name, path.read_bytes(), seal_path(path).read_bytes())

    def keep(self, folder: Path) -> str:
        """Put it into a folder, its seal last, and return its path."""
        folder.mkdir(parents=True, exist_ok=True)
        path = write(folder / self.name, self.content)
        write(seal_path(path), self.seal)
        return str(path)


def divided(plays: Sequence[Play], count: int) -> list[range]:
    """Divide animations into ranges that cost about the same.

    Parameters
    ----------
    plays
        The animations.
    count
        How many ranges, at most.

    Examples
    --------
    >>> moving, standing = Play(60, moving=20), Play(240, moving=0)
    >>> divided([moving, standing, moving, moving, moving], 2)
    [range(0, 3), range(3, 5)]
    """
    costs = [
        play.frames * (1 + MOBJECT * play.moving) + BEGIN
        if play.moving
        else min(play.frames, STANDING)
        for play in plays
    ]
    low, high = 0.0, sum(costs) + SKIP * len(costs)
    while high - low > 1:
        most = (low + high) / 2
        low, high = (low, most) if len(_within(costs, most)) <= count else (most, high)
    return _within(costs, high)


def _within(costs: Sequence[float], most: float) -> list[range]:
    """Return ranges that cost no more than so much each, if an animation by itself does not."""
    ranges: list[range] = []
    start, cost = 0, 0.0
    for number, one in enumerate(costs):
        if number > start and cost + one > most:
            ranges.append(range(start, number))
            # Whoever begins here runs through what comes before.
            start, cost = number, SKIP * number
        cost += one
    return [*ranges, range(start, len(costs))]


def draw(share: Share, tell: Callable[[Done], None] | None = None) -> list[str]:
    """Draw a share of a video and return the paths of its segments.

    Parameters
    ----------
    share
        What to draw.
    tell
        Is told how far it is; a worker tells its scheduler instead.
    """
    # A scene is a knot of references: what is left of the last one would be there for long.
    gc.collect()
    learn(share.type)
    with tempconfig(share.job.settings(share.cache)):
        scene = share.job.scene(share.job.given)
        restrict(scene, share.plays)
        done = Done()

        def count(frames: int) -> None:
            nonlocal done
            if scene.renderer.num_plays > share.plays.start:
                new = Done(scene.plays[-1].frames, int(scene.renderer.was_found))
                worked(*new)
                done = done.plus(new)
                if tell:
                    tell(done)

        scene.on_frames = count
        scene.render()
    files: Sequence[str | None] = scene.renderer.file_writer.partial_movie_files
    return [str(files[number]) for number in share.plays]


def draw_far(share: Share) -> list[Segment]:
    """Draw a share on a machine with a disk of its own, and return the segments themselves."""
    return [Segment.of(Path(path)) for path in draw(replace(share, cache=own_folder()))]

"""A worker's share of a video: some of its animations, drawn one after the other."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from manim import tempconfig

from scenes.encoder import restrict
from scenes.export.farm import own_folder
from scenes.export.job import RenderJob
from scenes.export.scheduler import Done, worked
from scenes.parts.glyphs import Typeset, learn
from scenes.segments import seal_path
from scenes.writing import write

STILL = 9
"""What a picture that stands costs, in frames in which something moves, however long it stands."""


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


def divided(lengths: Sequence[tuple[int, bool]], count: int) -> list[range]:
    """Divide animations into ranges that cost about the same.

    Parameters
    ----------
    lengths
        For each animation its frames, and whether they are all the same.
    count
        How many ranges, at most.

    Examples
    --------
    >>> divided([(60, False), (240, True), (60, False), (60, False), (60, False)], 2)
    [range(0, 3), range(3, 5)]
    """
    costs = [min(frames, STILL) if still else frames for frames, still in lengths]
    sums = list(itertools.accumulate(costs, initial=0))
    ends = [
        min(range(len(sums)), key=lambda at: abs(sums[at] - sums[-1] * part / count))
        for part in range(count + 1)
    ]
    return [range(start, end) for start, end in itertools.pairwise(ends) if start < end]


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
                new = Done(scene.lengths[-1][0], int(scene.renderer.was_found))
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

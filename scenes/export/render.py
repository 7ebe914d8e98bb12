"""One video: a scene with its parameters, rendered to a file."""

from __future__ import annotations

import contextlib
import itertools
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from manim import tempconfig

from scenes.base import DescentScene
from scenes.course.targets import Target
from scenes.encoder import restrict
from scenes.export.cache import in_use, prune
from scenes.export.crew import Crew, worked
from scenes.export.naming import file_stem
from scenes.export.stills import rehearse
from scenes.export.unchanged import CACHE
from scenes.manifest import input_digest, is_current, record
from scenes.parameters import UsageError
from scenes.segments import join
from scenes.writing import beside, complete_or_absent, remove_stale, writable

QUALITIES = {
    "l": (480, 15),
    "m": (720, 30),
    "h": (1080, 60),
    "p": (1440, 60),
    "k": (2160, 60),
}
"""The shorter side in pixels and frames a second, by manim's letters."""

FORMATS = ("mp4", "webm")

STILL = 0.25
"""What a frame that stands costs, in parts of one in which something moves: it is only encoded."""


@dataclass(frozen=True)
class RenderJob:
    """What is rendered.

    Attributes
    ----------
    scene
        The scene's class.
    parameters
        Names and values that replace the class's own.
    quality
        One of `QUALITIES`.
    format
        One of `FORMATS`.
    name
        What the file is called, if not after scene and parameters.
    language
        Of the captions.
    transparent
        Leave the background out; in a webm.
    """

    scene: type[DescentScene]
    parameters: tuple[tuple[str, Any], ...] = ()
    quality: str = "h"
    format: str = "mp4"
    name: str = ""
    language: str = "en"
    transparent: bool = False

    @classmethod
    def of(
        cls, target: Target, quality: str = "h", format: str = "mp4", transparent: bool = False
    ) -> RenderJob:
        """Return the job of a scene that a command names."""
        given = tuple(target.parameters.items())
        told = target.name, target.language, transparent
        return cls(target.scene, given, quality, format, *told)

    @property
    def given(self) -> dict[str, Any]:
        """The parameters by name."""
        return dict(self.parameters)

    @property
    def pixels(self) -> tuple[int, int]:
        """Pixels across and down, before an aspect is asked for."""
        height = QUALITIES[self.quality][0]
        return height * 16 // 9 // 2 * 2, height

    @property
    def file_name(self) -> str:
        """The name of the file, with a part for each setting that is not the default."""
        height = QUALITIES[self.quality][0]
        quality = "" if self.quality == "h" else f"{height}p"
        ground = "transparent" if self.transparent else ""
        stem = self.name or file_stem(self.scene, self.given)
        return f"{'-'.join(filter(None, (stem, quality, ground)))}.{self.format}"

    def settings(self, cache: Path) -> dict[str, Any]:
        """Return manim's settings, with segments kept in a folder."""
        width, height = self.pixels
        frame_rate = QUALITIES[self.quality][1]
        return {
            "pixel_height": height,
            "pixel_width": width,
            "frame_rate": frame_rate,
            "progress_bar": "none",
            "verbosity": "ERROR",
            "media_dir": str(cache),
            # Their names are digests of all that they show: those of all scenes stand together.
            "partial_movie_dir": str(cache / f"segments-{height}p{frame_rate}"),
            "format": self.format,
            "transparent": self.transparent,
        }


@dataclass(frozen=True)
class Share:
    """What one worker draws of a video: some of its animations, one after the other.

    Attributes
    ----------
    job
        The video.
    cache
        The folder where segments are kept.
    plays
        The numbers of the animations, from 0.
    """

    job: RenderJob
    cache: Path
    plays: range


def render(
    job: RenderJob,
    folder: Path,
    *,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
    crew: Crew | None = None,
) -> Path:
    """Render a job, write its manifest beside it, and return the path of the file.

    Parameters
    ----------
    job
        What to render.
    folder
        Where the file goes. Segments are kept beside it, so that the next render of the same
        scene draws only what has changed. Where nothing has, nothing is done.
    force
        Draw everything again.
    progress
        Is told the frames that are done and their number.
    crew
        Who draws side by side; without, this process draws alone.

    Raises
    ------
    UsageError
        For a wrong parameter, or a folder that cannot be written.
    """
    parameters = job.scene.resolve(job.given)
    target = writable(folder) / job.file_name
    look = job.quality, job.format, job.language, job.transparent
    digest = input_digest(job.scene, parameters, *look)
    if not force and is_current(target, digest):
        return target
    if crew:
        crew.warm()
    kept = cache = (folder / CACHE).resolve()
    if force:
        # A cache of its own: others may be rendering with what is kept.
        cache = beside(kept / "forced")
    (width, height), frame_rate = job.pixels, QUALITIES[job.quality][1]
    # A rehearsal costs a second: it counts the frames, and finds what is wrong before it is drawn.
    scene = rehearse(job.scene, job.given, height=height, frame_rate=frame_rate)
    count = crew.size(width * height) if crew else 1
    shares = [Share(job, cache, plays) for plays in divided(scene.lengths, count)]

    def tell(frames: int) -> None:
        if progress:
            progress(frames, scene.frames)

    for last in (False, True):
        try:
            with in_use(cache):
                segments = _drawn(shares, crew, tell)
                with complete_or_absent(target) as partial:
                    join(segments, partial, Fraction(frame_rate))
            break
        except FileNotFoundError:
            # Somebody was just making room when this render began.
            if last:
                raise
    record(scene, target, given=job.given, language=job.language, digest=digest)
    remove_stale(folder)
    if force:
        shutil.rmtree(cache)
    remove_stale(kept)
    with contextlib.suppress(UsageError):
        prune(kept)
    return target


def _drawn(shares: Sequence[Share], crew: Crew | None, tell: Callable[[int], None]) -> list[str]:
    """Draw all shares of a video, and leave nothing unfinished; return its segments."""
    try:
        if crew and len(shares) > 1:
            made = crew.run(draw, shares, tell)
        else:
            made = [draw(share, tell) for share in shares]
        return [segment for segments in made for segment in segments]
    except BaseException:
        if crew:
            crew.close(at_once=True)
        raise
    finally:
        for place in {
            Path(share.job.settings(share.cache)["partial_movie_dir"]) for share in shares
        }:
            remove_stale(place)


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
    >>> divided([(60, False), (240, True), (60, False), (60, False)], 2)
    [range(0, 2), range(2, 4)]
    """
    costs = [frames * (STILL if still else 1.0) for frames, still in lengths]
    sums = list(itertools.accumulate(costs, initial=0.0))
    ends = [
        min(range(len(sums)), key=lambda at: abs(sums[at] - sums[-1] * part / count))
        for part in range(count + 1)
    ]
    return [range(start, end) for start, end in itertools.pairwise(ends) if start < end]


def draw(share: Share, tell: Callable[[int], None] | None = None) -> list[str]:
    """Draw a share of a video and return the paths of its segments.

    Parameters
    ----------
    share
        What to draw.
    tell
        Is told how many frames are done; a worker tells its crew instead.
    """
    with tempconfig(share.job.settings(share.cache)):
        scene = share.job.scene(share.job.given)
        restrict(scene, share.plays)
        done = 0

        def count(frames: int) -> None:
            nonlocal done
            if scene.renderer.num_plays > share.plays.start:
                worked(scene.lengths[-1][0])
                done += scene.lengths[-1][0]
                if tell:
                    tell(done)

        scene.on_frames = count
        scene.render()
    files: Sequence[str | None] = scene.renderer.file_writer.partial_movie_files
    return [str(files[number]) for number in share.plays]

"""One video: a scene with its parameters, rendered to a file."""

from __future__ import annotations

import contextlib
import gc
import itertools
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import Any

from scenes.export.cache import in_use, prune
from scenes.export.job import QUALITIES, RenderJob
from scenes.export.scheduler import Done, Scheduler
from scenes.export.share import Share, divided, draw, draw_far
from scenes.export.stills import rehearse
from scenes.export.unchanged import CACHE
from scenes.manifest import input_digest, is_current, record
from scenes.parameters import UsageError
from scenes.parts.glyphs import collected
from scenes.segments import join
from scenes.writing import beside, complete_or_absent, remove_stale, writable

Tell = Callable[[Done, int], None]
"""Is told how far a video is, and how many frames it has."""


def render(
    job: RenderJob,
    folder: Path,
    *,
    force: bool = False,
    progress: Tell | None = None,
    scheduler: Scheduler | None = None,
    shared: Path | None = None,
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
        Is told how far it is, and how many frames there are.
    scheduler
        Who draws side by side; without, this process draws alone.
    shared
        A folder that all workers see under this path: segments are kept there instead.

    Raises
    ------
    UsageError
        For a wrong parameter, or a folder that cannot be written.
    """
    rendering = Rendering(job, folder, force=force, scheduler=scheduler, shared=shared)
    try:
        rendering.start()
        return rendering.finish(progress)
    finally:
        rendering.close()


def render_all(
    jobs: Iterable[RenderJob],
    folder: Path,
    *,
    force: bool = False,
    progress: Callable[[int], Tell] | None = None,
    scheduler: Scheduler | None = None,
    shared: Path | None = None,
) -> Iterator[Path]:
    """Render jobs, and yield their files in order; while one is drawn the next is rehearsed.

    So workers have something to do also at the end of a video, when some of them are done. All else
    is as in `render`; `progress` is asked for what to tell of a job, by its number from 0.
    """
    under_way: list[Rendering] = []
    numbers = itertools.count()

    def finished() -> Path:
        path = under_way[0].finish(progress and progress(next(numbers)))
        under_way.pop(0).close()
        return path

    try:
        for job in jobs:
            under_way.append(
                Rendering(job, folder, force=force, scheduler=scheduler, shared=shared)
            )
            under_way[-1].start()
            if scheduler is None or len(under_way) > 1:
                yield finished()
        while under_way:
            yield finished()
    finally:
        for rendering in under_way:
            rendering.close()


class Rendering:
    """A video that is being made: started, then finished; what was given is as in `render`."""

    def __init__(
        self,
        job: RenderJob,
        folder: Path,
        *,
        force: bool = False,
        scheduler: Scheduler | None = None,
        shared: Path | None = None,
    ) -> None:
        self.job, self.folder, self.force, self.scheduler = job, folder, force, scheduler
        self.target = writable(folder) / job.file_name
        parameters = job.scene.resolve(job.given)
        look = job.quality, job.format, job.language, job.transparent
        self.digest = input_digest(job.scene, parameters, *look)
        self.kept = ((shared or folder) / CACHE).resolve()
        # A cache of its own: others may be rendering with what is kept.
        self.cache = beside(self.kept / "forced") if force else self.kept
        self._open = ExitStack()
        self._scene: Any = None
        self._shares: list[Share] = []
        self._futures: list[Future[Any]] = []
        self._work: Callable[[Share], Any] = draw
        if scheduler and scheduler.is_far and shared is None:
            self._work = draw_far

    @property
    def is_current(self) -> bool:
        """Whether the file is there already, and as it would be."""
        return not self.force and is_current(self.target, self.digest)

    def start(self) -> None:
        """Let workers begin."""
        if self.is_current:
            return
        job, scheduler = self.job, self.scheduler
        if scheduler:
            scheduler.warm()
        (width, height), frame_rate = job.pixels, QUALITIES[job.quality][1]
        # It costs a second, counts the frames, and finds what is wrong before it is drawn.
        with collected() as type_:
            self._scene = rehearse(job.scene, job.given, height=height, frame_rate=frame_rate)
        count = scheduler.size(width * height) if scheduler else 1
        parts = divided(self._scene.plays, count)
        self._shares = [Share(job, self.cache, plays, type_) for plays in parts]
        self._open.enter_context(in_use(self.cache))
        if scheduler and (len(self._shares) > 1 or scheduler.is_far):
            self._futures = [scheduler.submit(self._work, share) for share in self._shares]

    def finish(self, progress: Tell | None = None) -> Path:
        """Wait for the workers, or draw alone, and write the file and its manifest."""
        if self._scene is None:
            return self.target
        scene, frame_rate = self._scene, Fraction(QUALITIES[self.job.quality][1])

        def tell(done: Done) -> None:
            if progress:
                progress(done, scene.frames)

        for last in (False, True):
            try:
                segments = self._drawn(tell)
                with complete_or_absent(self.target) as partial:
                    join(segments, partial, frame_rate)
                break
            except FileNotFoundError:
                # Somebody was just making room when this render began.
                if last:
                    raise
                self._futures = []
        given, language = self.job.given, self.job.language
        record(scene, self.target, given=given, language=language, digest=self.digest)
        return self.target

    def _drawn(self, tell: Callable[[Done], None]) -> list[str]:
        """Return the segments when all of them have been drawn."""
        if not self._futures:
            return [segment for share in self._shares for segment in draw(share, tell)]
        assert self.scheduler is not None
        made = self.scheduler.gather(self._work, self._shares, self._futures, tell)
        return [self._kept(segment) for segments in made for segment in segments]

    def _kept(self, segment: Any) -> str:
        """Return the path of a segment, which is put there if it came from afar."""
        return segment if isinstance(segment, str) else str(segment.keep(self._place))

    @property
    def _place(self) -> Path:
        """The folder of the segments."""
        return Path(self.job.settings(self.cache)["partial_movie_dir"])

    def close(self) -> None:
        """Leave nothing unfinished behind, also where it was broken off."""
        if self._scene is None:
            return
        if any(not future.done() for future in self._futures) and self.scheduler:
            for future in self._futures:
                future.cancel()
            self.scheduler.close(at_once=True)
        self._open.close()
        for folder in (self._place, self.folder, self.kept):
            remove_stale(folder)
        if self.force:
            shutil.rmtree(self.cache, ignore_errors=True)
        with contextlib.suppress(UsageError):
            prune(self.kept)
        self._scene = None
        # The command looks for dead objects seldom, and a scene with its pictures is large.
        gc.collect()

"""Stills as files: PNG, SVG and PDF, with an index that says what each one shows."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.export import vectors
from scenes.export.drawing import (
    FORMATS,
    Drawing,
    Files,
    drawn,
    entry_of,
    points_of,
    prepared,
    title_of,
    told,
)
from scenes.export.naming import file_stem
from scenes.export.questions import asked
from scenes.export.stills import rehearse
from scenes.layout import ASPECTS
from scenes.parameters import UsageError

WIDEST = 7680
"""Pixels of the widest still."""

BARE = {"title": "", "captions": "none"}
"""What a still is without for a slide that has its own title and words."""


@dataclass(frozen=True)
class StillJob:
    """The stills of a scene: what is drawn, and how.

    Attributes
    ----------
    scene
        The scene's class.
    parameters
        What replaces the class's own.
    format
        One of `FORMATS`.
    width
        Pixels across.
    transparent
        Leave the background out.
    only
        The names of the stills to draw; all of them if empty.
    bare
        Leave title and caption out.
    build
        One PDF whose page n is the picture after beat n.
    hide
        Fields of the captions that become boxes: each still that tells them is drawn twice, as a
        question and as its solution.
    name
        What the names of the files start with, if not with scene and parameters.
    also
        More formats, drawn in the same run of the scene.
    """

    scene: type[DescentScene]
    parameters: tuple[tuple[str, Any], ...] = ()
    format: str = "png"
    width: int = 1920
    transparent: bool = False
    only: tuple[str, ...] = ()
    bare: bool = False
    build: bool = False
    hide: tuple[str, ...] = ()
    name: str = ""
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.format not in FORMATS:
            raise UsageError(f"format = {self.format}: allowed: {', '.join(FORMATS)}")
        if not 16 <= self.width <= WIDEST:
            raise UsageError(f"width = {self.width}: allowed: 16 to {WIDEST} pixels")

    def check(self) -> None:
        """Raise `UsageError` for a parameter that is not allowed, before anything is drawn."""
        self.scene.resolve(self.settings)

    @property
    def settings(self) -> dict[str, Any]:
        """The scene's parameters, with what `bare` says."""
        return {**dict(self.parameters), **(BARE if self.bare else {})}

    @property
    def stem(self) -> str:
        """What the names of the files start with."""
        stem = self.name or file_stem(self.scene, dict(self.parameters))
        marks = ("bare", self.bare), ("transparent", self.transparent)
        return "-".join([stem, *(mark for mark, there in marks if there)])


def make(job: StillJob) -> Files:
    """Draw the stills of a scene; `scenes.export.drawing.save` writes them.

    Raises
    ------
    UsageError
        For a wrong parameter, a still that does not exist, or a picture of pixels that is to be a
        vector.
    """
    job.check()
    return _pages(job) if job.build else pictures(job)


def pictures(job: StillJob) -> Files:
    """Return one file a still, or two if something is hidden."""
    with ThreadPoolExecutor(2) as pool:
        return {name: (later.result(), entry) for name, (later, entry) in _drawn(job, pool).items()}


def _drawn(job: StillJob, pool: Executor) -> dict[str, tuple[Future[bytes], dict[str, Any]]]:
    """Draw the stills, and leave it to a pool to make files of them."""
    files: dict[str, tuple[Future[bytes], dict[str, Any]]] = {}
    names: list[str] = []
    fields: set[str] = set()
    formats = (job.format, *job.also)
    drawings = [Drawing(kind, job.width, None, job.transparent) for kind in formats]

    def add(name: str, content: Callable[[], bytes], entry: dict[str, Any]) -> None:
        # Only one picture waits while one is compressed: a large one has 100 MB and more.
        for later, _ in list(files.values())[:-1]:
            later.result()
        files[name] = pool.submit(content), entry

    def keep(scene: DescentScene, beat: Beat) -> None:
        fields.update(beat.caption.fields)
        if beat.still is None:
            return
        names.append(beat.still)
        if job.only and beat.still not in job.only:
            return
        stem = f"{job.stem}-{beat.still}"
        entry = entry_of(scene, beat, job.parameters)
        solution = f"{stem}-solution" if job.hide else stem
        if job.hide:
            with asked(scene, beat, job.hide) as question:
                if question is None:
                    return
                for one in drawings:
                    add(
                        f"{stem}-question.{one.format}",
                        prepared(one, scene, question.caption, question.frame),
                        {**entry, "alt": question.caption, "answers": question.answers},
                    )
        for one in drawings:
            add(f"{solution}.{one.format}", prepared(one, scene, beat.caption.text), entry)

    # As many pixels as are asked for, should there be a picture of pixels in the scene.
    ratio = ASPECTS[job.scene.resolve(job.settings)["aspect"]]
    height = round(job.width / max(ratio, 1)) if "png" in formats else 180
    rehearse(job.scene, job.settings, height=height, at_beat_end=keep)
    _known("only", "still", job.only, names)
    _known("hide", "field", job.hide, sorted(fields))
    if job.hide and not files:
        raise UsageError(f"hide = {', '.join(job.hide)}: no still tells it in its caption")
    return files


def last_frame(
    scene: type[DescentScene], parameters: Mapping[str, Any], width: int = 1920
) -> bytes:
    """Return the last picture of a scene, named or not, as a PNG."""
    played = rehearse(scene, parameters, height=180)
    return drawn(Drawing("png", width), played, played.beats[-1].caption.text)


def _known(option: str, kind: str, given: Iterable[str], names: Sequence[str]) -> None:
    for name in given:
        if name not in names:
            near = difflib.get_close_matches(name, names, 1)
            hint = f"did you mean {near[0]}?" if near else f"allowed: {', '.join(names)}"
            raise UsageError(f"{option} = {name}: there is no such {kind}; {hint}")


def _pages(job: StillJob) -> Files:
    """Return one document whose page n is the picture after beat n."""
    pages: list[vectors.Pages] = []
    captions: list[str] = []

    def turn(scene: DescentScene, beat: Beat) -> None:
        if not pages:
            pages.append(vectors.Pages(points_of(job.width, None), title_of(scene)))
        ground = None if job.transparent else scene.theme.background
        pages[0].add(scene.camera, scene.mobjects, ground)
        captions.append(beat.caption.text)

    scene = rehearse(job.scene, job.settings, height=180, at_beat_end=turn)
    entry = {
        "scene": type(scene).__name__,
        "title": title_of(scene),
        "pages": captions,
        "alt": " ".join(captions),
        "parameters": told(job.parameters),
    }
    return {f"{job.stem}-build.pdf": (pages[0].document(), entry)}

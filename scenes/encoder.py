"""From drawn frames to video files: manim's writer, made quicker and safe against a sudden end.

Measured, this is where a render's time goes, so three things differ from manim's own way, and none
of them changes a pixel:

- A frame goes to the encoder without being copied, and only what has changed in it is converted.
  That happens beside the encoder, in the thread that draws, which has time to spare.
- Files appear under their names only when they are complete, so that a killed render leaves nothing
  that a later one takes for finished, and a damaged segment is drawn again.
- Segments are joined with evenly spaced times, and the index stands first, so that a browser can
  play a film while it loads.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from manim import Camera, Scene, __version__, config, logger
from manim._config.video_encoder import VideoEncoderSpec
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder
from manim.typing import RGBAPixelArray

from scenes.camera import KeepingCamera
from scenes.pixels import Converter

__all__ = ["FilmWriter", "SegmentEncoder", "complete_or_absent", "install", "is_whole", "join"]

FASTSTART = {"movflags": "faststart+use_metadata_tags"}
"""An mp4 with its index first plays while it loads; named tags survive on request only."""

STALE_AFTER = 3600.0
"""Seconds without a write after which an unfinished file belongs to a render that was killed."""


class SegmentEncoder(VideoSegmentEncoder):
    """Encode one segment beside its final place, and move it there when it is complete.

    Parameters
    ----------
    target
        The path that the finished segment gets.
    spec
        The resolved settings of the encoder.
    """

    def __init__(self, *, target: Path, spec: VideoEncoderSpec) -> None:
        self._partial = _beside(target)
        super().__init__(target=self._partial, spec=spec)
        self.target = target
        self._tick = 1 / spec.frame_rate

    def write_frame(self, frame: av.VideoFrame, *, repeat: int = 1) -> None:
        """Encode one converted frame, shown for `repeat` ticks."""
        try:
            frame.time_base, frame.duration = self._tick, 1
            for _ in range(repeat):
                frame.pts = self._next_pts
                self._next_pts += 1
                self._container.mux(self._stream.encode(frame))
        except Exception as error:
            raise self._operation_error("encode", error) from error

    def finish(self) -> None:
        """Flush the encoder, close the file and give it its name."""
        if self._closed:
            return
        super().finish()
        self._partial.replace(self.target)

    def abort(self) -> None:
        """Close the file and remove it."""
        try:
            super().abort()
        finally:
            self._partial.unlink(missing_ok=True)


class FilmWriter(SceneFileWriter):
    """Write a scene's segments and join them."""

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        if self.video_encoder is not None:
            spec = self.video_encoder
            self._convert = Converter(spec.width, spec.height, spec.pixel_format)

    def _create_segment_encoder(self, target: Path) -> SegmentEncoder:
        if self.video_encoder is None:
            raise RuntimeError("There is no encoder, because no video was asked for.")
        return SegmentEncoder(target=target, spec=self.video_encoder)

    def write_frame(self, pixels: RGBAPixelArray, *, repeat: int = 1) -> None:
        """Convert a frame here, in the thread that draws, and leave it to the encoder's.

        Unlike manim's writer this one has no use for `pixels` afterwards.
        """
        if self._current_encode_job is not None:
            pixels = self._convert(pixels)
        super().write_frame(pixels, repeat=repeat)

    def is_already_cached(self, hash_invocation: str) -> bool:
        """Whether the segment is there, and whole: what a crash left behind is drawn again."""
        if not super().is_already_cached(hash_invocation):
            return False
        path = self.output_plan.segment_path(hash_invocation)
        if is_whole(path, self.video_encoder.frame_rate):
            return True
        logger.warning("The segment %s is damaged and will be made again.", path)
        return False

    def combine_files(
        self,
        input_files: list[str],
        output_file: Path,
        create_gif: bool = False,
        includes_sound: bool = False,
    ) -> None:
        """Join segments; manim's own way is kept for GIFs, which have to be encoded anew."""
        output_file.parent.mkdir(parents=True, exist_ok=True)
        with complete_or_absent(output_file) as partial:
            if create_gif:
                super().combine_files(input_files, partial, create_gif, includes_sound)
            else:
                join(input_files, partial, self.video_encoder.frame_rate)

    def finish(self) -> None:
        """Write the film, and clear away what killed renders left unfinished."""
        super().finish()
        if self.output_spec.is_video:
            _remove_stale(self.partial_movie_directory)
            _remove_stale(self.movie_file_path.parent)


class FilmRenderer(CairoRenderer):
    """manim's renderer without the copy of each frame that `FilmWriter` has no use for."""

    def render(self, scene: Scene, time: float, moving_mobjects: Any = None) -> None:
        """Draw the next frame and write it."""
        self.update_frame(scene, moving_mobjects)
        self.add_frame(self.camera.pixel_array)


def install(scene: Scene) -> None:
    """Let a scene that has just been made draw and write in our way instead of manim's."""
    renderer = FilmRenderer(FilmWriter, KeepingCamera, scene.skip_animations)
    # A scene's own kind of camera may zoom or turn, which ours does not.
    if type(scene.renderer.camera) is not Camera:
        renderer.camera = scene.renderer.camera
    renderer.init_scene(scene, scene.session_spec, scene.file_writer_settings)
    scene.renderer = renderer


def film_of(scene: Scene) -> Path | None:
    """Return the film that a scene has just written, whole; None if it wrote no or half a one."""
    writer = scene.renderer.file_writer
    whole = config.from_animation_number == 0 and config.upto_animation_number in (-1, math.inf)
    if not (isinstance(writer, FilmWriter) and writer.output_spec.is_video and whole):
        return None
    gif = writer.video_encoder is not None and config.format == "gif"
    film = Path(writer.gif_file_path if gif else writer.movie_file_path)
    return film if film.is_file() else None


def join(
    segments: Iterable[str | Path],
    film: Path,
    frame_rate: Fraction,
    chapters: Sequence[tuple[str, int]] = (),
) -> None:
    """Put segments one after the other without encoding them again.

    Parameters
    ----------
    segments
        Video files that were encoded with the same settings.
    film
        The file to write. Frame n is shown at n / `frame_rate`, up to the container's own rounding.
    frame_rate
        Frames a second in the segments and in the film.
    chapters
        Titles, and the frames at which they start.
    """
    sources = [str(path) for path in segments]
    # A frame that others are predicted from is stored before them. How far ahead differs from
    # segment to segment, so the times of storing are counted over the whole film.
    counted = (_packets(path, frame_rate) for path in sources)
    ahead = max((n - shown for packets in counted for n, shown, _ in packets), default=0)
    # Only the MP4 family has an index to move.
    flags = FASTSTART if film.suffix in {".mp4", ".mov"} else {}
    with av.open(str(film), "w", options=flags) as out:
        out.metadata["comment"] = f"Rendered with Manim Community v{__version__}"
        stream, start = None, 0
        for path in sources:
            n = -1
            for n, shown, packet in _packets(path, frame_rate):
                if stream is None:
                    stream = out.add_stream_from_template(packet.stream)
                    if "alpha_mode" in packet.stream.metadata:
                        # WebM keeps alpha beside the pictures, where it is seen only if announced.
                        stream.pix_fmt = "yuva420p"
                    if chapters:
                        out.set_chapters(_chapters(chapters, sources, frame_rate))
                packet.pts, packet.dts, packet.duration = start + shown, start + n - ahead, 1
                packet.time_base = 1 / frame_rate
                packet.stream = stream
                out.mux(packet)
            start += n + 1


def _chapters(
    chapters: Sequence[tuple[str, int]], sources: Sequence[str], frame_rate: Fraction
) -> list[Any]:
    """Return chapters as the container has them, the last one up to the end."""
    frames = sum(1 for path in sources for _ in _packets(path, frame_rate))
    ends = [start for _, start in chapters[1:]] + [frames]
    return [
        {
            "id": number,
            "start": start,
            "end": end,
            "time_base": 1 / frame_rate,
            "metadata": {"title": title},
        }
        for number, ((title, start), end) in enumerate(zip(chapters, ends, strict=True), 1)
    ]


def _packets(path: str, frame_rate: Fraction) -> Iterator[tuple[int, int, Any]]:
    """Yield a segment's frames as they are stored: running number, number when shown, packet."""
    with av.open(path) as segment:
        stored = (packet for packet in segment.demux(video=0) if packet.pts is not None)
        for n, packet in enumerate(stored):
            yield n, round((packet.pts or 0) * packet.time_base * frame_rate), packet


def is_whole(path: Path, frame_rate: Fraction) -> bool:
    """Whether a segment can be read from its first frame to its last; nothing is decoded."""
    try:
        with av.open(str(path)) as segment:
            stream = segment.streams.video[0]
            frames = sum(packet.size > 0 for packet in segment.demux(stream))
            # WebM does not count its frames, but knows how long it is.
            seconds = (segment.duration or 0) / av.time_base
            return frames > 0 and frames == (stream.frames or round(seconds * frame_rate))
    except (av.FFmpegError, IndexError):
        return False


@contextmanager
def complete_or_absent(target: Path) -> Iterator[Path]:
    """Lend a path beside `target`; what is written there gets its name if nothing went wrong."""
    partial = _beside(target)
    try:
        yield partial
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _beside(target: Path) -> Path:
    """Return a hidden path, which manim's cache overlooks, in the same folder for the rename."""
    return target.with_name(f".{target.stem}.{os.getpid()}.part{target.suffix}")


def _remove_stale(folder: Path) -> None:
    oldest = time.time() - STALE_AFTER
    for path in folder.glob(".*.part.*"):
        # Another process may be finishing this very file.
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:
            continue

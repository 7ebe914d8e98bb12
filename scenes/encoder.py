"""From drawn frames to video files: manim's writer, made quicker and safe against a sudden end.

Measured, this is where a render's time goes, so some things differ from manim's own way, and none
of them changes a pixel that is drawn:

- A frame goes to the encoder without being copied, and only what has changed in it is converted.
  That happens beside the encoder, in the thread that draws, which has time to spare.
- A picture that stands is encoded once (`scenes.standing`).
- Files appear under their names only when they are complete, so that a killed render leaves nothing
  that a later one takes for finished, and a damaged segment is drawn again.
- Segments are joined with evenly spaced times, and the index stands first, so that a browser can
  play a film while it loads.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
from manim import Camera, Mobject, Scene, config, logger
from manim._config.video_encoder import VideoEncoderSpec
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder
from manim.typing import RGBAPixelArray
from manim.utils.exceptions import EndSceneEarlyException

from scenes.camera import KeepingCamera
from scenes.pixels import Converter
from scenes.rows import Rows
from scenes.segments import checksum, is_sealed, join, note_use, seal_path
from scenes.settings import CODEC_OPTIONS, STANDING_OPTIONS
from scenes.standing import SETTLED, settled, staying, stays
from scenes.writing import beside, complete_or_absent, remove_stale

__all__ = ["FilmWriter", "SegmentEncoder", "film_of", "install", "restrict"]


class SegmentEncoder(VideoSegmentEncoder):
    """Encode one segment beside its final place, and move it there when it is complete.

    Parameters
    ----------
    target
        The path that the finished segment gets.
    spec
        The resolved settings of the encoder.
    """

    def __init__(self, *, target: Path, spec: VideoEncoderSpec, stands: bool = False) -> None:
        self._partial = beside(target)
        super().__init__(target=self._partial, spec=spec)
        self.target = target
        self._tick = 1 / spec.frame_rate
        self._closed = False
        self._stands = stands
        self._stays: Sequence[bytes] | None = None
        self._further = 0

    def write_frame(self, frame: av.VideoFrame, *, repeat: int = 1) -> None:
        """Encode one converted frame, shown for `repeat` ticks."""
        try:
            frame.time_base, frame.duration = self._tick, 1
            for number in range(repeat):
                if self._stands and number == SETTLED:
                    self._stays = stays(self.spec, self._stream.codec_context.extradata)
                    if self._stays:
                        self._further = repeat - number
                        break
                if self._stands:
                    settled(frame, self._next_pts)
                frame.pts = self._next_pts
                self._next_pts += 1
                self._container.mux(self._stream.encode(frame))
        except Exception as error:
            raise _plain(error) or self._operation_error("encode", error) from error

    def finish(self) -> None:
        """Flush the encoder, close the file, seal it and give it its name."""
        if self._closed:
            return
        self._closed = True
        try:
            with self._container:
                packets = self._stream.encode()
                self._container.mux(packets)
                if self._stays:
                    rate = self.spec.frame_rate
                    for packet in staying(self._stays, packets[-1], rate, self._further):
                        packet.stream = self._stream
                        self._container.mux(packet)
        except Exception as error:
            raise _plain(error) or self._operation_error("finish", error) from error
        # First the seal: a segment without one would be taken for a damaged one, and made again.
        with complete_or_absent(seal_path(self.target)) as seal:
            seal.write_text(checksum(self._partial))
        self._partial.replace(self.target)

    def abort(self) -> None:
        """Close the file and remove it."""
        try:
            super().abort()
        finally:
            self._partial.unlink(missing_ok=True)


def _plain(error: BaseException | None) -> OSError | None:
    """Return what the disk had to say, such as that it is full, without how PyAV says it."""
    if not isinstance(error, OSError):
        return None
    return OSError(error.errno, error.strerror, error.filename)


class FilmWriter(SceneFileWriter):
    """Write a scene's segments and join them.

    Attributes
    ----------
    is_part
        Whether only segments are written: others make the rest, and somebody else joins them.
    stands
        Says whether all frames of the animation that is about to be drawn are the same.
    rows
        Tells which rows of the next frame may differ from the one that was written before, or None.
    """

    is_part = False
    rows: Rows | None = None
    _follows = False
    stands: Callable[[], bool] = staticmethod(lambda: False)

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        if self.video_encoder is not None:
            spec = self.video_encoder
            self._convert = Converter(spec.width, spec.height, spec.pixel_format)

    def _create_segment_encoder(self, target: Path) -> SegmentEncoder:
        if self.video_encoder is None:
            raise RuntimeError("There is no encoder, because no video was asked for.")
        spec = self.video_encoder
        given, ours = dict(spec.options), CODEC_OPTIONS.get(spec.codec, {})
        # Not where somebody chose other options.
        mine = bool(ours) and ours.items() <= given.items()
        stands = spec.codec == "libx264" and mine and self.stands()
        if stands:
            spec = replace(spec, options=tuple(sorted({**given, **STANDING_OPTIONS}.items())))
        return SegmentEncoder(target=target, spec=spec, stands=stands)

    def write_frame(self, pixels: RGBAPixelArray, *, repeat: int = 1) -> None:
        """Convert a frame here, in the thread that draws, and leave it to the encoder's.

        Unlike manim's writer this one has no use for `pixels` afterwards.
        """
        rows, self.rows = self.rows, None
        if self._current_encode_job is not None:
            # Rows are told from one such frame to the next; any other one between is a new start.
            pixels = self._convert(pixels, rows.changed() if rows and self._follows else None)
            self._follows = rows is not None
            if rows:
                rows.settle()
        super().write_frame(pixels, repeat=repeat)

    def is_already_cached(self, hash_invocation: str) -> bool:
        """Whether the segment is there, and whole: what a crash left behind is drawn again."""
        if not super().is_already_cached(hash_invocation):
            return False
        path = self.output_plan.segment_path(hash_invocation)
        if is_sealed(path):
            note_use(path)
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
        if self.is_part:
            self.join_all_encode_jobs()
            return
        super().finish()
        if self.output_spec.is_video:
            remove_stale(self.partial_movie_directory)
            remove_stale(self.movie_file_path.parent)


class FilmRenderer(CairoRenderer):
    """manim's renderer without what `FilmWriter` has no use for: copies, and pictures of no frame.

    Attributes
    ----------
    plays
        The numbers of the animations that are drawn, from 0; None for all.
    was_found
        Whether the segment of the last animation was in the cache.
    """

    plays: range | None = None
    was_found = False
    _in_play = False

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Draw an animation, unless its segment is there or it is none of ours."""
        self._in_play = True
        try:
            super().play(scene, *args, **kwargs)
            self.was_found = self.skip_animations
        finally:
            self._in_play = False

    def update_skipping_status(self) -> None:
        """Skip what comes before our animations, and end the scene after them."""
        super().update_skipping_status()
        if self.plays is None:
            return
        if self.num_plays >= self.plays.stop:
            raise EndSceneEarlyException()
        self.skip_animations |= self.num_plays < self.plays.start

    def update_frame(self, *args: Any, **kwargs: Any) -> None:
        """Draw a frame; manim draws the last one of an animation also where it is skipped."""
        # What a camera of the scene's own knows of the last frame may be hashed with the next.
        ours = isinstance(self.camera, KeepingCamera)
        if not (ours and self._in_play and self.skip_animations):
            super().update_frame(*args, **kwargs)

    def save_static_frame_data(self, *args: Any, **kwargs: Any) -> Any:
        """Draw what stands still during an animation, once."""
        if self.skip_animations:
            self.static_image = None
            return None
        return super().save_static_frame_data(*args, **kwargs)

    def render(self, scene: Scene, time: float, moving_mobjects: Any = None) -> None:
        """Draw the next frame and write it."""
        self.update_frame(scene, moving_mobjects)
        if isinstance(self.camera, KeepingCamera):
            self.file_writer.rows = self.camera.rows
        self.add_frame(self.camera.pixel_array)


def install(scene: Scene) -> None:
    """Let a scene that has just been made draw and write in our way instead of manim's."""
    renderer = FilmRenderer(FilmWriter, KeepingCamera, scene.skip_animations)
    # Otherwise the first drawn frame does, and the camera is hashed with every segment: what comes
    # after a found segment would not be what comes after a drawn one.
    renderer.camera.type_or_raise(Mobject())
    # A scene's own kind of camera may zoom or turn, which ours does not.
    if type(scene.renderer.camera) is not Camera:
        renderer.camera = scene.renderer.camera
    renderer.init_scene(scene, scene.session_spec, scene.file_writer_settings)
    scene.renderer = renderer
    renderer.file_writer.stands = scene.is_current_animation_frozen_frame


def restrict(scene: Scene, plays: range) -> None:
    """Let a scene that has just been made draw some of its animations only, and join nothing."""
    scene.renderer.plays = plays
    scene.renderer.file_writer.is_part = True


def film_of(scene: Scene) -> Path | None:
    """Return the film that a scene has just written, whole; None if it wrote no or half a one."""
    writer = scene.renderer.file_writer
    whole = config.from_animation_number == 0 and config.upto_animation_number in (-1, math.inf)
    ours = isinstance(writer, FilmWriter) and not writer.is_part
    if not (ours and writer.output_spec.is_video and whole):
        return None
    gif = writer.video_encoder is not None and config.format == "gif"
    film = Path(writer.gif_file_path if gif else writer.movie_file_path)
    return film if film.is_file() else None

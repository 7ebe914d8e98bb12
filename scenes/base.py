"""DescentScene: parameters, traces, the playhead and the beats of a lesson."""

from __future__ import annotations

import functools
import hashlib
import sys
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from manim import (
    Animation,
    FadeIn,
    FadeOut,
    Scene,
    VGroup,
    Wait,
    config,
)
from manim.renderer.cairo_renderer import CairoRenderer
from manim.utils.rate_functions import smooth

from gdcore import GradientDescent, Step, Trace, descend
from scenes.encoder import install
from scenes.header import header
from scenes.layout import Layout, layout
from scenes.look import Look
from scenes.parameters import (
    COMMON,
    HYPERPARAMETERS,
    LOOKS,
    Kind,
    UsageError,
    nearest,
    with_hyperparameters,
)
from scenes.parts.lettering import Lettering
from scenes.parts.source import wrapped
from scenes.playhead import Playhead
from scenes.settings import apply_settings
from scenes.theme import TYPE, units
from scenes.words import Caption, caption

READING_SPEED = 17.0
"""Characters a second that an audience reads while something else is on screen."""

LONGEST_CAPTION = 84
"""Two lines of 42 characters."""

FADE = 0.4
"""Seconds in which one caption gives way to the next."""


@dataclass
class Beat:
    """A stretch of choreography with one caption: the unit of everything that is exported."""

    index: int
    caption: Caption
    section: str
    still: str | None
    start: int
    end: int = 0

    def seconds(self, frame_rate: float) -> tuple[float, float]:
        """Return when the beat starts and ends."""
        return self.start / frame_rate, self.end / frame_rate


class DescentScene(Scene):
    """A lesson: one run (or several), drawn step by step.

    A lesson's parameters are class attributes. They are overridden by a subclass, or by the
    `parameters` given here, which may be text.

    Parameters
    ----------
    parameters
        Names and values that replace the class's own.
    make_renderer
        Makes a renderer other than the one that writes films. It is called once the frame has its
        shape, because a camera takes its pixels when it is made.
    **kwargs
        Passed on to manim's `Scene`.
    """

    objective: Any = "x**2"
    start: Any = 4.0
    optimizer: Any = GradientDescent(learning_rate=0.1)
    max_steps: Any = 10
    title: Any = ""
    theme: Any = "dark"
    aspect: Any = "16:9"
    captions: Any = "drawn"

    seconds: ClassVar[int] = 40
    """About how long the lesson is with its own parameters."""

    dimensions: ClassVar[int] = 1
    """How many variables a function of the lesson has: it can draw no other."""

    kinds: ClassVar[Mapping[str, Kind]] = {}
    """Kinds of the parameters that a lesson has beside the common ones."""

    def __init__(
        self,
        parameters: Mapping[str, Any] | None = None,
        make_renderer: Callable[[], CairoRenderer] | None = None,
        **kwargs: Any,
    ) -> None:
        self.problem: UsageError | None = None
        try:
            self.parameters = self.resolve(parameters)
        except UsageError as error:
            # Said in `render`, where a traceback can still be kept from the user.
            self.problem, self.parameters = error, {"aspect": "16:9"}
        for name, value in self.parameters.items():
            setattr(self, name, value)
        apply_settings(self.parameters["aspect"])
        if make_renderer is not None:
            kwargs["renderer"] = make_renderer()
        super().__init__(**kwargs)
        if "renderer" not in kwargs:
            install(self)
        self.beats: list[Beat] = []
        self.frames = 0
        self.on_beat_end: Callable[[Beat], None] | None = None
        self.on_frames: Callable[[int], None] | None = None

    # -- parameters ------------------------------------------------------------------------------

    @classmethod
    def all_kinds(cls) -> dict[str, Kind]:
        """Return the kinds of all parameters of this scene, by name."""
        own: dict[str, Kind] = {}
        for base in reversed(cls.__mro__):
            own |= vars(base).get("kinds", {})
        return {**COMMON, **own}

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """Return the scene's own values, as written in the class."""
        return {name: getattr(cls, name) for name in cls.all_kinds()}

    @classmethod
    def resolve(cls, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Check the class's values and what was given over them.

        Raises
        ------
        UsageError
            For a parameter that does not exist or a value that is not allowed.
        """
        kinds = cls.all_kinds()
        values = cls.defaults()
        hyper = {name: getattr(cls, name) for name in HYPERPARAMETERS if hasattr(cls, name)}
        for name, value in (given or {}).items():
            if name in kinds:
                values[name] = value
                if name == "optimizer":
                    hyper = {}
            elif name in HYPERPARAMETERS:
                hyper[name] = value
            else:
                raise nearest(name, {**kinds, **HYPERPARAMETERS})
        checked = {name: kinds[name](name, value) for name, value in values.items()}
        hyper = {name: HYPERPARAMETERS[name](name, value) for name, value in hyper.items()}
        if hyper:
            checked["optimizer"] = with_hyperparameters(checked["optimizer"], hyper)
        cls.check(checked)
        return checked

    @classmethod
    def check(cls, values: Mapping[str, Any]) -> None:
        """Check what only fits together; lessons extend this.

        Raises
        ------
        UsageError
            If the function has not the lesson's number of variables, or the start not one number
            for each.
        """
        objective, start = values["objective"], values["start"]
        variables = objective.variables
        if len(variables) != cls.dimensions:
            kind = "one variable" if cls.dimensions == 1 else f"{cls.dimensions} variables"
            raise UsageError(
                f"objective = {getattr(objective, 'text', objective)}: allowed: a function of "
                f"{kind}; this one has {', '.join(variables)}"
            )
        size = len(start) if isinstance(start, tuple) else 1
        if size != len(variables):
            raise UsageError(
                f"start = {start}: allowed: one number for each variable of the function "
                f"({', '.join(variables)})"
            )

    @property
    def is_default(self) -> bool:
        """Whether all that is computed is as the class wrote it."""
        own = type(self).resolve()
        return all(own[name] == self.parameters[name] for name in own if name not in LOOKS)

    # -- the run ---------------------------------------------------------------------------------

    def run(self, **changes: Any) -> Trace:
        """Return a run with the scene's parameters, some of them changed.

        Parameters
        ----------
        **changes
            `objective`, `start`, `optimizer`, `max_steps`, or hyper-parameters such as
            `learning_rate`.
        """
        values = {name: getattr(self, name) for name in ("objective", "start", "optimizer")}
        values |= {name: changes.pop(name) for name in list(changes) if name in values}
        max_steps = changes.pop("max_steps", self.max_steps)
        optimizer = with_hyperparameters(values["optimizer"], changes)
        try:
            trace = descend(values["objective"], values["start"], optimizer, max_steps=max_steps)
        except ValueError as error:
            raise UsageError(" ".join(str(error).split())) from None
        self._draw_from(trace)
        return trace

    def _draw_from(self, trace: Trace) -> None:
        """Let the segments from here on depend on a run.

        manim does not look into a trace, which has slots; it would take as long as drawing if it
        looked into thousands of steps before every play.
        """
        sha = hashlib.sha256(getattr(self.camera, "digest", "").encode())
        for numbers in (*trace.points, trace.values):
            sha.update(array("d", numbers).tobytes())
        self.camera.digest = sha.hexdigest()

    @functools.cached_property
    def trace(self) -> Trace:
        """The run of the scene's own parameters."""
        return self.run()

    # -- the frame -------------------------------------------------------------------------------

    def setup(self) -> None:
        """Prepare look, layout, playhead and the digest for the segment cache."""
        if self.problem:
            raise self.problem
        self.look = Look(self.theme)
        self.camera.background_color = self.theme.background
        self.layout: Layout = layout(
            config.frame_width, config.frame_height, captions=self.captions == "drawn"
        )
        self.playhead = Playhead()
        self.shown_caption: VGroup | None = None
        # manim hashes the camera with every segment, but sees neither class attributes nor what a
        # part reaches through its methods: this line makes a change of those a change of segment.
        self.camera.digest = self.digest()

    def digest(self) -> str:
        """Return what identifies the pictures beyond the mobjects' own state."""
        state = {name: repr(value) for name, value in sorted(self.parameters.items())}
        text = f"{type(self).__mro__!r} {state} {self.look} {house_digest()}"
        return hashlib.sha256(text.encode()).hexdigest()

    def add_header(self, *formulas: Lettering) -> VGroup:
        """Add title and formulas to the header and return them as a group."""
        head = header(self.look, self.layout, self.title, formulas)
        self.add(head)
        return head

    # -- time ------------------------------------------------------------------------------------

    @property
    def frame_rate(self) -> float:
        """Frames a second."""
        return float(config.frame_rate)

    def play(self, *animations: Any, seconds: float | None = None, **kwargs: Any) -> None:
        """Play animations for a whole number of frames.

        Parameters
        ----------
        *animations
            As in manim; None is left out.
        seconds
            How long all of them last together, one second unless said.
        **kwargs
            Passed on to manim.
        """
        moving = [animation for animation in animations if animation is not None]
        if not moving:
            return
        length = seconds if seconds is not None else kwargs.pop("run_time", 1.0)
        frames = max(1, round(length * self.frame_rate))
        # manim rounds a play up to whole frames: just below is exact.
        super().play(*moving, run_time=frames / self.frame_rate - 1e-9, **kwargs)
        self._passed(frames)

    def _passed(self, frames: int) -> None:
        self.frames += frames
        if self.on_frames:
            self.on_frames(self.frames)

    def hold(self, seconds: float) -> None:
        """Let the picture stand for a whole number of frames."""
        frames = round(seconds * self.frame_rate)
        if frames > 0:
            # manim rounds a frozen wait down: just above is exact.
            super().play(Wait(run_time=frames / self.frame_rate + 1e-9, frozen_frame=True))
            self._passed(frames)

    # -- beats -----------------------------------------------------------------------------------

    @contextmanager
    def beat(
        self,
        template: str,
        step: Step | None = None,
        *,
        seconds: float = 6.0,
        still: str | None = None,
        section: str | None = None,
        hold: float = 0.8,
        short: str = "",
        **fields: Any,
    ) -> Iterator[Beat]:
        """Tell one thing: show its caption, move, and let the picture stand.

        Parameters
        ----------
        template
            The caption with `{fields}` (see `scenes.words.caption`).
        step
            Gives the fields n, x, value, slope, delta, next_x and next_value of a run of one
            variable.
        seconds
            The length of the beat. The picture is held to fill it, and longer where the sentence
            could not be read in it.
        still
            The name of the picture at the end.
        section
            The chapter that starts here.
        hold
            The least time that the picture stands at the end.
        short
            A template for numbers that make the caption too long.
        **fields
            More fields.
        """
        known = {**step_fields(step), **fields}
        words = caption(template, known)
        if short and len(words.text) > LONGEST_CAPTION:
            words = caption(short, known)
        beat = Beat(len(self.beats), words, section or "", still, self.frames)
        self.beats.append(beat)
        if section:
            self.next_section(section)
        self._show_caption(words.text)
        # Nothing moves while a new sentence is read: the eye gets a moment to take it in.
        lead = min(max(len(words.text) / 40, 0.8), 1.6)
        self.hold(lead)
        yield beat
        spent = (self.frames - beat.start) / self.frame_rate
        reading = len(words.text) / READING_SPEED + FADE
        self.hold(max(seconds - spent, reading - spent, hold))
        beat.end = self.frames
        if self.captions == "track":
            start, end = beat.seconds(self.frame_rate)
            self.add_subcaption(words.text, duration=end - start, offset=start - end)
        if self.on_beat_end:
            self.on_beat_end(beat)

    def _show_caption(self, text: str) -> None:
        old, self.shown_caption = self.shown_caption, None
        changes: list[Animation] = []
        if old is not None:
            changes.append(FadeOut(old, rate_func=_first_half))
        if self.captions == "drawn" and text:
            self.shown_caption = self.caption_lines(text)
            changes.append(FadeIn(self.shown_caption, rate_func=_second_half))
        self.play(*changes, seconds=FADE)

    def caption_lines(self, text: str) -> VGroup:
        """Return a caption set in the footer: few, even lines, as large as fits."""
        footer = self.layout.footer
        for size in (TYPE.caption, 4.6, 4.2, 3.8, TYPE.minimum):
            em = units(size)

            def measure(part: str, em: float = em, size: float = size) -> float:
                return self.look.text(part, size=size).advance

            lines = wrapped(text, footer.width, measure)
            if len(lines) * 1.22 * em <= footer.height + 0.3 * em:
                break
        middle, top = (footer.left + footer.right) / 2, footer.center[1]
        first = top + (len(lines) - 1) / 2 * 1.22 * em - 0.3 * em
        return VGroup(
            *(
                self.look.text(line, size=size).place(middle, first - index * 1.22 * em, "center")
                for index, line in enumerate(lines)
            )
        )

    # -- the command line ------------------------------------------------------------------------

    def render(self, preview: bool = False) -> bool:
        """Render the scene; a mistake of the user's ends in one line and exit code 2."""
        try:
            return bool(super().render(preview))
        except UsageError as error:
            print(f"{type(self).__name__}: {error}", file=sys.stderr)
            raise SystemExit(2) from None


def _first_half(alpha: float) -> float:
    return float(smooth(min(1.0, alpha / 0.45)))


def _second_half(alpha: float) -> float:
    return float(smooth(max(0.0, (alpha - 0.5) / 0.5)))


def step_fields(step: Step | None) -> dict[str, Any]:
    """Return what a caption can say about a step of a run of one variable."""
    if step is None:
        return {}
    return {
        "n": step.index,
        "x": step.point[0],
        "value": step.value,
        "slope": step.gradient[0],
        "delta": step.delta[0],
        "next_x": step.next_point[0],
        "next_value": step.next_value,
    }


@functools.cache
def house_digest() -> str:
    """Return the digest of the code that computes and draws, lessons excepted."""
    house = Path(__file__).parent
    folders = (house.parent / "gdcore", house / "parts", house)
    sha = hashlib.sha256()
    for source in (path.read_bytes() for folder in folders for path in sorted(folder.glob("*.py"))):
        # Not the lessons: what they draw is in the state of the mobjects, and an edited beat must
        # not cost the others.
        if b"def construct(self)" not in source:
            sha.update(source)
    return sha.hexdigest()

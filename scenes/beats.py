"""Beats: what a lesson tells, one caption after the other, on a clock of whole frames."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from manim import Animation, FadeIn, FadeOut, Scene, VGroup, Wait, config
from manim.utils.rate_functions import smooth

from gdcore import Step
from scenes.layout import Layout
from scenes.look import Look
from scenes.parameters import UsageError
from scenes.parts.source import wrapped
from scenes.theme import TYPE, units
from scenes.words import Caption, caption

READING_SPEED = 17.0
"""Characters a second that an audience reads while something else is on screen."""

LONGEST_CAPTION = 84
"""Two lines of 42 characters."""

LONGEST_LINE = 42
"""Characters of a line of a caption, where it can be broken so: longer ones are two even lines."""

UNEVEN = 1.2
"""A line of two may be so much longer than an even one, where the sentence has a comma there."""

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
    pauses: list[int] = field(default_factory=list)
    loop: bool = False

    def seconds(self, frame_rate: float) -> tuple[float, float]:
        """Return when the beat starts and ends."""
        return self.start / frame_rate, self.end / frame_rate


class Play(NamedTuple):
    """An animation: its frames, and how many mobjects are drawn in each; none where all stands."""

    frames: int
    moving: int


class BeatScene(Scene):
    """A scene that is told in beats.

    Attributes
    ----------
    beats
        Those that have begun.
    frames
        How many frames have passed.
    plays
        The animations that have passed.
    on_beat_end, on_pause, on_frames
        Told each beat that has ended, or waits in a deck, and how many frames have passed.
    """

    look: Look
    layout: Layout
    captions: Any
    wording: Any
    pace: Any

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.beats: list[Beat] = []
        self.frames = 0
        self.plays: list[Play] = []
        self.shown_caption: VGroup | None = None
        self.on_beat_end: Callable[[Beat], None] | None = None
        self.on_pause: Callable[[Beat], None] | None = None
        self.on_frames: Callable[[int], None] | None = None

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
            How long all of them last together at the lesson's own pace, one second unless said.
        **kwargs
            Passed on to manim.
        """
        moving = [animation for animation in animations if animation is not None]
        if not moving:
            return
        length = seconds if seconds is not None else kwargs.pop("run_time", 1.0)
        frames = max(1, round(length / self.pace * self.frame_rate))
        # manim rounds a play up to whole frames: just below is exact.
        super().play(*moving, run_time=frames / self.frame_rate - 1e-9, **kwargs)
        self._passed(frames, sum(len(mobject.get_family()) for mobject in self.moving_mobjects))

    def _passed(self, frames: int, moving: int) -> None:
        self.frames += frames
        self.plays.append(Play(frames, moving))
        if self.on_frames:
            self.on_frames(self.frames)

    def hold(self, seconds: float) -> None:
        """Let the picture stand for a whole number of frames."""
        frames = round(seconds * self.frame_rate)
        if frames > 0:
            # manim rounds a frozen wait down: just above is exact.
            super().play(Wait(run_time=frames / self.frame_rate + 1e-9, frozen_frame=True))
            self._passed(frames, 0)

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
        loop: bool = False,
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
        loop
            Whether a deck of slides shows the beat again and again while it waits.
        **fields
            More fields.
        """
        known = {**step_fields(step), **fields}
        words = self._own_wording(still, known) or caption(template, known)
        if short and words.template == template and len(words.text) > LONGEST_CAPTION:
            words = caption(short, known)
        words = replace(words, text=self.look.notation.words(words.text))
        beat = Beat(len(self.beats), words, section or "", still, self.frames, loop=loop)
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
        # The pace is that of what moves: whoever reads needs as long as ever.
        self.hold(max(seconds / self.pace - spent, reading - spent, hold))
        beat.end = self.frames
        if self.captions == "track":
            start, end = beat.seconds(self.frame_rate)
            self.add_subcaption(words.text, duration=end - start, offset=start - end)
        if self.on_beat_end:
            self.on_beat_end(beat)

    def deck_pause(self) -> None:
        """Let a deck of slides wait here, where a class should think, and not at the beat's end."""
        beat = self.beats[-1]
        beat.pauses.append(self.frames)
        if self.on_pause:
            self.on_pause(beat)

    def _own_wording(self, still: str | None, known: Mapping[str, Any]) -> Caption | None:
        """Return the caption that the user wrote for the next beat, or None."""
        names = (still, f"beat-{len(self.beats) + 1}")
        for name in names:
            if name in self.wording:
                try:
                    return caption(self.wording[name], known)
                except KeyError as error:
                    raise UsageError(f"wording: {name}: {error.args[0]}") from None
        return None

    def check_wording(self) -> None:
        """Check, after the last beat, that each caption of the user's had its beat.

        Raises
        ------
        UsageError
            For a name that no beat has.
        """
        names = [f"beat-{beat.index + 1}" for beat in self.beats]
        names += [beat.still for beat in self.beats if beat.still]
        for name in self.wording:
            if name not in names:
                near = difflib.get_close_matches(name, names, 1)
                hint = f"did you mean {near[0]}?" if near else f"allowed: {', '.join(names)}"
                raise UsageError(f"wording: {name}: there is no such beat; {hint}")

    def _show_caption(self, text: str) -> None:
        old, self.shown_caption = self.shown_caption, None
        changes: list[Animation] = []
        if old is not None:
            changes.append(FadeOut(old, rate_func=_first_half))
        if self.captions == "drawn" and text:
            self.shown_caption = self.caption_lines(text)
            changes.append(FadeIn(self.shown_caption, rate_func=_second_half))
        self.play(*changes, seconds=FADE * self.pace)

    def caption_lines(self, text: str) -> VGroup:
        """Return a caption set in the footer: few, even lines, as large as fits.

        Wide lines are hard to read: what is longer than `LONGEST_LINE` has two, which end where
        the sentence has a comma if none of them becomes too long by that.
        """
        least = 2 if len(text) > LONGEST_LINE else 1
        footer = self.layout.footer
        space = self.look.text_width("a a", size=1.0) - self.look.text_width("aa", size=1.0)
        # A sentence is as wide as its words, which are measured once.
        widths = {word: self.look.text_width(word, size=1.0) for word in text.split()}
        for size in (TYPE.caption, 4.6, 4.2, 3.8, TYPE.minimum):
            em = units(size)

            def measure(part: str, size: float = size) -> float:
                words = part.split()
                return size * (sum(widths[word] for word in words) + space * (len(words) - 1))

            lines = wrapped(text, footer.width, measure, least, UNEVEN)
            if max(map(len, lines)) > LONGEST_LINE:
                lines = wrapped(text, footer.width, measure, least)
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

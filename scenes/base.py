"""DescentScene: parameters, traces, the playhead and the beats of a lesson."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from array import array
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from manim import VGroup, config
from manim.renderer.cairo_renderer import CairoRenderer

from gdcore import GradientDescent, Trace, descend
from scenes.beats import BeatScene
from scenes.encoder import film_of, install
from scenes.header import has_room_on_one_line, header, rate_formula
from scenes.layout import Layout, layout
from scenes.look import Look
from scenes.notation import Notation
from scenes.parameters import (
    COMMON,
    HYPERPARAMETERS,
    Kind,
    UsageError,
    nearest,
    with_hyperparameters,
)
from scenes.parts.lettering import Lettering
from scenes.playhead import Playhead
from scenes.settings import apply_settings
from scenes.telling import rate_of
from scenes.theme import TYPE


class DescentScene(BeatScene):
    """A lesson: one run (or several), drawn step by step.

    A lesson's parameters are class attributes. They are overridden by a subclass, or by the
    `parameters` given here, which may be text.

    Parameters
    ----------
    parameters
        Names and values that replace the class's own. Where nothing is given, as under the manim
        command, the lesson file that the variable GD_LESSON names is asked.
    make_renderer
        Makes a renderer other than the one that writes films. It is called once the frame has its
        shape, because a camera takes its pixels when it is made.
    **kwargs
        Passed on to manim's `Scene`.

    Attributes
    ----------
    traces
        The different runs that are told, in order.
    """

    objective: Any = "x**2"
    start: Any = 4.0
    optimizer: Any = GradientDescent(learning_rate=0.1)
    max_steps: Any = 10
    title: Any = ""
    theme: Any = "dark"
    aspect: Any = "16:9"
    captions: Any = "drawn"
    notation: Any = Notation()
    wording: Any = MappingProxyType({})
    pace: Any = 1.0

    seconds: ClassVar[int] = 40
    """About how long the lesson is with its own parameters."""

    dimensions: ClassVar[int] = 1
    """How many variables a function of the lesson has: it can draw no other."""

    tells_rate: ClassVar[bool] = False
    """Whether the learning rate stands in the header."""

    least_formula: ClassVar[float] = TYPE.label
    """The least size of formulas beside the title in a square frame: else they stand below it."""

    kinds: ClassVar[Mapping[str, Kind]] = {}
    """Kinds of the parameters that a lesson has beside the common ones."""

    def __init__(
        self,
        parameters: Mapping[str, Any] | None = None,
        make_renderer: Callable[[], CairoRenderer] | None = None,
        **kwargs: Any,
    ) -> None:
        self.problem: UsageError | None = None
        self.traces: list[Trace] = []
        try:
            if parameters is None and make_renderer is None and os.environ.get("GD_LESSON"):
                # Here, because a lesson file knows all scenes, and they know this one.
                from scenes.course.variable import parameters_for

                parameters = parameters_for(type(self))
            self.parameters = self.resolve(parameters)
        except UsageError as error:
            # Said in `render`, where a traceback can still be kept from the user.
            self.problem, self.parameters = error, {"aspect": "16:9"}
        for name, value in self.parameters.items():
            setattr(self, name, value)
        self.shape()
        if make_renderer is not None:
            kwargs["renderer"] = make_renderer()
        super().__init__(**kwargs)
        if "renderer" not in kwargs:
            install(self)

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

    # -- the run ---------------------------------------------------------------------------------

    def run(self, **changes: Any) -> Trace:
        """Return a run with the scene's parameters, some changed; its numbers go with the video.

        Parameters
        ----------
        **changes
            As of `tried`.
        """
        trace = self.tried(**changes)
        if trace not in self.traces:
            self.traces.append(trace)
        return trace

    def tried(self, **changes: Any) -> Trace:
        """Return a run that is not told itself: one of many of which only the outcome is shown.

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

    @property
    def told_rate(self) -> float | None:
        """The learning rate that stands in the header, if there is one."""
        steps = self.trace.steps if self.tells_rate else ()
        return rate_of(self.optimizer, steps[0]) if steps else None

    # -- the frame -------------------------------------------------------------------------------

    def shape(self) -> None:
        """Give manim's frame its shape, before the camera is made."""
        apply_settings(self.parameters["aspect"])

    def setup(self) -> None:
        """Prepare look, layout, playhead and the digest for the segment cache."""
        if self.problem:
            raise self.problem
        self.look = Look(self.theme, self.notation)
        self.camera.background_color = self.theme.background
        # manim hashes the camera with every segment, but sees neither class attributes nor what a
        # part reaches through its methods: this line makes a change of those a change of segment.
        # Before anything asks for a run: from then on a run is part of it, too.
        self.camera.digest = self.digest()
        frame: dict[str, Any] = {
            "width": config.frame_width,
            "height": config.frame_height,
            "captions": self.captions == "drawn",
        }
        self.layout: Layout = layout(**frame)
        # A square frame has little height: none of it for a second line that is not needed.
        if self.layout.is_square and self.fits_beside_title(self.header_formulas()):
            self.layout = layout(**frame, short_header=True)
        self.playhead = Playhead()

    def digest(self) -> str:
        """Return what identifies the pictures beyond the mobjects' own state."""
        # Not what is drawn as it is: a caption that is changed must not cost the other beats.
        drawn = ("title", "wording", "pace")
        state = {
            name: repr(value)
            for name, value in sorted(self.parameters.items())
            if name not in drawn
        }
        text = f"{type(self).__mro__!r} {state} {self.look} {house_digest()}"
        return hashlib.sha256(text.encode()).hexdigest()

    def header_formulas(self) -> list[Lettering]:
        """Return what stands in the header beside the title, when most does."""
        function = self.look.math(f"f(x) = {self.objective.typst}", TYPE.formula, role="curve")
        rate = self.told_rate
        return [function] if rate is None else [function, rate_formula(self.look, rate)]

    def fits_beside_title(self, formulas: list[Lettering]) -> bool:
        """Whether formulas have room beside the title."""
        shape, least = self.layout, self.least_formula
        return has_room_on_one_line(self.look, shape, self.title, formulas, least)

    def add_header(self) -> VGroup:
        """Add title and formulas to the header and return them as a group."""
        head = header(self.look, self.layout, self.title, self.header_formulas())
        self.add(head)
        return head

    # -- the command line ------------------------------------------------------------------------

    def render(self, preview: bool = False) -> bool:
        """Render the scene; a mistake of the user's ends in one line and exit code 2."""
        try:
            again = bool(super().render(preview))
            if (film := film_of(self)) is not None:
                self.record(film)
            return again
        except UsageError as error:
            print(f"{type(self).__name__}: {error}", file=sys.stderr)
            raise SystemExit(2) from None

    def record(self, film: Path) -> None:
        """Write the manifest of a finished film beside it."""
        # Here, because what lies below `export` knows all scenes.
        from scenes.manifest import record

        record(self, film)


@functools.cache
def house_digest() -> str:
    """Return the digest of the code that computes and draws, lessons excepted."""
    house = Path(__file__).parent
    folders = (house.parent / "gdcore", house / "parts", house / "backstage", house)
    sha = hashlib.sha256()
    for source in (path.read_bytes() for folder in folders for path in sorted(folder.glob("*.py"))):
        # Not the lessons: what they draw is in the state of the mobjects, and an edited beat must
        # not cost the others.
        if b"\n    def construct(self)" not in source:
            sha.update(source)
    return sha.hexdigest()

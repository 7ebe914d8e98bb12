"""A race of optimisers down a ravine, in which the rates matter as much as the methods."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, ClassVar

from manim import FadeIn, FadeOut, ReplacementTransform, VGroup
from manim.utils.rate_functions import ease_in_quad, smooth

from gdcore import GradientDescent, optimizers, theory
from gdcore.floor import Floor, floor_of
from scenes.base import DescentScene
from scenes.parameters import POSITIVE, Kind, UsageError
from scenes.parts.axis_names import name_axes
from scenes.parts.contour import Contours, geometric_levels
from scenes.parts.dashing import PATTERNS
from scenes.parts.inset import Inset, inset_region
from scenes.parts.legend import Item, Legend
from scenes.parts.loss import LossCurve, LossPlot, LossSweep, loss_window
from scenes.parts.path import Path
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plane import box_of_runs, plane
from scenes.parts.source import figure
from scenes.parts.strokes import dots
from scenes.playhead import Playhead
from scenes.racing import Racer, groups, horizon, runs, spot
from scenes.telling import formula
from scenes.theme import STROKE
from scenes.words import number

FIRST = GradientDescent(learning_rate=0.019)
QUIET = 0.8
"""How far a run that is not talked about fades towards the background."""

STAGES = 16
"""So many rates lie between the two of the last comparison: the curve moves through true runs."""


class OptimiserRace(DescentScene):
    """The same start for every optimiser: who is first depends on the rates as on the methods.

    Parameters of this lesson: `runs`, one to six optimisers with rate and hyper-parameters, as in
    "descent 0.019; momentum 0.019 momentum=0.8"; `threshold`, how near to the minimum's value a run
    has to stay; `again`, by which factor of its rate the slowest run is repeated, 1 for none. An
    `optimizer` or hyper-parameter given alone takes the place of the first run.
    """

    objective = "(x**2 + 100*y**2)/2"
    start = (10.0, 2.0)
    optimizer = FIRST
    max_steps = 600
    title = "A race of optimisers"
    runs: Any = (
        "descent 0.019; momentum 0.019 momentum=0.8; adam 0.3; adagrad 0.5; rmsprop 0.1 rho=0.9"
    )
    threshold: Any = 0.01
    again: Any = 2.0
    seconds: ClassVar[int] = 44
    kinds: ClassVar[Mapping[str, Kind]] = {
        "runs": runs(1, 6),
        "threshold": POSITIVE,
        "again": POSITIVE,
    }

"""What is drawn and written at the first step of a long run: its slope, and how long it is."""

from __future__ import annotations

import itertools

import numpy as np
from manim import VMobject

from gdcore import Step
from scenes.look import Look
from scenes.parts.feet import place_below
from scenes.parts.lens import Lens
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_along, place_near
from scenes.parts.plot import Plot
from scenes.parts.products import product
from scenes.parts.slope import slope_role, slope_words
from scenes.parts.step import StepView
from scenes.parts.strokes import Points, dot_points, line, set_lines
from scenes.parts.tangents import above_axis, tangent_segment
from scenes.theme import STROKE, WORD_SIZES

UP = 0.7
"""How far a tangent goes uphill, in units: there it hugs the curve."""

PLACES = (0.6, 0.7, 0.5, 0.8, 0.4, 0.9, 0.3)
"""Where on its way downhill its slope may be written, in parts of that."""

OVER, BEHIND = (0.2, 0.3), (0.14, 0.22, 0.32, 0.42)
"""From an arrow's middle up to its number, and from its ends aside to it, in units."""

RIMS, FOOT = (0.2, 0.12), 0.12
"""From the sides of a lens to its words, the best first, and from its foot, in units."""

SPARE = 0.02
"""So far off the middle of a lens words may stand that are nearly as wide, in units."""

_OTHER = {"right": "left", "left": "right"}


def tangent_in(look: Look, plot: Plot, step: Step) -> VMobject:
    """Return the tangent at a step's start, far downhill, where it is well off the curve."""
    (x,), (slope,), value = step.point, step.gradient, step.value
    room = above_axis(plot, plot.at(x, value))
    down, up = 2 * float(np.hypot(room.width, room.height)), UP
    left, right = (down, up) if slope >= 0 else (up, down)
    pieces = tangent_segment(plot, x, value, slope, 2 * left, 2 * right, room)
    return set_lines(line(look, role=slope_role(slope), width=STROKE.tangent), pieces)


def name_slope(
    look: Look, plot: Plot, step: Step, tangent: VMobject, lens: Lens, curve: VMobject
) -> Lettering | None:
    """Return the slope beside a tangent that is drawn in the plot, or None where it has no room."""
    if not len(tangent.points):
        return None
    start, slope = plot.at(step.point[0], step.value), step.gradient[0]
    ends = tangent.points[[0, -1], :2]
    low = ends[0] if slope >= 0 else ends[1]
    spots = [start + (low - start) * part for part in PLACES]
    clear = Obstacles(plot.inner)
    clear.add(plot, curve, tangent)
    clear.add_points(dot_points([start], STROKE.point)[:, :2])
    lens.cover(clear)
    # On the side where the curve is not, and then on the other.
    sides = ("below right", "right", "above left") if slope >= 0 else (
        "below left", "left", "above right"
    )  # fmt: skip
    for size in WORD_SIZES:
        name = slope_words(look, slope, size)
        place_near(name, spots, clear.copy(), sides, only=True)
        if name.is_free:
            return name
    return None


def label_in_plot(
    look: Look, view: StepView, step: Step, curve: VMobject
) -> tuple[Lettering | None, Lettering | None]:
    """Return the slope beside its tangent, and the step over its arrow, of a step in the plot.

    What finds no room is None: the caption says it too.
    """
    plot = view.plot
    clear = Obstacles(plot.inner)
    clear.add(plot, curve)
    tangent = view.tangent_line(0)
    for segment in (*tangent, *view.guide(0), *view.guide(1)):
        clear.add_points(segment)
    clear.add_points(dot_points([view.place(0.0)], STROKE.point)[:, :2])
    clear.add_points(dot_points([view.place(1.0)], STROKE.point)[:, :2])
    gradient = step.gradient[0]
    ends = plot.on_axis(step.point[0]), plot.on_axis(step.next_point[0])
    anchors = [point for segment in tangent for point in (segment[0], segment[-1])]
    spot = plot.at(step.point[0], step.value)
    # Away from where the step lands.
    away = ("below right", "right", "above left", "left")
    if gradient < 0:
        away = ("below left", "left", "above right", "right")
    for size in WORD_SIZES:
        slope = slope_words(look, gradient, size)
        delta = product(look, step, None, size)
        taken = clear.copy()
        place_along(delta, *ends, taken, ("above",))
        place_near(slope, [spot, *anchors], taken, away)
        if delta.is_free and slope.is_free:
            break
    return (slope if slope.is_free else None, delta if delta.is_free else None)


def label_in_lens(
    look: Look, view: StepView, step: Step, rate: float | None, lens: Lens
) -> Lettering | None:
    """Return the step as a product under the axis of a lens, or over its arrow, or None.

    Parameters
    ----------
    look, view, step
        The look, and the step as it is drawn in the lens.
    rate
        What the slope is multiplied by, or None where the step is no such product.
    lens
        The lens.
    """
    plot = view.plot
    clear = Obstacles(plot.inner)
    clear.add(*lens.shown)
    for segment in (*view.guide(0), *view.guide(1)):
        clear.add_points(segment)
    ends = plot.on_axis(step.point[0]), plot.on_axis(step.next_point[0])
    for below, rim, size in itertools.product((True, False), RIMS, WORD_SIZES):
        delta = product(look, step, rate if below else None, size)
        taken = clear.copy()
        # What is nearly as wide as the lens stands in its middle.
        aside = min(max(rim, (lens.region.width - delta.advance) / 2 - SPARE), RIMS[0])
        taken.within = lens.region.inset(aside, FOOT, aside, FOOT)
        if below:
            place_below(delta, plot, *ends, taken)
        else:
            _at_arrow(delta, *ends, taken)
        if delta.is_free:
            return delta
    return None


def _at_arrow(words: Lettering, start: Points, tip: Points, clear: Obstacles) -> None:
    """Put words over the middle of an arrow along the axis, or at one of its ends."""
    back = "right" if start[0] > tip[0] else "left"
    ways = [((start + tip) / 2, "above", OVER), (start, back, BEHIND), (tip, _OTHER[back], BEHIND)]
    for spot, side, gaps in ways:
        place_near(words, spot, clear.copy(), (side,), gaps, only=True)
        if words.is_free:
            return

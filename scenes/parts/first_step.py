"""What is written at the first step of a long run: its slope, and how long it is."""

from __future__ import annotations

from manim import VMobject

from gdcore import Step
from scenes.look import Look
from scenes.parts.feet import place_below
from scenes.parts.landmarks import SIZES
from scenes.parts.lens import Lens
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_along, place_near
from scenes.parts.products import product
from scenes.parts.slope import slope_role
from scenes.parts.step import StepView
from scenes.words import number


def label_step(
    look: Look,
    view: StepView,
    step: Step,
    rate: float | None,
    lens: Lens | None,
    curve: VMobject,
) -> tuple[Lettering | None, Lettering | None]:
    """Return the slope beside its tangent, and how long the step is: in a lens as a product.

    What finds no room is None: the caption says it too.

    Parameters
    ----------
    look, view, step
        The look, and the step as it is drawn.
    rate
        What the slope is multiplied by, or None where the step is no such product.
    lens
        The lens that shows it, or None where the plot does.
    curve
        The curve of the plot.
    """
    plot = view.plot
    clear = Obstacles(plot.inner)
    clear.add(*(lens.submobjects[4:] if lens else (plot, curve)))
    tangent = view.tangent_line(0)
    for segment in (*tangent, *view.guide(0), *view.guide(1)):
        clear.add_points(segment)
    gradient = step.gradient[0]
    ends = plot.on_axis(step.point[0]), plot.on_axis(step.next_point[0])
    anchors = [point for segment in tangent for point in (segment[0], segment[-1])]
    spot = plot.at(step.point[0], step.value)
    # Away from where the step lands.
    away = ("below right", "right", "above left", "left")
    if gradient < 0:
        away = ("below left", "left", "above right", "right")
    # As a product under the axis of a lens, or else as a number over the arrow.
    ways = [(size, below) for below in ((True, False) if lens else (False,)) for size in SIZES]
    for size, below in ways:
        slope = look.text(f"slope {number(gradient)}", size=size, role=slope_role(gradient))
        delta = product(look, step, rate if below else None, size)
        taken = clear.copy()
        if lens and below:
            taken.within = lens.region.inset(*[0.08] * 4)
            place_below(delta, plot, *ends, taken)
        else:
            place_along(delta, *ends, taken, ("above",))
        place_near(slope, [spot, *anchors], taken, away)
        if delta.is_free and (slope.is_free or (below and size == SIZES[-1])):
            break
    # What finds no room is left out: the caption says it too.
    return (slope if slope.is_free else None, delta if delta.is_free else None)

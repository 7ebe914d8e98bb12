"""Axes for the loss over the steps of a race, on a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import AIR, Obstacles
from scenes.parts.plot import TICK, Plot
from scenes.parts.source import figure
from scenes.parts.strokes import Points, line, set_lines
from scenes.parts.window import Window, ticks
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

NAME = '"steps"'
"""The name of the axis, in Typst mathematics."""

FINISH = "finish"
"""The name of the threshold's line, at its end."""

LINE = 1.7
"""Width of that line, in widths of a guide."""

BEYOND, OVERSHOOT = 0.16, 0.08
"""From the end of the plot to the names beside it, and to the end of the axis, in units."""

OVER = 0.36
"""What the name of the upright axis needs above it, in units."""

BAND, MOST_BAND = 0.56, 0.45
"""Between the finishing line and the axis, in units, where there is room, and in parts of the
height: there stand the numbers of steps."""

LOW, LOW_BAND = 2.0, 0.46
"""A plot that is not so high has less between both, in units."""

NARROW, ROW, ON = 5.0, 0.34, 0.3
"""In a narrower region no names stand beside the ends of the lines; what the name of the axis needs
there under its numbers, and how far axis and line go on beyond the plot, in units."""

APART = 0.22
"""Between two numbers of an axis, in units, at least."""

OVER_LINE = (0.09, 0.13, 0.17, 0.21)
"""How far above its line that is named in a narrow region, in units."""

NEAR = 0.04
"""So far beyond the axis its last number may reach, in units."""

MOST = 7
"""An axis has at most so many numbers of steps."""

UNDER, CLOSE, OFF = 0.1, 0.05, 0.06
"""Between the number of a step and its run's mark, between it and the axis at least, and how far
off the place below the step it may begin, in units."""


def loss_window(start: float, threshold: float, steps: int, band: float = 0.0) -> Window:
    """Return the window of a race: from the start's power of ten to below the threshold.

    Parameters
    ----------
    start
        The loss at the start.
    threshold
        The finishing line.
    steps
        How many steps are seen.
    band
        The part of the height that lies below the threshold.
    """
    top = 1.5 * (start if start > threshold and math.isfinite(start) else 1e3 * threshold)
    return Window(
        0.0, float(steps), threshold * (threshold / top) ** (band / (1 - band)), top, log_y=True
    )


class LossPlot(VGroup):
    """Axes for the loss over the steps, with the threshold as the finishing line.

    A run that stays below it has arrived and is not drawn further: the band down to the axis is for
    where runs end, the numbers of steps that they needed, and what dips below the line before.

    Parameters
    ----------
    look, region
        The look, and where it stands.
    start, threshold
        The loss at the start, and the value that is to be stayed below.
    steps
        How many steps are seen.
    name
        Typst mathematics for what is measured.
    opening
        How many steps are seen at first, if they are fewer; `plot` goes on from these to all.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        start: float,
        threshold: float,
        steps: int,
        name: str = "f",
        opening: int = 0,
    ) -> None:
        super().__init__()
        self.look, self.region, self.threshold, self.name = look, region, threshold, name
        x_name = look.math(NAME, TYPE.tick, "muted")
        self.title = look.math(f'{name} " (log scale)"', TYPE.tick, "muted")
        self.finish = finish = look.text(FINISH, size=TYPE.tick, role="muted")
        self.is_narrow = narrow = region.width < NARROW
        beside = BEYOND + max(x_name.advance, finish.advance)
        inside = region.inset(right=beside, top=OVER)
        if narrow:
            inside = region.inset(right=ON, bottom=ROW, top=OVER)
        height = inside.height - 0.12 - 0.95 * units(TYPE.tick)
        band = BAND if height >= LOW else LOW_BAND
        spans = [opening, steps] if opening else [steps]
        windows = [
            loss_window(start, threshold, span, min(MOST_BAND, band / height)) for span in spans
        ]
        window = windows[-1]
        decades = math.log10(window.top / threshold)
        every = math.floor(decades + 1e-9)
        pace = max(1, math.ceil(every / 5), math.ceil(0.3 * decades / max(height - band, 0.2)))
        marks = [threshold * 10.0**power for power in range(0, every + 1, pace)]
        widths = map(self._wide, marks)
        left = max(widths) + 0.75 * TICK + 0.1
        across = inside.width - left - 0.1
        self.plot = Plot(
            look,
            inside,
            windows[0],
            x_name="",
            y_name="",
            y_ticks=marks,
            later=windows[1:],
            x_sets=[self._marks(span, across) for span in spans],
            left_room=left,
            over=ON if narrow else OVERSHOOT,
        )
        self.plot.show(len(spans) - 1)
        inner = self.plot.inner
        self.level = self.plot.y(threshold)
        # Down to the finishing line there are curves: words keep to the space between them.
        self.open = inner.inset(bottom=self.level - inner.bottom)
        self.end = end = inner.right + self.plot.over
        if narrow:
            # The name of the axis stands under its numbers.
            x_name.place(end, self.plot.x_labels[0].origin[1] - ROW, "right")
        else:
            x_name.place(inner.right + BEYOND, inner.bottom, on="middle")
            finish.place(inner.right + BEYOND, self.level, on="middle")
        self.title.place(inner.left - 0.1, inner.top + 0.14)
        rule = line(look, role="muted", width=STROKE.guide * LINE)
        set_lines(rule, [[(inner.left, self.level), (end, self.level)]])
        self.add(self.plot, x_name, self.title, rule, *([] if narrow else [finish]))

    def name_finish(self, clear: Obstacles) -> None:
        """Name the line above its end, in a narrow region, or where a run is there, below it."""
        if not self.is_narrow:
            return
        over, em = self.level + 0.05 * self.finish.em, self.finish.em
        for base in (*(over + air for air in OVER_LINE), self.level - 0.1 - em):
            self.finish.place(self.end, base, "right")
            if not clear.trouble(self.finish.box):
                self.add(self.finish)
                clear.add(self.finish)
                return

    def _marks(self, steps: int, width: float) -> list[float]:
        """Return round numbers of steps, as many as stand side by side."""

        def fits(values: Sequence[float]) -> bool:
            pace = (values[1] - values[0]) / steps * width
            return len(values) <= MOST and max(map(self._wide, values)) + APART <= pace

        sets = [ticks(0.0, steps, about) for about in range(8, 0, -1)]
        whole = [[value for value in values if value == int(value)] for values in sets]

        def ends_inside(value: float) -> bool:
            return (1 - value / steps) * width > self._wide(value) / 2 - NEAR

        inside = [list(filter(ends_inside, values)) for values in whole]
        # Where no row of them fits, every other one of a row may.
        rows = [*inside, *(values[::2] for values in inside)]
        return next((values for values in rows if len(values) > 1 and fits(values)), [0.0])

    def _wide(self, value: float) -> float:
        """Return how wide a number is at an axis."""
        return self.look.math_width(figure(number(value, 6)), TYPE.tick)

    @property
    def inner(self) -> Region:
        """The rectangle of the plot."""
        return self.plot.inner

    def landing(self, value: float) -> float:
        """Return the height where a run ends: on the line if its value is too low to be seen."""
        height = self.plot.y(value)
        return height if height > self.inner.bottom + 0.5 * units(STROKE.ghost) else self.level

    def heights(self, logs: Points) -> Points:
        """Return the frame's y of natural logarithms of values."""
        low, high = self.plot.y(1.0), self.plot.y(math.e)
        out: Points = low + logs * (high - low)
        return out

    def number(
        self,
        step: int,
        value: float,
        role: str,
        curves: Sequence[VMobject] = (),
        others: Sequence[VMobject] = (),
    ) -> Lettering:
        """Return the number of the step at which a run ends, below the line and clear of its mark.

        It stands straight below the line or the mark, beside the mark, or else as near to it as
        curves that dip below the line and marks and numbers of others leave room.
        """
        label = self.look.text(str(step), size=TYPE.tick, role=role)
        half, tall, wide = 0.5 * units(STROKE.ghost), 0.66 * label.em, label.advance
        x, y = float(self.plot.x(step)), self.landing(value)
        inner = self.inner
        band = Region(inner.left + 0.08, inner.bottom + CLOSE, self.end, self.level - 2 * CLOSE)
        clear = Obstacles(band)
        clear.add_spot(np.array([x, y]), half)
        clear.add(*others)
        also = clear.copy()
        also.add(*curves)
        row, under = (top - half - UNDER - tall for top in (self.level, y))
        beside = max(band.bottom, min(y - tall / 2, band.top - tall))
        aside = half + AIR + wide / 2
        # That of the start would begin before the axis.
        middle = max(x, band.left + wide / 2)
        places = [(middle, row), (middle, under), (x + aside, beside), (x - aside, beside)]
        places += [(middle + off, row) for off in np.arange(0.0, wide + OFF, 0.03)]
        # A dip through a number is better than a number at another run's place.
        for taken, air in ((also, AIR), (also, CLOSE), (clear, CLOSE)):
            taken.air = air
            for place in places:
                if not taken.trouble(label.place(*place, "center").box):
                    return label
        return label.place(middle, row, "center")

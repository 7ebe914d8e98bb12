"""Find the colours of the two built-in themes; run it to see where they come from.

    python -m tests.scenes.palette_search

Each role has a wish in OKLCH: lightness, chroma, hue. All colours near enough in hue that have the
contrast of text are candidates, and the search takes the set that stays nearest to the wishes while
every two that meet stay far apart for every kind of sight, and those that touch differ in grey too.
First on a coarse grid, then on a fine one around what was found. Deterministic, about a minute.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from coloraide import Color
from numpy.typing import ArrayLike, NDArray

from scenes.theme import BUILT_IN, MEET

Array = NDArray[np.float64]

CONTRAST = 4.55  # a little more than is asked, so that no rounding elsewhere falls short
APART = 15.3
SIGHTS = ("normal", "protan", "deutan", "tritan")

# The least difference in CIE lightness: 3 for all, more for what lies on or beside each other.
GREY = {
    frozenset({"point", "step"}): 9,
    frozenset({"point", "curve"}): 10,
    frozenset({"curve", "slope_up"}): 10,
    frozenset({"curve", "slope_down"}): 10,
    frozenset({"slope_up", "point"}): 6,
}


class Wish(NamedTuple):
    light: float
    chroma: float
    hue: float
    leeway: float


class Goal(NamedTuple):
    background: str
    wishes: dict[str, Wish]
    fixed: dict[str, str]
    strangers: frozenset[str]  # two roles that never meet


GOALS = {
    "dark": Goal(
        "#10141b",
        {
            "curve": Wish(0.66, 0.140, 257, 10),
            "point": Wish(
                0.92, 0.140, 84, 8
            ),  # wished warmer than wanted: the others push it green
            "slope_up": Wish(0.76, 0.150, 42, 15),
            "slope_down": Wish(0.82, 0.100, 300, 25),
            "step": Wish(0.87, 0.125, 174, 18),
            "minimum": Wish(0.70, 0.160, 130, 25),
            "warning": Wish(0.67, 0.190, 4, 20),
        },
        {},
        frozenset(),
    ),
    # Between black and the 4.5:1 of text, white leaves half the lightness that dark does, and a
    # yellow there is brown: the point is crimson, and the minimum dark, but no ink: it is told
    # from text, too. It never stands beside a warning: a run that fails has no minimum to show.
    "light": Goal(
        "#ffffff",
        {
            "curve": Wish(0.44, 0.210, 264, 12),
            "point": Wish(0.51, 0.200, 10, 20),
            "slope_up": Wish(0.57, 0.140, 62, 16),
            "slope_down": Wish(0.54, 0.170, 302, 20),
            "step": Wish(0.51, 0.090, 178, 16),
            "minimum": Wish(0.45, 0.120, 135, 25),
            "warning": Wish(0.35, 0.130, 26, 12),
        },
        {"text": "#1a1d23"},
        frozenset({"minimum", "warning"}),
    ),
}


def readable(colors: Iterable[Color], background: str) -> list[str]:
    """Keep what can be shown and read on the background, each once, as hex."""
    ground = Color(background)
    found: dict[str, None] = {}
    for color in colors:
        if color.in_gamut("srgb", tolerance=0):
            text = hexed(color)
            if Color(text).contrast(ground) >= CONTRAST:
                found[text] = None
    return list(found)


def hexed(color: Color) -> str:
    return color.convert("srgb").clip().to_string(hex=True)


def grid(hues: ArrayLike, lights: ArrayLike, chromas: ArrayLike) -> Iterable[Color]:
    axes = (np.asarray(axis, dtype=float) for axis in (hues, lights, chromas))
    for hue, light, chroma in itertools.product(*axes):
        yield Color("oklch", [light, max(0.0, chroma), hue % 360])


def coarse(wish: Wish) -> Iterable[Color]:
    step = wish.leeway / 4
    hues = np.arange(wish.hue - wish.leeway, wish.hue + wish.leeway + step / 2, step)
    return grid(
        hues, np.arange(0.24, 0.96, 0.02), np.arange(wish.chroma - 0.08, wish.chroma + 0.06, 0.02)
    )


def fine(text: str) -> Iterable[Color]:
    light, chroma, hue = Color(text).convert("oklch").coords(nans=False)
    near = np.arange(-0.03, 0.031, 0.01)
    return grid(hue + np.arange(-8, 9, 2), light + near, chroma + near)


def labs(colors: list[str]) -> Array:
    """CIE Lab of each colour for each sight, as a screen of 8 bits shows it: (sight, colour, 3)."""
    return np.array(
        [
            [
                Color(hexed(Color(c) if sight == "normal" else Color(c).filter(sight)))
                .convert("lab-d65")
                .coords(nans=False)
                for c in colors
            ]
            for sight in SIGHTS
        ]
    )


def delta(one: Array, other: Array) -> Array:
    """CIEDE2000 of arrays of Lab: coloraide does one pair at a time, and there are millions."""
    l1, a1, b1 = np.moveaxis(one, -1, 0)
    l2, a2, b2 = np.moveaxis(other, -1, 0)
    mean = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * np.sqrt(mean / (mean + 25.0**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)), np.degrees(np.arctan2(b2, a2))
    turn = (h1 - h2 + 180) % 360 - 180
    hue = (h2 + turn / 2) % 360
    d_hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = np.ones_like(hue)
    for weight, times, shift in ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.2, 4, -63)):
        t = t + weight * np.cos(np.radians(times * hue + shift))
    off_grey = (light - 50) ** 2
    part_l = (l1 - l2) / (1 + 0.015 * off_grey / np.sqrt(20 + off_grey))
    part_c = (c1 - c2) / (1 + 0.045 * chroma)
    part_h = d_hue / (1 + 0.015 * chroma * t)
    rotate = np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2)))
    twist = -2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * np.sin(rotate)
    square = part_l**2 + part_c**2 + part_h**2 + twist * part_c * part_h
    return np.asarray(np.sqrt(np.maximum(0, square)))


def longing(colors: list[str], wish: Wish) -> Array:
    """How far each colour is from what was wished; too grey is worse than too bright."""
    light, chroma, hue = np.array([Color(c).convert("oklch").coords(nans=False) for c in colors]).T
    turn = (hue - wish.hue + 180) % 360 - 180
    pale = np.where(chroma < wish.chroma, 0.032, 0.05)
    return np.asarray(
        ((light - wish.light) / 0.06) ** 2 + ((chroma - wish.chroma) / pale) ** 2 + (turn / 14) ** 2
    )


def settle(goal: Goal, pools: dict[str, list[str]], rounds: int) -> dict[str, str]:
    """Take the best set out of the pools: annealing, from many random starts."""
    pools = pools | {name: [text] for name, text in goal.fixed.items()}
    names = list(pools)
    seen = {name: labs(pool) for name, pool in pools.items()}
    want = {
        name: longing(pools[name], goal.wishes[name]) if name in goal.wishes else np.zeros(1)
        for name in names
    }
    tension: dict[tuple[str, str], Array] = {}
    for one, other in itertools.combinations(names, 2):
        apart = delta(seen[one][:, :, None], seen[other][:, None]).min(axis=0)
        gap = np.maximum(0, APART - apart)
        light = np.abs(seen[one][0, :, None, 0] - seen[other][0, None, :, 0])
        same = np.maximum(0, GREY.get(frozenset({one, other}), 3) - light)
        cost = 30 * gap**2 + 12 * gap + 1.5 * same**2
        if {one, other} == goal.strangers:
            cost = np.zeros_like(cost)
        tension[one, other], tension[other, one] = cost, cost.T
    random = np.random.default_rng(4)
    best: dict[str, int] = {}
    best_cost = np.inf
    for _ in range(rounds):
        state = {name: int(random.integers(len(pools[name]))) for name in names}
        for heat in (*np.geomspace(20, 0.2, 80), 0.0, 0.0, 0.0):
            for name in random.permutation(names):
                total = want[name].copy()
                for other in names:
                    if other != name:
                        total += tension[other, name][state[other]]
                if heat:
                    chance = np.cumsum(np.exp((total.min() - total) / heat))
                    state[name] = int(np.searchsorted(chance, random.random() * chance[-1]))
                else:
                    state[name] = int(total.argmin())
        cost_now = sum(float(want[name][state[name]]) for name in names) + sum(
            float(tension[pair][state[pair[0]], state[pair[1]]])
            for pair in itertools.combinations(names, 2)
        )
        if cost_now < best_cost:
            best, best_cost = dict(state), cost_now
    return {name: pools[name][best[name]] for name in names}


def search(goal: Goal) -> dict[str, str]:
    """Find a colour for every role of a goal."""
    pools = {name: readable(coarse(wish), goal.background) for name, wish in goal.wishes.items()}
    found = settle(goal, pools, rounds=60)
    for _ in range(2):
        pools = {name: readable(fine(found[name]), goal.background) for name in goal.wishes}
        found = settle(goal, pools, rounds=20)
    return found


def left_over(background: str, colors: list[str], count: int = 6) -> str:
    """Colours that are the furthest from all of these: where the last series come from."""
    everywhere = grid(np.arange(0, 360, 10), np.arange(0.24, 0.97, 0.03), np.arange(0, 0.2, 0.03))
    pool = readable(everywhere, background)
    apart = delta(labs(pool)[:, :, None], labs(colors)[:, None]).min(axis=(0, 2))
    best = np.argsort(-apart, kind="stable")[:count]
    return "  left over: " + ", ".join(f"{pool[at]} {apart[at]:.1f}" for at in best)


def nearest(colors: dict[str, str]) -> list[tuple[float, str, str, str]]:
    """Every pair, the least told apart first: distance, sight, and the two names."""
    seen, names = labs(list(colors.values())), list(colors)
    pairs = []
    for i, j in itertools.combinations(range(len(names)), 2):
        each = delta(seen[:, i], seen[:, j])
        pairs.append((float(each.min()), SIGHTS[int(each.argmin())], names[i], names[j]))
    return sorted(pairs)


def report(background: str, colors: dict[str, str]) -> str:
    """Write the figures of a set of colours."""
    lines = []
    for name, text in colors.items():
        color = Color(text)
        light, chroma, hue = color.convert("oklch").coords(nans=False)
        lines.append(
            f"  {name:11}{text} {color.contrast(Color(background)):5.1f}:1"
            f"  grey {color.convert('lab-d65')[0]:2.0f}  oklch {light:.2f} {chroma:.3f} {hue:3.0f}"
        )
    lines += [f"  {d:5.1f} {sight:7}{a}, {b}" for d, sight, a, b in nearest(colors)[:8]]
    return "\n".join(lines)


def main() -> None:
    for name, goal in GOALS.items():
        found = search(goal)
        kept = {role: BUILT_IN[name].color(role) for role in MEET}
        print(f"{name}: found", report(goal.background, found), sep="\n")
        if {role: found[role] for role in MEET} != kept:
            print(f"{name}: in use", report(goal.background, kept), sep="\n")
        series = {f"series {at}": text for at, text in enumerate(BUILT_IN[name].series, 1)}
        print(f"{name}: series in use", report(goal.background, series), sep="\n")
        print(left_over(goal.background, [*series.values()][:6]))


if __name__ == "__main__":
    main()

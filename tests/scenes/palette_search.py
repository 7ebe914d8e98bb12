"""Find the colours of the two built-in themes; run it to see where they come from.

    python -m tests.scenes.palette_search

Each role has a wish in OKLCH (lightness, chroma, hue) and a leeway in hue. All colours of the
leeway that have the contrast are candidates; the search takes the set that stays nearest to the
wishes while every two that meet stay far apart, for every kind of sight, and those that touch also
differ in grey. Deterministic: the same wishes give the same hex values.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np
from coloraide import Color
from numpy.typing import NDArray

Array = NDArray[np.float64]

CONTRAST = 4.55  # a little more than is asked, for whoever measures with other roundings
APART = 15.3
SIGHTS = ("normal", "protan", "deutan", "tritan")


class Wish(NamedTuple):
    light: float
    chroma: float
    hue: float
    leeway: float


class Theme(NamedTuple):
    background: str
    wishes: dict[str, Wish]
    free: tuple[tuple[str, str], ...]  # pairs that need not be apart
    grey: dict[tuple[str, str], float]  # least difference in CIE lightness


def candidates(wish: Wish, background: str) -> list[str]:
    """Hex values around a wish, in gamut, with the contrast of text."""
    ground = Color(background)
    found: dict[str, None] = {}
    for hue in np.arange(wish.hue - wish.leeway, wish.hue + wish.leeway + 0.1, 4.0):
        for light in np.arange(0.24, 0.96, 0.015):
            for chroma in np.arange(max(0.0, wish.chroma - 0.08), wish.chroma + 0.061, 0.015):
                color = Color("oklch", [light, chroma, hue % 360])
                if color.in_gamut("srgb", tolerance=0):
                    text = color.convert("srgb").to_string(hex=True)
                    if Color(text).contrast(ground) >= CONTRAST:
                        found[text] = None
    return list(found)


def labs(colors: list[str]) -> Array:
    """CIE Lab of each colour for each sight: (sight, colour, 3)."""
    rows = []
    for sight in SIGHTS:
        seen = [Color(c) if sight == "normal" else Color(c).filter(sight).clip() for c in colors]
        rows.append([Color(c.convert("srgb").to_string(hex=True)).convert("lab-d65")[:3] for c in seen])
    return np.array(rows, dtype=float)


def delta(one: Array, other: Array) -> Array:
    """CIEDE2000 of arrays of Lab, after Sharma, Wu and Dalal 2005."""
    l1, a1, b1 = np.moveaxis(one, -1, 0)
    l2, a2, b2 = np.moveaxis(other, -1, 0)
    mean = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * np.sqrt(mean / (mean + 25.0**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    turn = (h1 - h2 + 180) % 360 - 180
    hue = (h2 + turn / 2) % 360
    d_hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = np.ones_like(hue)
    for weight, times, shift in ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.2, 4, -63)):
        t = t + weight * np.cos(np.radians(times * hue + shift))
    part_l = (l1 - l2) / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    part_c = (c1 - c2) / (1 + 0.045 * chroma)
    part_h = d_hue / (1 + 0.015 * chroma * t)
    rotate = np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2)))
    twist = -2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * np.sin(rotate)
    return np.sqrt(np.maximum(0, part_l**2 + part_c**2 + part_h**2 + twist * part_c * part_h))


def longing(colors: list[str], wish: Wish) -> Array:
    """How far each colour is from what was wished."""
    light, chroma, hue = np.array([Color(c).convert("oklch").coords(nans=False) for c in colors]).T
    turn = (hue - wish.hue + 180) % 360 - 180
    return ((light - wish.light) / 0.06) ** 2 + ((chroma - wish.chroma) / 0.04) ** 2 + (turn / 12) ** 2


def search(theme: Theme, rounds: int = 400) -> dict[str, str]:
    """Descend, one role at a time, from many random sets; the best set of all wins."""
    names = list(theme.wishes)
    pools = {name: candidates(wish, theme.background) for name, wish in theme.wishes.items()}
    seen = {name: labs(pool) for name, pool in pools.items()}
    want = {name: longing(pools[name], theme.wishes[name]) for name in names}
    pair_cost: dict[tuple[str, str], Array] = {}
    for one, other in itertools.combinations(names, 2):
        apart = delta(seen[one][:, :, None], seen[other][:, None]).min(axis=0)
        cost = np.zeros_like(apart)
        if (one, other) not in theme.free:
            gap = np.maximum(0, APART - apart)
            cost += 30 * gap**2 + 12 * gap
        least = theme.grey.get((one, other), theme.grey.get((other, one), 3.0))
        light = np.abs(seen[one][0, :, None, 0] - seen[other][0, None, :, 0])
        cost += 1.5 * np.maximum(0, least - light) ** 2
        pair_cost[one, other], pair_cost[other, one] = cost, cost.T
    random = np.random.default_rng(4)
    best, best_cost = {}, np.inf
    for _ in range(rounds):
        state = {name: int(random.integers(len(pools[name]))) for name in names}
        for heat in (*np.geomspace(20, 0.2, 60), 0.0, 0.0, 0.0):
            for name in random.permutation(names):
                total = want[name].copy()
                for other in names:
                    if other != name:
                        total += pair_cost[other, name][state[other]]
                total -= total.min()
                if heat:
                    chance = np.cumsum(np.exp(-total / heat))
                    state[name] = int(np.searchsorted(chance, random.random() * chance[-1]))
                else:
                    state[name] = int(total.argmin())
        cost = sum(want[name][state[name]] for name in names) + sum(
            pair_cost[a, b][state[a], state[b]] for a, b in itertools.combinations(names, 2)
        )
        if cost < best_cost:
            best, best_cost = dict(state), cost
    print("cost", best_cost)
    return {name: pools[name][best[name]] for name in names}


def report(theme: Theme, found: dict[str, str]) -> str:
    """Print the figures of a set of colours."""
    lines = []
    for name, text in found.items():
        l, c, h = Color(text).convert("oklch").coords()
        lines.append(f"{name:11}{text}  {Color(text).contrast(Color(theme.background)):5.2f}:1  grey {Color(text).convert('lab-d65')[0]:4.1f}  oklch {l:.2f} {c:.3f} {h:3.0f}")
    lab = labs(list(found.values()))
    names = list(found)
    rows = []
    for i, j in itertools.combinations(range(len(names)), 2):
        d = delta(lab[:, i], lab[:, j])
        rows.append((float(d.min()), SIGHTS[int(d.argmin())], names[i], names[j]))
    rows.sort()
    lines += [f"  {d:5.1f} {s:7} {a} {b}" for d, s, a, b in rows[:9]]
    return "\n".join(lines)

GREY = {("point","step"): 9, ("point","curve"): 12, ("curve","slope_up"): 9, ("curve","slope_down"): 9, ("slope_up","step"): 6, ("slope_up","point"): 6}
DARK = Theme("#10141b", {
    "curve": Wish(.66, .14, 258, 12),
    "point": Wish(.91, .14, 92, 10),
    "slope_up": Wish(.75, .16, 45, 14),
    "slope_down": Wish(.80, .12, 305, 30),
    "step": Wish(.88, .12, 172, 20),
    "minimum": Wish(.75, .15, 140, 40),
    "warning": Wish(.70, .18, 10, 20),
}, (), GREY)
LIGHT = Theme("#ffffff", {
    "curve": Wish(.55, .16, 258, 12),
    "point": Wish(.55, .12, 80, 16),
    "slope_up": Wish(.50, .18, 36, 14),
    "slope_down": Wish(.45, .18, 305, 30),
    "step": Wish(.44, .10, 172, 20),
    "minimum": Wish(.5, .13, 140, 40),
    "warning": Wish(.53, .2, 5, 20),
}, (), GREY)

if __name__ == "__main__":
    import time
    for name, theme in (("dark", DARK), ("light", LIGHT)):
        t=time.time()
        found = search(theme)
        print(name, f"{time.time()-t:.0f}s"); print(report(theme, found))

"""What may be said of several runs that differ in their rate alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gdcore import StopReason
from scenes.backstage.lineup import FRACTION, NOISE, Lineup
from scenes.telling import Contraction, formula, up_or_down
from scenes.words import count, equals, in_a_row, is_close, number

Words = tuple[str, dict[str, Any], str]
"""A caption's template, its fields, and a template for numbers that make it too long."""

HARDLY = 0.9995
"""More than this part of the first distance is written as 100 %."""

MANY = {2: ("Two", "both"), 3: ("Three", "all three"), 4: ("Four", "all four")}
"""How many runs there are, at the start of a sentence and within one."""


@dataclass(frozen=True)
class ToldLineup(Lineup):
    """Runs from one start, and the captions that are true of them."""

    @property
    def minimum(self) -> str:
        """What the minimum is called."""
        return "0" if self.valley is not None and abs(self.valley) < NOISE else "the minimum"

    @property
    def _crossed(self) -> str:
        return "crossed" if self.last == 1 else "kept crossing"

    def opening(self) -> Words:
        """Return the words of the start."""
        name = formula(self.objective)
        fields = {"many": MANY[len(self.rates)][0], "x": self.first, "formula": name}
        return "{many} runs start at x = {x} on {formula}; only the rate differs.", fields, ""

    def first_steps(self, scaled: bool) -> Words:
        """Return the words of the first steps, which may be the slope times the rates."""
        broken = next((at for at, run in enumerate(self.runs) if not run.steps), None)
        if broken is not None:
            return self._blown(broken)
        steps = [run.steps[0] for run in self.runs]
        fields: dict[str, Any] = {
            f"step_{index}": step.delta[0] for index, step in enumerate(steps)
        }
        shown, rounded = (
            in_a_row([f"{{{name}{digits}}}" for name in fields]) for digits in ("", ":2")
        )
        fields |= {"slope": steps[0].gradient[0], "all": MANY[len(self.rates)][1]}
        what = "−rate · slope is" if scaled else "the steps are"
        start = f"The slope is {{slope}} in {{all}}; {what}"
        return f"{start} {shown}.", fields, f"Slope {{slope:3}}; the steps are {rounded}."

    def standing(self, index: int, n: int) -> Words:
        """Return the words of where a run is after n steps."""
        run, share = self.runs[index], self.distance(index, n)
        x = run.points[n][0]
        fields: dict[str, Any] = {"rate": self.rates[index], "x": x}
        fields |= {"after": count(n, "step"), "first": self.first, "percent": 100 * share}
        fields |= {"is": equals(x), "is_short": equals(x, digits=3)}
        brief = "With rate {rate}, x {is_short} {x:3} after {after}"
        start = "With rate {rate}, x {is} {x} after {after}"
        if self.valley is None:
            values: dict[str, Any] = {"from": run.values[0], "value": run.values[n]}
            moved = up_or_down(run.values[0], run.values[n])
            if moved == "stayed":
                return f"{start}; f is {{value}}, as at the start.", fields | values, ""
            fields |= values | {"moved": moved}
            long = f"{start}; f {{moved}} from {{from}} to {{value}}."
            return long, fields, f"{brief}; f {{moved}} to {{value:3}}."
        if share == 0:
            ending = ": there is the minimum."
        elif share <= NOISE:
            ending = ", all but at the minimum."
        elif is_close(share, 1.0):
            ending = ", as far away as at the start."
        elif share > 1:
            ending = ", farther away than at the start."
        elif share > HARDLY:
            ending = ", hardly nearer than at the start."
        else:
            ending = ": {percent:3} % of the distance is left."
        return start + ending, fields, brief + ending

    def trailing(self) -> Words:
        """Return the words of the run that has come least far."""
        index = self.farthest
        if self.runs[index].stop.blew_up:
            return self._blown(index)
        share, (times, _) = self.distance(index, self.last), self.crossings(index)
        template, fields, short = self.standing(index, self.last)
        if self.valley is None or not 0.5 <= share <= HARDLY or times:
            return template, fields, short
        fields["to"] = "to" if equals(fields["x"]) == "=" else "to about"
        words = "With rate {rate}, x has only come from {first} {to} {x} in {after}."
        return words, fields, short

    def _longest(self) -> int:
        return min(self.horizon, max(len(run.steps) for run in self.long))

    def _blown(self, index: int) -> Words:
        run, steps = self.runs[index], len(self.runs[index].steps)
        fields: dict[str, Any] = {"rate": self.rates[index], "after": count(steps, "step")}
        if run.stop.reason is StopReason.DIVERGED:
            fields["x"] = run.points[-1][0]
            return "Rate {rate} diverges: after {after} x is already {x:2}.", fields, ""
        said = run.stop.sentence
        fields |= {"stop": said, "why": said[0].lower() + said[1:]}
        return "Rate {rate}: {why}", fields, "{stop}"

    def equal(self) -> Words:
        """Return the words of two runs that are as near to the minimum; there must be two."""
        assert self.equals is not None
        one, other = self.equals
        xs = [self.runs[index].points[self.last][0] for index in self.equals]
        fields: dict[str, Any] = {"rate": self.rates[one], "other": self.rates[other]}
        fields |= {"x": xs[0], "its": xs[1], "is": equals(*xs, digits=2)}
        fields["after"] = count(self.last, "step")
        start = "After {after} rates {rate} and {other} are both at x {is} {x:2}"
        if number(xs[0], 2) != number(xs[1], 2):
            start = "After {after} {rate} and {other} are as near, at x {is} {x:2} and {its:2}"
        short = f"{start}."
        only = {one: "{rate}", other: "{other}"}
        kept = [index for index in self.equals if self.always(index)]
        rest = [index for index in self.equals if index not in kept]
        if len(kept) == 1 and self.never(rest[0]):
            start += f"; only {only[kept[0]]} {self._crossed} {self.minimum}"
        return f"{start}.", fields, short

    def sides(self) -> Words | None:
        """Return the words of which runs cross the minimum; None where they are no clear case."""
        if self.valley is None or any(not run.steps for run in self.runs):
            return None
        every = range(len(self.rates))
        kept = [index for index in every if self.always(index)]
        rest = [index for index in every if index not in kept]
        fields = {f"rate_{index}": self.rates[index] for index in kept}
        if not kept:
            words = f"No run has crossed {self.minimum}: all come from one side."
            return (words, {}, "") if all(map(self.never, every)) else None
        if not rest:
            return f"At every step {MANY[len(kept)][1]} runs crossed {self.minimum}.", {}, ""
        listed = in_a_row([f"{{{name}}}" for name in fields])
        words = f"{'Rate' if len(kept) == 1 else 'Rates'} {listed} {self._crossed} {self.minimum}"
        if not all(map(self.never, rest)):
            return f"{words}.", fields, ""
        others = "the other one never did" if len(rest) == 1 else "the others never did"
        return f"{words}; {others}.", fields, f"{words}."

    def factors(self, at: Sequence[int]) -> list[tuple[str, float]]:
        """Return what each step multiplies in some runs, and by what.

        Nothing where a step does not always the same.
        """
        laws = [Contraction.of(self.runs[index], self.valley) for index in at]
        if any(law is None for law in laws):
            return []
        if self.minimum == "0":
            return [("x", law.factor) for law in laws if law]
        # What is multiplied is how far it is from the minimum, on whichever side.
        return [("distance", abs(law.factor)) for law in laws if law]

    def goal(self, *, dotted: bool) -> tuple[str, str]:
        """Return what the steps are counted to, at length and in short; each may have a dot."""
        many = f"{'one dot for each step' if dotted else 'steps'} until at most"
        part = f"{number(100 * FRACTION)} %"
        return f"{many} {part} of the distance is left", f"{many} {part} is left"

    def arrivals(self) -> Words:
        """Return the words of how many steps the runs need."""
        if self.valley is None:
            fields: dict[str, Any] = {
                f"value_{index}": run.values[-1] for index, run in enumerate(self.runs)
            }
            listed = in_a_row([f"{{{name}:3}}" for name in fields])
            return f"The runs end where f is {listed}.", fields, ""
        fields = {"percent": 100 * FRACTION, "most": self._longest()}
        if all(steps is None for steps in self.counts):
            words = "In {most} steps no run comes to {percent} % of the distance for good."
            return words, fields, ""
        told = self.contrast
        best, worst = told[0], told[-1]
        fields = {"rate": self.rates[best], "steps": count(self.counts[best] or 0, "step")}
        # What they are counted to is told once, in the picture: see `goal`.
        if self.counts[best] == self.counts[worst]:
            many = MANY[len(self.rates)][1]
            return f"{many[0].upper()}{many[1:]} rates need {{steps}}.", fields, ""
        fields |= {"other": self.rates[worst]}
        start = "Rate {rate} needs {steps}, but rate {other} "
        if self.counts[worst] is not None:
            return f"{start}needs {{slowest}}.", fields | {"slowest": self.counts[worst]}, ""
        if self.outcome(worst) == "never":
            return f"{start}never gets there.", fields, ""
        return f"{start}needs over {{horizon}}.", fields | {"horizon": self.horizon}, ""

    @property
    def contrast(self) -> list[int]:
        """The run that needs fewest steps, and one that needs most; all where they need as many.

        None at all where no run arrives. Of those that do not, one that never will comes first:
        the others would only need longer still.
        """
        known = {at: steps for at, steps in enumerate(self.counts) if steps is not None}
        if not known:
            return []
        late = [at for at in range(len(self.counts)) if at not in known]
        never = [at for at in late if self.outcome(at) == "never"]
        best = min(known, key=lambda at: known[at])
        worst = (never or late or [max(known, key=lambda at: known[at])])[0]
        return list(known) if known.get(worst) == known[best] else [best, worst]

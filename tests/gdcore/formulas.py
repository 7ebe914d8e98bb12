"""Random formulas as text, for hypothesis."""

from hypothesis import strategies as st

from gdcore.expression import FUNCTIONS

NUMBERS = ("0", "1", "2", "3", "7", "12", "0.1", "0.25", "1.5", "1e-3", "2.5e2", "pi", "e", "1/3")
EXPONENTS = ("2", "3", "4", "-1", "-2", "0.5", "1.5", "(1/3)", "0")
KINDS = ("atom", "sum", "sum", "product", "product", "quotient", "power", "call", "call", "minus")


@st.composite
def formulas(draw, names=("x", "y"), functions=FUNCTIONS, depth=4):
    """Return a formula that follows the grammar, with brackets wherever they may matter."""

    def atom():
        return draw(st.sampled_from((*NUMBERS, *names * (2 * len(NUMBERS) // len(names)))))

    def grow(levels):
        kind = draw(st.sampled_from(KINDS)) if levels else "atom"
        if kind == "atom":
            return atom()
        inner = grow(levels - 1)
        if kind == "sum":
            return f"({inner}) {draw(st.sampled_from('+-'))} ({grow(levels - 1)})"
        if kind == "product":
            return f"({inner})*({grow(levels - 1)})"
        if kind == "quotient":
            return f"({inner})/({grow(levels - 1)})"
        if kind == "power":
            return f"({inner})**{draw(st.sampled_from((*EXPONENTS, *names)))}"
        return f"-({inner})" if kind == "minus" else f"{draw(st.sampled_from(functions))}({inner})"

    return grow(depth)

"""Random formulas as text, for hypothesis."""

from hypothesis import strategies as st

from gdcore.expression import FUNCTIONS

NUMBERS = st.one_of(
    st.integers(0, 12).map(str),
    st.decimals(0, 20, places=2).map(str),
    st.sampled_from(["1e-3", "2.5e2", "pi", "e", "1/3"]),
)


def formulas(names=("x", "y"), functions=FUNCTIONS, leaves=8):
    """Return a strategy for formulas that follow the grammar; brackets wherever they may matter."""
    atoms = st.one_of(NUMBERS, *[st.sampled_from(names)] * 3)

    def larger(inner):
        return st.one_of(
            st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner).map(
                lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
            ),
            st.tuples(inner, st.sampled_from([" + ", " - ", "*", "/"]), atoms).map("".join),
            st.tuples(inner, st.sampled_from(["2", "3", "-1", "-2", "0.5", "(1/3)", "0"])).map(
                lambda parts: f"({parts[0]})**{parts[1]}"
            ),
            st.tuples(st.sampled_from(functions), inner).map(lambda p: f"{p[0]}({p[1]})"),
            inner.map(lambda text: f"-({text})"),
        )

    return st.recursive(atoms, larger, max_leaves=leaves)

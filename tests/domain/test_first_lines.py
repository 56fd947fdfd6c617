"""The first line of each thing in a file, as a dict would say it, in a fraction of its memory."""

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from domain.imports.first_lines import FirstLines


@given(st.lists(st.integers(0, 3000), max_size=3000))
def test_it_says_what_a_dict_says(things: list[int]) -> None:
    lines, known = FirstLines(), dict[str, int]()
    for line, thing in enumerate(things, start=2):
        assert lines.of(str(thing), line) == known.setdefault(str(thing), line)


def test_a_line_that_is_gone_through_again_is_the_same() -> None:
    lines = FirstLines()
    assert [lines.of("A", 7), lines.of("A", 7), lines.of("A", 9)] == [7, 7, 7]


def test_a_hundred_thousand_take_a_few_megabytes() -> None:
    tracemalloc.start()
    try:
        lines = FirstLines()
        for line in range(100_000):
            assert lines.of(f"{line:026}", line) == line
        assert tracemalloc.get_traced_memory()[0] < 5_000_000
    finally:
        tracemalloc.stop()
    assert all(lines.of(f"{line:026}", 1) == line for line in range(0, 100_000, 997))

"""A bad entry is refused with its file and its line."""

import pytest

from domain.nudge_files import BadLibraryError, read, together
from domain.nudges import Fact

GOOD = """# What it is for

[[nudge]]
id = "one-name"
element = "desire"
audiences = ["sales", "support"]
motive = "gain"
button = "nominate"
needs = ["nominator"]
text = "{nominator} put a customer forward. Who is yours?"

[[nudge]]
id = "two-names"
element = "awareness"
audiences = ["managers"]
motive = "leader"
button = "did this"
day = 3
text = "Ask your team for a name this week."
"""


def test_a_file_of_two() -> None:
    first, second = read("desire.toml", GOOD)
    assert (first.id, first.needs, first.day) == ("one-name", (Fact.NOMINATOR,), None)
    assert (second.id, second.needs, second.day) == ("two-names", (), 3)


@pytest.mark.parametrize(
    ("old", "new", "where", "why"),
    [
        ('motive = "gain"\n', "", 3, "motive is missing"),
        ('text = "Ask your team for a name this week."\n', "", 12, "text is missing"),
        ("{nominator} put", "{nobody} put", 10, "no fact named {nobody}"),
        ("{nominator} put", "{winner} put", 10, "not among its needs"),
        ("{nominator} put", "{nominator put", 10, "without its"),
        ('element = "awareness"', 'element = "wish"', 14, "'wish' is no element; known are awareness"),
        ('["managers"]', '["bosses"]', 15, "'bosses' is no audience"),
        ('["managers"]', "[]", 15, "at least one"),
        ('["managers"]', '"managers"', 15, "is a list"),
        ('["managers"]', '["managers", "managers"]', 15, "twice"),
        ("day = 3", "day = 4", 18, "0, 3, 10, 21"),
        ("day = 3", "days = 3", 18, "nothing is called days"),
        ('id = "two-names"', 'id = "Two names"', 13, "small letters"),
        ('id = "two-names"', "id = 2", 13, "small letters"),
        ('text = "Ask your team for a name this week."', "text = 5", 19, "is a text"),
        ('motive = "leader"', "motive = leader", 16, "Invalid value"),
    ],
)
def test_a_bad_entry_is_refused_with_file_and_line(old: str, new: str, where: int, why: str) -> None:
    assert old in GOOD
    with pytest.raises(BadLibraryError) as refused:
        read("desire.toml", GOOD.replace(old, new))
    assert str(refused.value).startswith(f"desire.toml:{where}: ")
    assert why in str(refused.value)


@pytest.mark.parametrize("text", ["", "nudge = 3", '[[nudge]]\nid="x"\n[other]\n', "[nudge]\nid = 1\n"])
def test_a_file_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(BadLibraryError, match=r"^desire\.toml:1: "):
        read("desire.toml", text)


def test_an_id_stands_in_one_file_only() -> None:
    with pytest.raises(BadLibraryError, match=r"^b\.toml:4: the id one-name stands in a\.toml:3 already"):
        together({"a.toml": GOOD, "b.toml": GOOD})


def test_text_over_several_lines_that_looks_like_an_entry_does_not_shift_the_others() -> None:
    tricky = GOOD.replace('motive = "gain"', 'motive = "gain" # [[nudge]]').replace('motive = "leader"', 'motive = "x"')
    with pytest.raises(BadLibraryError, match=r"^desire\.toml:16: "):
        read("desire.toml", tricky)

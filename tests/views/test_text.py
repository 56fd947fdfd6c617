"""People's text in Slack: shows what was typed and does nothing else."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.views.samples import hostile
from views.text import (
    age,
    channel,
    count,
    day,
    escape,
    in_words,
    line,
    link,
    mention,
    mentions,
    moment,
    mrkdwn,
    plain,
    quote,
    shorten,
    units,
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("R&D <b>", "R&amp;D &lt;b&gt;"),
        ("<!channel> hi", "&lt;!channel&gt; hi"),
        ("<@U0BOSS>", "&lt;@U0BOSS&gt;"),
        ("&lt;", "&amp;lt;"),
        ("*bold* words", "∗bold* words"),
        ("_it_ and ~no~", "ˍit_ and ∼no~"),
        ("(*bold*)", "(∗bold*)"),
        ("snake_case_name", "snake_case_name"),
        ("5 * 3", "5 * 3"),
        ("`code`", "ˋcodeˋ"),
        ("> not a quote", "\u200b&gt; not a quote"),
        ("a\n> b", "a\n\u200b&gt; b"),
        ("a > b", "a &gt; b"),
        ("\u202egnihtyreve", "gnihtyreve"),
        ("a\x00b", "ab"),
        ("=cmd()", "=cmd()"),
        ("", ""),
    ],
)
def test_escape(typed: str, shown: str) -> None:
    assert escape(typed) == shown


def test_a_line_is_one_line() -> None:
    assert line("Ada\n\n  Lovelace\t") == "Ada Lovelace"


def test_a_right_to_left_name_stays_in_its_place() -> None:
    assert line("שרה") == "\u2068שרה\u2069"
    assert line("Sarah") == "Sarah"
    assert line("ש" * 500, 50).endswith("\u2069")


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("ab&amp;cd", 6, "ab…"),
        ("ab&amp;cd", 8, "ab&amp;…"),
        ("see <https://a.example|x> there", 12, "see…"),
        ("😀😀😀", 6, "😀😀😀"),
        ("😀😀😀", 5, "😀😀…"),
        ("😀😀😀", 4, "😀…"),
        ("anything", 0, ""),
        ("anything", 1, "…"),
    ],
)
def test_shorten(text: str, limit: int, cut: str) -> None:
    assert shorten(text, limit) == cut


@given(hostile, st.integers(0, 5000))
def test_shortening_keeps_to_the_limit(text: str, limit: int) -> None:
    assert units(shorten(text, limit)) <= limit
    assert units(quote(text, limit)) <= limit


@given(hostile)
def test_nobody_breaks_out_of_a_quotation(text: str) -> None:
    assert all(row.startswith("> ") or row in {">", "…"} for row in quote(text).split("\n"))


def test_a_quotation_keeps_its_lines() -> None:
    assert quote("one\n\n\n\ntwo\n> three") == "> one\n> \n> two\n> \u200b&gt; three"


def test_text_objects_are_never_empty() -> None:
    assert plain("")["text"] == "–"
    assert plain(" \n\x00")["text"] == "–"
    assert mrkdwn("")["text"] == "–"


def test_mentions() -> None:
    assert mention("U0SAM") == "<@U0SAM>"
    assert mention(None, "the <team>") == "the &lt;team&gt;"
    assert mention("U0SAM> <!channel") == "somebody"
    assert mentions(["U1A", "U2B", "U3C"]) == "<@U1A>, <@U2B> and <@U3C>"
    assert mentions(["U1A"] * 12) == ", ".join(["<@U1A>"] * 10) + " and 2 other colleagues"
    assert mentions([]) == ""
    assert channel("C0WINS") == "<#C0WINS>"
    assert channel("<!here>") == "&lt;!here&gt;"


def test_only_web_addresses_become_links() -> None:
    assert link("https://a.example/x?a=1&b=2", "story") == "<https://a.example/x?a=1&amp;b=2|story>"
    assert link("https://a.example/x|y>z", "story") == "<https://a.example/x%7Cy%3Ez|story>"
    assert link("javascript:alert(1)", "story") == "javascript:alert(1)"
    assert link("see the wiki <!here>", "story") == "see the wiki &lt;!here&gt;"


def test_times() -> None:
    assert day(date(2026, 5, 3)) == "3 May 2026"
    in_berlin = datetime(2026, 5, 3, 11, 5, tzinfo=timezone(timedelta(hours=2)))
    assert moment(in_berlin) == "<!date^1777799100^{date_short_pretty} {time}|3 May 2026, 09:05 UTC>"
    now = datetime(2026, 5, 3, tzinfo=UTC)
    assert age(now - timedelta(minutes=5), now) == "less than an hour"
    assert age(now - timedelta(hours=1), now) == "1 hour"
    assert age(now - timedelta(days=8, hours=3), now) == "8 days"
    assert age(now + timedelta(days=1), now) == "less than an hour"


def test_words() -> None:
    assert in_words(["a"]) == "a"
    assert in_words(["a", "b"]) == "a and b"
    assert count(1, "day") == "1 day"
    assert count(1200, "day") == "1,200 days"

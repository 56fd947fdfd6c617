"""The answer to a look-up: best first, why, and a way on when nobody fits."""

import json
from dataclasses import replace

from tests.views.reading import buttons, filled, read
from tests.views.samples import FOUND
from views import lookup as view
from views.ids import Action, Callback


def test_an_answer_says_who_and_why() -> None:
    shown = view.answer([FOUND], query="banking emea", page=0, pages=1, total=1, understood=["banking", "emea"])
    text = read(shown)
    assert shown.text == "1 advocate fits “banking emea”."
    for part in (
        "Looked for: banking, emea",
        "*Ada Lovelace*, Head of Data, Acme\nbanking · Germany (EMEA)",
        "Would do: reference call, case study",
        "Found in: industry and region",
        "Checked on 3 May 2026 · Agreed on 20 April 2026 to: colleagues may find them here and talk with",
    ):
        assert part in text
    assert buttons(shown)["Open profile"]["value"] == FOUND.id
    assert "Next" not in buttons(shown)


def test_pages_turn_both_ways() -> None:
    middle = buttons(view.answer([FOUND], query="q", page=1, pages=3, total=11, understood=["q"]))
    assert json.loads(middle["Previous"]["value"]) == {"q": "q", "p": 0}
    assert json.loads(middle["Next"]["value"]) == {"q": "q", "p": 2}
    assert middle["Next"]["action_id"] == Action.PAGE
    assert "Previous" not in buttons(view.answer([FOUND], query="q", page=0, pages=3, total=11, understood=[]))
    assert "Next" not in buttons(view.answer([FOUND], query="q", page=2, pages=3, total=11, understood=[]))


def test_a_page_carries_any_query() -> None:
    for query in ('"' * 3000, "\x00" * 3000, "😀" * 3000, "\n\t" * 1500, "\\" * 3000):
        shown = buttons(view.answer([FOUND], query=query, page=0, pages=2, total=6, understood=[]))
        assert len(shown["Next"]["value"]) <= 2000
        assert json.loads(shown["Next"]["value"])["p"] == 1


def test_without_a_query_the_newest_come() -> None:
    shown = view.answer([FOUND, FOUND], query=" ", page=0, pages=1, total=2, understood=[])
    assert shown.text == "2 advocates, the newest first."


def test_nobody_fits() -> None:
    shown = view.answer([], query="astronauts", page=0, pages=1, total=0, understood=["astronauts"])
    assert shown.text == "Nobody fits “astronauts” yet."
    assert "Try fewer or other words" in read(shown)
    assert buttons(shown)["Nominate a customer"]["action_id"] == Action.NOMINATE
    assert buttons(shown)["Look up again"]["action_id"] == Action.LOOK_UP


def test_nobody_is_there_yet() -> None:
    assert view.nothing("").text == "There are no advocates to look up yet."


def test_a_bare_profile_leaves_no_gaps() -> None:
    bare = replace(FOUND, profile=type(FOUND.profile)(), why=(), consent=None, verified_at=None)
    text = read(view.answer([bare], query="q", page=0, pages=1, total=1, understood=[]))
    assert "*Ada Lovelace*, Acme\n" in text
    assert "Not checked yet · No consent recorded" in text


def test_the_form_asks_in_a_modal() -> None:
    shown = view.query_form()
    assert shown["callback_id"] == Callback.LOOK_UP
    typed = filled(shown)
    assert view.query_from(typed) == ""
    typed["query"]["query"]["value"] = "ciso"
    assert view.query_from(typed) == "ciso"


def test_the_answer_fits_into_a_modal() -> None:
    message = view.answer([FOUND], query="q", page=0, pages=1, total=1, understood=[])
    assert "Ada Lovelace" in read(view.in_modal(message))

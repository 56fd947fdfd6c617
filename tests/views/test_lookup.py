"""The answer to a look-up: best first, why, what is left of whom, and a way on when nobody fits."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from domain.advocates import State
from domain.offers import Refinement
from domain.query import Facet
from tests.views.reading import blocks_of, buttons, filled, read
from tests.views.samples import ANSWER, FOUND, OFFER, PORTRAIT
from views import lookup as view
from views import portrait, refining
from views.ids import Action, Callback

NOBODY = replace(ANSWER, offers=(), total=0)


def test_an_answer_says_who_and_why() -> None:
    shown = view.answer(ANSWER)
    text = read(shown)
    assert shown.text == "1 advocate fits, best first. Looked for: industry: banking; region: EMEA"
    for part in (
        "*Ada Lovelace*, Head of Data, Acme\nbanking · Germany (EMEA)",
        "Would do: reference call, case study",
        "Matches: banking and EMEA",
        "*1½ of 2 left* · free from 2 June for a reference call · Checked on 3 May 2026 · Agreed on 20 April 2026 to:",
        "Why here: 81.5 points of 100: fit 50 of 50 (matches banking and EMEA), capacity 14.5 of 25 (not free now,",
        "Nobody is asked before you send a request.",
    ):
        assert part in text
    assert buttons(shown)["Open profile"]["value"] == FOUND.id
    asking = buttons(shown)["Ask for them"]
    assert asking["action_id"] == Action.REQUEST_FOR
    assert asking["accessibility_label"] == "Ask for them: Ada Lovelace"
    assert json.loads(asking["value"]) == {"a": FOUND.id, "q": ANSWER.query}
    assert "Next" not in buttons(shown)


def test_when_somebody_can_be_asked_is_said_in_words() -> None:
    def said(**changes: Any) -> str:
        return view.room(replace(OFFER, **changes), date(2026, 5, 3))

    assert said(is_free=True) == "*1½ of 2 left* · free now for a reference call"
    assert said(next_free=date(2027, 1, 2)) == "*1½ of 2 left* · free from 2 January 2027 for a reference call"
    assert said(next_free=None) == "*1½ of 2 left* · not free within a year for a reference call"
    assert said(obstacle="Ada does not want to be asked for a video.") == (
        "*1½ of 2 left*, but Ada does not want to be asked for a video"
    )


def test_what_could_not_be_used_is_told() -> None:
    text = read(view.answer(replace(ANSWER, remarks=("I know no industry “x<!here>”.",))))
    assert "I know no industry “x&lt;!here&gt;”." in text


def test_a_part_that_was_left_out_is_named() -> None:
    shown = view.answer(replace(ANSWER, total=3, relaxed="country: Germany"))
    assert shown.text.startswith("Nobody fits all of it. Without country: Germany: 3 advocates.")
    save = buttons(shown)["Tell me when there is one"]
    assert save["action_id"] == Action.SAVE_SEARCH
    assert json.loads(save["value"]) == {"q": ANSWER.query}
    awaited = buttons(view.answer(replace(ANSWER, relaxed="country: Germany", is_awaited=True)))
    assert awaited["Stop telling me"]["action_id"] == Action.STOP_SEARCH
    assert "Tell me when there is one" not in buttons(view.answer(ANSWER))


def test_pages_turn_both_ways() -> None:
    middle = buttons(view.answer(replace(ANSWER, page=1, pages=3, total=11)))
    assert json.loads(middle["Previous"]["value"]) == {"q": ANSWER.query, "p": 0}
    assert json.loads(middle["Next"]["value"]) == {"q": ANSWER.query, "p": 2}
    assert (middle["Previous"]["action_id"], middle["Next"]["action_id"]) == (Action.PAGE_BACK, Action.PAGE)
    assert json.loads(middle["Refine"]["value"]) == {"q": ANSWER.query}
    assert "Previous" not in buttons(view.answer(replace(ANSWER, page=0, pages=3)))
    assert "Next" not in buttons(view.answer(replace(ANSWER, page=2, pages=3)))


def test_ten_with_long_profiles_keep_every_button() -> None:
    wordy = replace(FOUND, contact_name="N" * 300, company="C" * 300, why=("industry",) * 20)
    offers = tuple(replace(OFFER, found=replace(wordy, id=f"0{at}"), obstacle="o" * 900) for at in range(10))
    long = replace(ANSWER, offers=offers, pages=9, page=3, understood=("u" * 500,) * 9, remarks=("r" * 900,) * 9)
    shown = view.answer(long)
    pressed = [e["action_id"] for b in blocks_of(shown) for e in b.get("elements", ()) if e["type"] == "button"]
    assert pressed.count(Action.REQUEST_FOR) == 10
    assert pressed[-3:] == [Action.PAGE_BACK, Action.PAGE, Action.REFINE]


def test_without_a_query_all_are_there() -> None:
    shown = view.answer(replace(ANSWER, offers=(OFFER, OFFER), query="", total=2, understood=()))
    assert shown.text == "2 advocates, best first."


def test_nobody_fits() -> None:
    shown = view.answer(NOBODY)
    assert shown.text == "Nobody fits yet. Looked for: industry: banking; region: EMEA"
    assert "Try fewer or other words" in read(shown)
    assert [*buttons(shown)] == ["Tell me when there is one", "Nominate a customer", "Refine"]
    awaited = view.answer(replace(NOBODY, is_awaited=True))
    assert "As soon as somebody fits, you get one message." in read(awaited)
    assert [*buttons(awaited)] == ["Stop telling me", "All I wait for", "Nominate a customer", "Refine"]


def test_nobody_is_there_yet() -> None:
    shown = view.answer(replace(NOBODY, understood=(), query=""))
    assert shown.text == "There are no advocates to look up yet."
    assert "Tell me when there is one" not in buttons(shown)


def test_a_bare_profile_leaves_no_gaps() -> None:
    bare = replace(FOUND, profile=type(FOUND.profile)(), why=(), consent=None, verified_at=None)
    text = read(view.answer(replace(ANSWER, offers=(replace(OFFER, found=bare),))))
    assert "*Ada Lovelace*, Acme\n" in text
    assert "Not checked yet · No consent recorded" in text


REFINEMENT = Refinement(
    line="“zero trust” -retail",
    chosen={Facet.INDUSTRY: ("banking",)},
    choices={Facet.INDUSTRY: ("banking", "financial services"), Facet.REGION: ("EMEA", "APAC")},
)


def test_the_form_asks_with_a_line_and_lists() -> None:
    shown = refining.query_form(REFINEMENT, {"url": "https://hooks.example/1"})
    assert shown["callback_id"] == Callback.LOOK_UP
    assert json.loads(shown["private_metadata"]) == {"url": "https://hooks.example/1"}
    assert [block["block_id"] for block in shown["blocks"]] == ["query", "industry", "region"]
    typed = filled(shown)
    assert refining.query_from(typed) == '“zero trust” -retail industry:"banking"'
    typed["region"]["region"]["selected_options"] = [{"value": "EMEA"}, {"value": "APAC"}]
    assert refining.query_from(typed).endswith('industry:"banking" region:"EMEA" region:"APAC"')


def test_an_empty_form_asks_for_everybody() -> None:
    shown = refining.query_form(Refinement(), {})
    assert "private_metadata" not in shown
    assert refining.query_from(filled(shown)) == ""


def test_the_answer_fits_into_a_modal() -> None:
    assert "Ada Lovelace" in read(view.in_modal(view.answer(ANSWER)))


def test_a_profile_shows_what_exists_before_anybody_is_asked() -> None:
    shown = portrait.portrait(PORTRAIT)
    text = read(shown)
    for part in (
        "*Ready to use, no customer needed*",
        "*Case study*: <https://acme.example/story|40 % fewer tickets>\nMay be used in public",
        "*Quote*: Words\n“Wow”\nMay be used in public, until 31 December 2026",
        "*1½ of 2 left* · free from 2 June for a reference call",
        "• a case study in June 2026 (agreed, still to come)",
        "• a reference call on 14 March 2026, for you",
        "• a video in January 2026",
        "Agreed on 20 April 2026 to:",
        "Email and phone open for you once a request for them is approved.",
    ):
        assert part in text
    assert text.index("Ready to use") < text.index("1½ of 2 left") < text.index("Fraud detection")
    assert [*buttons(shown)] == ["Use this", "Ask for them"]
    team = replace(PORTRAIT, may_see_contact=True, may_keep_assets=True, ready=())
    assert [*buttons(portrait.portrait(team))] == ["Ask for them", "Contact details", "What they have approved"]


def test_who_rests_cannot_be_asked_from_their_profile() -> None:
    resting = replace(PORTRAIT, card=replace(PORTRAIT.card, state=State.RESTING), history=(), ready=())
    shown = portrait.portrait(resting)
    assert "This advocate is *resting*" in read(shown)
    assert "Nobody has asked them yet." in read(shown)
    assert buttons(shown) == {}

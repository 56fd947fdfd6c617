"""Home shows what concerns the viewer, and nothing of what does not."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from domain.home import Desk, Home, Upkeep
from domain.home_focus import Focus
from domain.nominations import State
from domain.people import Function
from domain.permissions import Action as May
from domain.value import Brought
from tests.views.reading import buttons, read
from tests.views.samples import CARD, NOW, advocate, card
from views import home as view
from views.ids import Action


def _home(reader: str = "U0SAM", **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"name": "Sam Rivera", "function": Function.SALES, "manager_slack_id": "U0SAM"} | changes
    return view.drawn(Home(**given), reader, NOW)


def test_a_newcomer_is_told_what_to_do() -> None:
    shown = _home()
    text = read(shown)
    assert "Hello Sam Rivera" in text
    assert "Which customer spoke well of us lately?" in text
    ways = ["Nominate a customer", "Look up advocates", "Request an advocate"]
    assert list(buttons(shown)) == [*ways, "Change", "Log a use", "Help", "Kept about me", "Settings"]
    assert "To review" not in text


def test_somebody_without_a_function_is_asked_once() -> None:
    assert buttons(_home(function=None))["Tell us"]["action_id"] == Action.FUNCTION
    assert "Tell us" not in buttons(_home())


def test_my_nominations_say_where_they_stand() -> None:
    waiting = _home(mine=[CARD])
    assert "*Ada Lovelace of Acme*\nWaiting for review." in read(waiting)
    assert buttons(waiting)["Take it back"]["confirm"]["title"]["text"] == "Take it back?"
    asked = _home(mine=[card(state=State.NEEDS_INFO, question="Which products?")])
    assert "*The team has a question:* Which products?" in read(asked)
    assert buttons(asked)["Answer"]["value"] == CARD.id
    done = _home(mine=[card(state=State.ACCEPTED, advocate_id="01A", advocate_state="active")])
    assert "Now: active." in read(done)
    assert "Take it back" not in buttons(done)


def test_one_is_spoken_to_and_not_of() -> None:
    mine = card(state=State.ACCEPTED, introduction_owner_slack_id="U0SAM", decided_by_slack_id="U0SAM")
    text = read(_home(mine=[mine]))
    assert "*Accepted* by you. You are asked to introduce us." in text
    assert "<@U0SAM> is asked" in read(_home(mine=[mine], reader="U0KIM"))


def test_who_endorsed_is_not_offered_what_only_the_nominator_may_do() -> None:
    for state in (State.SUBMITTED, State.NEEDS_INFO):
        shown = _home(mine=[card(state=state, endorser_slack_ids=("U0KIM",))], reader="U0KIM")
        assert {"Answer", "Take it back"}.isdisjoint(buttons(shown))
        assert "Put forward by a colleague on" in read(shown)


def test_the_team_works_from_its_queue() -> None:
    shown = _home(
        desk=Desk(
            queue=[card(created_at=NOW - timedelta(days=9), flagged=True)],
            waiting=[card(id="01W", contact_name="Wim", state=State.ACCEPTED, introduction_owner_slack_id="U0OWN")],
            journeys=[advocate(missing=("their title",))],
        )
    )
    text = read(shown)
    assert "*Ada Lovelace of Acme*, for 9 days, by <@U0SAM> (sales). :warning: *Too long.*" in text
    assert "*Wim of Acme*: <@U0OWN> is asked to introduce us." in text
    assert "*Ada Lovelace of Acme* is being interviewed. Still missing: their title." in text
    for label in ("Accept", "Ask for more", "Decline", "Record the introduction", "Open the journey"):
        assert label in buttons(shown)


def test_an_empty_queue_says_so() -> None:
    assert "Nothing waits for review." in read(_home(desk=Desk()))


def test_a_long_queue_says_how_many_more() -> None:
    queue = [card(id=f"N{at}") for at in range(30)]
    assert f"And {30 - view.QUEUE} more." in read(_home(desk=Desk(queue)))


def test_admins_see_what_needs_a_hand() -> None:
    shown = _home(upkeep=Upkeep(1, 12))
    assert "*1 message* could not be delivered" in read(shown)
    assert "Nobody knows what *12 colleagues* work in." in read(shown)
    assert "could not be delivered" not in read(_home())


def test_whoever_may_not_take_part_reads_why() -> None:
    assert read(view.refused("Guests cannot see customer data.")) == "Guests cannot see customer data."


def _brought(won_of_all: int = 12, won: int = 3, opened: int = 5) -> tuple[date, Brought]:
    amounts = {"EUR": Decimal(67000)} if won else {}
    quarter = date(2026, 10, 1), date(2026, 12, 31)
    return date(2026, 12, 4), Brought(*quarter, won_of_all, won, opened, amounts, {"USD": Decimal(1200)})


def test_the_champion_reads_what_the_program_brings() -> None:
    may = frozenset({May.SEE_VALUE})
    text = read(_home(may=may, brought=_brought()))
    assert "*Won with an advocate, October to December 2026: EUR 67,000*" in text
    assert "`██░░░░░░░░` 3 of 12 won deals had an advocate" in text
    assert "Open with an advocate: 5 deals, USD 1,200." in text
    assert "Counted on 4 December 2026." in text
    assert "is counted every morning" in read(_home(may=may))
    none = read(_home(may=may, brought=_brought(0, 0, 0)))
    assert "*No deal of October to December 2026 is won yet, and none that is open has an advocate.*" in none
    assert "won deals had" not in none
    assert "67,000" not in read(_home(brought=_brought())), "and nobody else does"


def _busy(**changes: Any) -> dict[str, Any]:
    parts = (Focus.OWN, Focus.DESK, Focus.PROGRAM)
    several: dict[str, Any] = {
        "parts": parts,
        "may": frozenset({May.SEE_VALUE}),
        "desk": Desk([CARD]),
        "mine": [card(id="N2")],
    }
    return _home(**(several | changes))


def test_who_has_several_roles_can_see_one_at_a_time() -> None:
    whole = read(_busy())
    assert all(
        head in whole for head in ("What do you want to see here?", "To review", "Put forward on", "Business value")
    )
    heads = {Focus.OWN: "Put forward on", Focus.DESK: "To review", Focus.PROGRAM: "Business value"}
    for focus, head in heads.items():
        shown = read(_busy(focus=focus))
        assert [one for one in heads.values() if one in shown] == [head]
        assert "Nominate a customer" in shown
        assert "Settings" in shown
    menu = next(one["accessory"] for one in _busy(focus=Focus.DESK)["blocks"] if "accessory" in one)
    assert menu["initial_option"]["value"] == "desk"
    assert [one["value"] for one in menu["options"]] == ["all", "own", "desk", "program"]


def test_who_has_one_role_has_nothing_to_choose() -> None:
    assert "What do you want to see here?" not in read(_home(parts=(Focus.OWN,)))

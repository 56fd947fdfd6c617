"""What customers got back, on both databases: kept, capped by the year, taken out, and never twice."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from domain.errors import NotAllowed, RuleError
from domain.gifts import Log, Typed
from domain.moment import Moment
from steps import gifts
from storage import settings
from storage.audit import Audit
from storage.gifts import GiftRow
from storage.guard import GuardedSession
from tests.steps.crowd import Crowd, crowd
from tests.steps.race import ROUNDS, at_once

__all__ = ["crowd"]


@pytest.fixture
def ada(crowd: Crowd) -> Crowd:
    crowd.add("Ada")
    return crowd


def give(crowd: Crowd, what: str, amount: str = "", *, receipt: str = "", days_ago: int = 0, **other: Any) -> Log:
    actor = other.get("actor", crowd.team)
    typed = Typed(what, crowd.world.now.date() - timedelta(days=days_ago), amount)
    found: Log = crowd.do(gifts.give, actor, crowd.ids["Ada"], typed, receipt or what)
    return found


def test_what_was_given_is_listed_newest_first_and_summed_for_the_year(ada: Crowd) -> None:
    give(ada, "A book", "25")
    give(ada, "A note", days_ago=3)
    found = give(ada, "A pass of last year", "150", days_ago=300)
    assert [(one.what, one.amount and str(one.amount.amount)) for one in found.gifts] == [
        ("A book", "25"),
        ("A note", None),
        ("A pass of last year", "150"),
    ]
    assert (found.given, found.cap, found.left) == (2_500, 200, 17_500)
    assert found.gifts[0].giver is not None


def test_beyond_the_cap_nothing_is_kept(ada: Crowd) -> None:
    give(ada, "Dinner", "180")
    with pytest.raises(RuleError, match="20 are left"):
        give(ada, "A book", "20.01")
    assert give(ada, "A book", "20").left == 0
    give(ada, "A note")


def test_an_amount_in_another_currency_is_kept_apart(ada: Crowd) -> None:
    give(ada, "Dinner", "180")
    ada.world.do(ada.id, settings.save, ada.world.moment(), None, "currency", "GBP")
    found = give(ada, "A book", "30")
    assert (found.given, found.currency) == (3_000, "GBP")
    assert len(found.gifts) == 2


def test_the_same_form_twice_is_kept_once(ada: Crowd) -> None:
    give(ada, "A book", "25", receipt="V1:1")
    assert give(ada, "A book", "25", receipt="V1:1").given == 2_500


def test_taken_out_it_counts_no_more_and_the_audit_knows(ada: Crowd) -> None:
    found = give(ada, "Dinner", "200")
    left = ada.do(gifts.take_back, ada.team, found.gifts[0].id)
    assert (left.gifts, left.given) == ([], 0)
    with pytest.raises(RuleError, match="isn't in the list any more"):
        ada.do(gifts.take_back, ada.team, found.gifts[0].id)
    said = ada.world.do(ada.id, lambda session: [row.action for row in session.query(Audit) if "gift" in row.action])
    assert said == ["gift.given", "gift.taken_back"]


def test_only_the_team(ada: Crowd) -> None:
    for act in (
        partial(ada.do, gifts.seen, ada.rep, ada.ids["Ada"]),
        partial(give, ada, "A book", actor=ada.rep),
        partial(ada.do, gifts.take_back, ada.rep, "X"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_of_two_at_once_one_gets_the_rest_of_the_cap(ada: Crowd) -> None:
    def giving(session: GuardedSession, moment: Moment, typed: Typed, receipt: str) -> Log:
        return gifts.give(session, ada.team, moment, ada.ids["Ada"], typed, receipt)

    for at in range(ROUNDS):
        typed = Typed("Dinner", None, "150")
        acts = [
            partial(giving, moment=ada.world.moment(), typed=typed, receipt=f"{at}:{who}") for who in ("one", "two")
        ]
        heard = at_once(ada.world.db, ada.id, *acts)
        assert sorted(type(one).__name__ for one in heard) == ["Log", "RuleError"]
        [kept] = ada.world.do(ada.id, lambda session: [row.id for row in session.query(GiftRow)])
        ada.do(gifts.take_back, ada.team, kept)

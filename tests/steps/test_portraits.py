"""One advocate's profile as a colleague sees it: capacity, history without anybody's deals, approved pieces first."""

from datetime import timedelta
from typing import Any

import pytest

from domain.errors import NotAllowed, RuleError
from domain.offers import PastUse, Portrait
from domain.people import Actor, Standing
from domain.vocabulary import Activity
from steps import portraits
from storage.assets import Asset
from storage.guard import GuardedSession
from tests.steps.crowd import Crowd
from tests.steps.crowd import crowd as crowd  # noqa: PLC0414  # a fixture


def portrait(crowd: Crowd, name: str, actor: Actor | None = None) -> Portrait:
    found: Portrait = crowd.do(portraits.of_advocate, actor or crowd.rep, crowd.ids[name])
    return found


def test_history_tells_what_and_when_and_never_for_whom(crowd: Crowd) -> None:
    crowd.add("Ada")
    other = crowd.world.member(crowd.id, "UOTHER")
    for days in (400, 300, 200, 150, 120):
        crowd.use("Ada", crowd.ago(days), words="Talked with Babbage", person_id=other.person_id)
    crowd.use("Ada", crowd.ago(40), Activity.VIDEO, person_id=crowd.rep.person_id)
    crowd.use("Ada", crowd.ago(-20), status="reserved")
    crowd.use("Ada", crowd.ago(1), status="released")
    shown = portrait(crowd, "Ada")
    assert shown.history == (
        PastUse(crowd.ago(-20), Activity.REFERENCE_CALL, is_coming=True),
        PastUse(crowd.ago(40), Activity.VIDEO, is_own=True),
        PastUse(crowd.ago(120), Activity.REFERENCE_CALL),
        PastUse(crowd.ago(150), Activity.REFERENCE_CALL),
        PastUse(crowd.ago(200), Activity.REFERENCE_CALL),
    )
    assert "Babbage" not in repr(shown)
    assert shown.offer.capacity.left_halves == 0
    assert shown.offer.next_free is not None
    assert not shown.offer.is_free


def test_only_what_may_be_used_today_is_ready(crowd: Crowd) -> None:
    crowd.add("Ada")
    today = crowd.world.now.date()

    def write(session: GuardedSession) -> None:
        for title, facts in _ASSETS.items():
            moment = crowd.world.moment()
            expires = today + timedelta(days=facts["days"]) if "days" in facts else None
            session.add(
                Asset(
                    id=moment.new_id(),
                    advocate_id=crowd.ids["Ada"],
                    kind="quote",
                    title=title,
                    link="https://acme.example",
                    facets={},
                    scope="public",
                    expires_on=expires,
                    approved_at=moment.now,
                    withdrawn_at=moment.now if facts.get("withdrawn") else None,
                )
            )

    crowd.world.do(crowd.id, write)
    assert [one.title for one in portrait(crowd, "Ada").ready] == ["Until today", "For ever"]


_ASSETS: dict[str, dict[str, Any]] = {
    "For ever": {},
    "Expired": {"days": -1},
    "Until today": {"days": 0},
    "Withdrawn": {"withdrawn": True},
}


def test_contact_details_are_offered_to_whoever_may_see_them(crowd: Crowd) -> None:
    crowd.add("Ada")
    assert not portrait(crowd, "Ada").may_see_contact
    assert portrait(crowd, "Ada", crowd.team).may_see_contact


def test_who_rests_is_shown_to_the_team_alone(crowd: Crowd) -> None:
    crowd.add("Ada", state="resting")
    with pytest.raises(RuleError, match="can't be asked"):
        portrait(crowd, "Ada")
    assert "only active advocates" in portrait(crowd, "Ada", crowd.team).offer.obstacle
    for standing in (Standing.GUEST, Standing.STRANGER):
        with pytest.raises(NotAllowed):
            portrait(crowd, "Ada", Actor("x", "UX", "X", standing))

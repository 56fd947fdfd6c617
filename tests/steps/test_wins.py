"""The wins channel hears of activities that took place, once, and names nobody who declined; on both databases."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.errors import AlreadyDone
from domain.messages import Kind
from domain.people import Role
from domain.request_outcomes import Happened, Outcome
from domain.request_routing import Routing
from domain.touches import Touch
from domain.vocabulary import Activity
from steps import credit, outcomes, touches
from steps.wins import WINS_CHANNEL
from tests.steps.crowd import crowd as crowd  # noqa: PLC0414  # a fixture
from tests.steps.desk import Desk
from tests.steps.desk import desk as desk  # noqa: PLC0414  # a fixture
from tests.steps.test_credit import brought_by, endorsed_by


def posts(desk: Desk) -> list[str]:
    """What the channel shows once all is sent."""
    return desk.slots(replace(desk.owner, slack_user_id=WINS_CHANNEL), Kind.WIN)


def asked(desk: Desk, **facts: Any) -> str:
    """A request whose day has come."""
    desk.route(Routing.SELF_TELLING_OWNER)
    request_id = desk.ask(**facts)
    desk.pass_time(days=15)
    return request_id


def tell(desk: Desk, request_id: str, happened: Happened = Happened.YES, rating: int | None = 5, **how: Any) -> None:
    outcome = replace(Outcome(happened, rating), moved_to=how.get("moved_to"))
    desk.crowd.do(outcomes.tell, desk.crowd.rep, request_id, outcome)


def touch(desk: Desk, days: int = 0, activity: Activity = Activity.REVIEW, receipt: str = "V1") -> None:
    on = desk.crowd.world.now.date() - timedelta(days=days)
    desk.crowd.do(touches.log, desk.crowd.rep, Touch(desk.crowd.ids["Ada"], activity, on), receipt)


def test_what_took_place_is_told_to_everybody_with_thanks_to_who_brought_them(desk: Desk) -> None:
    brought_by(desk.crowd, "Ada", desk.owner.person_id)
    endorsed_by(desk.crowd, "Ada", desk.crowd.team.person_id)
    request_id = asked(desk)
    assert posts(desk) == []
    tell(desk, request_id)
    [said] = posts(desk)
    thanked = f"<@{desk.owner.slack_user_id}> and <@{desk.crowd.team.slack_user_id}>"
    assert (
        said == f"Ada of Ada Inc has done something for us: a reference call. Thank you, {thanked}, for bringing them!"
    )
    with pytest.raises(AlreadyDone):
        tell(desk, request_id)
    assert len(posts(desk)) == 1


def test_who_declines_is_not_named(desk: Desk) -> None:
    brought_by(desk.crowd, "Ada", desk.owner.person_id)
    desk.crowd.do(credit.name_me, desk.owner, named=False)
    tell(desk, asked(desk))
    [said] = posts(desk)
    assert said == "Ada of Ada Inc has done something for us: a reference call."


@pytest.mark.parametrize(("happened", "rating"), [(Happened.NO, None), (Happened.YES, 2)])
def test_what_did_not_take_place_or_went_badly_is_not_celebrated(
    desk: Desk, happened: Happened, rating: int | None
) -> None:
    tell(desk, asked(desk), happened, rating)
    assert posts(desk) == []


def test_what_is_moved_is_told_once_it_took_place(desk: Desk) -> None:
    request_id = asked(desk)
    tell(desk, request_id, Happened.MOVED, None, moved_to=desk.crowd.world.now.date() + timedelta(days=10))
    assert posts(desk) == []
    desk.pass_time(days=11)
    tell(desk, request_id)
    assert len(posts(desk)) == 1


def test_several_who_tell_of_the_same_make_one_post(desk: Desk) -> None:
    touch(desk)
    other = desk.crowd.world.member(desk.crowd.id, "UREP2", Role.TEAM)
    on = desk.crowd.world.now.date()
    desk.crowd.do(touches.log, other, Touch(desk.crowd.ids["Ada"], Activity.REVIEW, on), "V2")
    assert len(posts(desk)) == 1
    touch(desk, activity=Activity.VIDEO, receipt="V3")
    assert len(posts(desk)) == 2


def test_what_is_logged_late_or_twice_or_nobodys_business_is_no_news(desk: Desk) -> None:
    touch(desk, days=20)
    touch(desk, activity=Activity.EXECUTIVE_MEETING, receipt="V2")
    assert posts(desk) == []
    touch(desk, days=3, receipt="V3")
    touch(desk, days=3, receipt="V3")
    assert len(posts(desk)) == 1

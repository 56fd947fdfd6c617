"""Whoever joins a channel that gets nudges is welcomed, a message at a time, until they leave it."""

from datetime import UTC, datetime, timedelta

from domain.nudge_choice import is_held_out
from domain.nudges import Audience
from domain.people import Actor
from domain.pulse import Element
from domain.settings import ChannelRole
from steps import nudge_library, onboarding
from storage.nudges import HELD_OUT, Nudge
from tests.steps.floor import TUESDAY, Floor
from tests.steps.floor import floor as floor  # noqa: PLC0414  # a fixture

IN_USE = {ChannelRole.SALES: "C0SALES", ChannelRole.MARKETING: None}
ENTRIES = {entry.id: entry for entry in nudge_library.shipped()}


def newcomer(floor: Floor, channel: str = "C0SALES", *, held: bool = False) -> Actor:
    """Somebody who joins now, and who is held out or is not."""
    for number in range(1000):
        actor = floor.world.member(floor.id, f"UNEW{number}")
        if is_held_out(floor.id, actor.person_id) == held:
            floor.do(onboarding.joined, actor, channel, IN_USE)
            return actor
    raise AssertionError("nobody fits")


def days(floor: Floor, first: datetime, many: int) -> dict[int, str]:
    """What came on which day, in so many days."""
    came = {}
    for day in range(many):
        for message in floor.tick(first + timedelta(days=day)):
            if message.kind == "onboarding":
                came[day] = message.target
    return came


def test_four_messages_come_in_three_weeks(floor: Floor) -> None:
    floor.plan()
    floor.world.now = TUESDAY - timedelta(hours=3)
    actor = newcomer(floor)
    came = days(floor, TUESDAY, 40)
    assert came == dict.fromkeys([0, 3, 10, 21], actor.slack_user_id)
    sent = floor.nudges(Nudge.person_id == actor.person_id)
    assert [ENTRIES[nudge.entry_id or ""].day for nudge in sent] == [0, 3, 10, 21]
    assert {ENTRIES[nudge.entry_id or ""].element for nudge in sent} == {Element.AWARENESS}


def test_it_comes_neither_before_ten_nor_at_night_nor_at_the_weekend(floor: Floor) -> None:
    floor.plan()
    floor.world.now = datetime(2026, 3, 6, 21, tzinfo=UTC)  # a Friday evening
    newcomer(floor)
    came = [at for hour in range(72) if floor.tick(at := datetime(2026, 3, 6, 22, tzinfo=UTC) + timedelta(hours=hour))]
    assert came == [datetime(2026, 3, 9, 10, tzinfo=UTC)]


def test_leaving_stops_it_and_coming_back_goes_on(floor: Floor) -> None:
    floor.plan()
    floor.world.now = TUESDAY - timedelta(hours=3)
    actor = newcomer(floor)
    assert list(days(floor, TUESDAY, 2)) == [0]
    floor.do(onboarding.left, actor, "C0SALES")
    assert days(floor, TUESDAY + timedelta(days=2), 13) == {}
    floor.do(onboarding.joined, actor, "C0SALES", IN_USE)
    assert len(days(floor, TUESDAY + timedelta(days=15), 10)) == 3


def test_only_channels_with_a_plan_that_is_on_welcome(floor: Floor) -> None:
    newcomer(floor)
    assert days(floor, TUESDAY, 5) == {}
    floor.plan(Audience.SUPPORT, "C0SUPPORT")
    floor.world.now = TUESDAY + timedelta(days=6)
    newcomer(floor, "C0SUPPORT")
    newcomer(floor, "C0OTHER")
    assert len(days(floor, TUESDAY + timedelta(days=7), 1)) == 1


def test_two_channels_welcome_once(floor: Floor) -> None:
    floor.plan()
    floor.plan(Audience.SUPPORT, "C0SUPPORT")
    floor.world.now = TUESDAY - timedelta(hours=3)
    actor = newcomer(floor)
    floor.do(onboarding.joined, actor, "C0SUPPORT", IN_USE)
    assert list(days(floor, TUESDAY, 30)) == [0, 3, 10, 21]
    assert floor.tick(TUESDAY + timedelta(days=40)) == []


def test_an_open_pulse_puts_it_off(floor: Floor) -> None:
    floor.plan(day="mon")
    floor.world.now = TUESDAY - timedelta(hours=3)
    actor = newcomer(floor)
    floor.asks([actor.slack_user_id])
    assert list(days(floor, TUESDAY, 7)) == []
    floor.asks_no_more()
    came = days(floor, TUESDAY + timedelta(days=7), 53)
    assert len(came) == 4


def test_the_welcome_comes_first_and_the_nudge_of_the_week_after_it(floor: Floor) -> None:
    floor.plan()
    floor.plan(Audience.MARKETING, None)
    floor.world.now = TUESDAY - timedelta(hours=3)
    actor = newcomer(floor)
    floor.change([actor.person_id], function="marketing")
    kinds = [
        (day, message.kind)
        for day in range(40)
        for message in floor.tick(TUESDAY + timedelta(days=day))
        if message.target == actor.slack_user_id
    ]
    assert kinds == [
        (0, "onboarding"),
        (3, "onboarding"),
        (10, "onboarding"),
        (21, "onboarding"),
        (28, "nudge"),
        (35, "nudge"),
    ]


def test_who_is_held_out_is_noted_and_gets_nothing(floor: Floor) -> None:
    floor.plan()
    floor.world.now = TUESDAY - timedelta(hours=3)
    actor = newcomer(floor, held=True)
    assert days(floor, TUESDAY, 30) == {}
    assert [n.outcome for n in floor.nudges(Nudge.person_id == actor.person_id)] == [HELD_OUT] * 4


def test_a_calendar_that_is_moved_finds_the_next_time(floor: Floor) -> None:
    floor.plan()
    floor.world.now = TUESDAY - timedelta(hours=3)
    newcomer(floor)
    found = floor.world.do(floor.id, onboarding.coming, floor.world.now)
    assert found == TUESDAY
    floor.tick(TUESDAY)
    assert floor.world.do(floor.id, onboarding.coming, TUESDAY) == TUESDAY + timedelta(days=3)

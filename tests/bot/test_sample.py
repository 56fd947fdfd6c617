"""The sample company is whole: every line is taken, every name leads somewhere, and it makes a Slack workspace."""

import re
from collections import Counter
from datetime import UTC, datetime
from random import Random

from sqlalchemy import func, select

from bot import sample
from domain.advocates import State
from domain.moment import Moment
from domain.opportunities import DealKind, Status
from domain.people import Function, Role
from sandbox.world import World
from storage import cards, people, profiles, search, workspaces
from storage.accounts import Account
from storage.advocates import Advocate
from storage.assets import Asset
from storage.opportunities import Opportunity
from storage.people import Person
from storage.sealing import Keys
from tests.patience import patient

MOMENT = Moment(datetime(2026, 3, 4, 9, tzinfo=UTC), Random(1).getrandbits)


def test_it_is_imported_whole(database_url: str) -> None:
    db = patient(database_url, Keys.of("k" * 32))
    workspace_id = db.run_now(None, workspaces.only, MOMENT)
    sample.load(db, workspace_id, MOMENT)
    with db.session(workspace_id) as session:
        found = session.scalars(select(Person)).all()
        assert len(found) == 35
        assert {person.function for person in found} == {function.value for function in Function}
        assert len(people.holders(session, Role.TEAM)) == 3
        for role in (Role.LEADER, Role.CHAMPION, Role.CHANGE_PARTNER, Role.ADMIN):
            assert len(people.holders(session, role)) == 1
        assert session.scalar(select(func.count()).where(Account.owner_id.is_not(None))) == 60
        assert set(session.scalars(select(Account.region))) == {"EMEA", "APAC", "North America", "Latin America"}
        assert len(set(session.scalars(select(Account.industry)))) >= 10
        assert session.scalar(select(func.count()).where(Advocate.state == State.ACTIVE.value)) == 8
        journeys = Counter(card.state for card in profiles.in_progress(session))
        assert journeys == {State.INTRODUCED: 1, State.INTERVIEWING: 2}
        assert [card.nominator_slack_id for card in cards.queue(session)][-1] == "U0LEILANI"
        deals = session.scalars(select(Opportunity)).all()
        assert Counter(deal.status for deal in deals) == {Status.OPEN: 23, Status.WON: 10, Status.LOST: 7}
        assert Counter(deal.kind for deal in deals) == {DealKind.NEW: 8, DealKind.RENEWAL: 8, DealKind.EXPANSION: 24}
        assert all(deal.owner_id and deal.hundredths for deal in deals)
        today = MOMENT.now.date()
        assert all(deal.close_on and (deal.close_on > today) is (deal.status == Status.OPEN) for deal in deals)
        prospects = {deal.account_name for deal in deals if deal.account_id is None}
        assert len(prospects) == 6
        assert None not in prospects
        approved = session.scalars(select(Asset)).all()
        assert Counter(one.kind for one in approved) == {"case study": 4, "quote": 2, "review": 2, "video": 1}
        assert all(one.expires_on is None or one.expires_on > today for one in approved)
        assert len(search.matching(session, search.words_of("healthcare gate"), 5)) == 1
    db.close()


def test_the_same_people_make_a_slack_workspace() -> None:
    world = World.from_dict(sample.slack_world(), now=MOMENT.now)
    assert {user["id"] for user in sample.slack_world()["users"]} <= world.users.keys()
    assert len(sample.slack_world()["users"]) == 37
    assert sum(user["deleted"] for user in world.users.values()) == 1
    assert sum(user["is_restricted"] for user in world.users.values()) == 1
    assert sum(user["is_admin"] for user in world.users.values()) == 1
    groups = {group["handle"]: group["user_count"] for group in world.usergroups.values()}
    assert groups["advocacy-team"] == 3
    assert all(groups.values())
    names = {channel.name for channel in world.channels.values()}
    assert names >= {"general", "advocacy", "advocacy-wins", "sales", "marketing", "customer-success", "random"}
    assert all(2 <= len(channel.messages) <= 3 for channel in world.channels.values())


def test_every_address_is_invented() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sample.FOLDER.iterdir()]
    domains = {domain for text in texts for domain in re.findall(r"@([\w.-]+\.\w+)", text)}
    assert domains
    assert {domain for domain in domains if not domain.endswith(".example")} == set()

"""A workspace full of published advocates, for tests of looking them up. Decides nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from domain.advocates import ConsentScope, Profile
from domain.capacity import WEIGHTS
from domain.names import person_key
from domain.offers import Answer
from domain.people import Actor, Role
from domain.vocabulary import Activity
from steps import findable, lookup, vocabulary
from storage import profiles
from storage.accounts import Account
from storage.advocates import Advocate, ConsentRow, InterviewRow
from storage.engagements import Engagement, Status
from storage.guard import GuardedSession
from storage.nominations import Contact, Nomination
from tests.worlds import World

PLAIN = Profile(
    title="Chief Engineer",
    industry="banking",
    country="DE",
    region="EMEA",
    languages=("English",),
    use_cases="Runs our largest rollout.",
    activities=(Activity.REFERENCE_CALL.value, Activity.CASE_STUDY.value),
)
ALL_SCOPES = [scope.value for scope in ConsentScope]


@dataclass
class Crowd:
    """Advocates by their names, a rep who looks for them, and somebody of the team."""

    world: World
    id: str
    rep: Actor
    team: Actor
    ids: dict[str, str] = field(default_factory=dict)

    def do(self, step: Any, actor: Actor, *args: Any, **kwargs: Any) -> Any:
        """One committed step."""
        return self.world.do(self.id, step, actor, self.world.moment(), *args, **kwargs)

    def add(self, name: str, profile: Profile = PLAIN, *, scopes: Sequence[str] = ALL_SCOPES, **facts: Any) -> str:
        """A published advocate; `facts` are of the account (segment, health, renewal_on) or of the row."""
        return self.add_many({name: profile}, scopes=scopes, **facts)[0]

    def add_many(self, crowd: Mapping[str, Profile], *, scopes: Sequence[str] = ALL_SCOPES, **facts: Any) -> list[str]:
        """The same for many in one transaction."""
        made: list[str] = self.world.do(self.id, self._write, crowd, scopes, facts)
        self.ids |= dict(zip(crowd, made, strict=True))
        return made

    def _write(
        self, session: GuardedSession, crowd: Mapping[str, Profile], scopes: Sequence[str], facts: dict[str, Any]
    ) -> list[str]:
        ids = {name: self.world.moment().new_id() for name in crowd}
        now, of_account = self.world.now, ("segment", "health", "renewal_on", "owner_id")
        own = {"workspace_id": self.id, "created_at": now}
        account = {key: facts[key] for key in of_account if key in facts}
        row = {"verified_at": now, "published_at": now, "state": "active"} | {
            key: value for key, value in facts.items() if key not in account
        }
        order = (Account, Contact, Nomination, Advocate, InterviewRow, ConsentRow)
        tables: dict[Any, list[dict[str, Any]]] = {table: [] for table in order}
        for name, profile in crowd.items():
            key = ids[name]
            names = {"name": name, "name_key": person_key(name), "company": f"{name} Inc", "company_key": key}
            names["identity"] = key
            tables[Account].append({**own, "id": key, "name": f"{name} Inc", "key": key, "products": [], **account})
            tables[Contact].append({**own, **names, "id": key, "account_id": key})
            said = {"source": "web", "state": "accepted", "why": "", "customer_knows": True, "version": 1}
            tables[Nomination].append({**own, **said, "id": key, "contact_id": key, "products": [], "activities": []})
            there = {"id": key, "contact_id": key, "nomination_id": key, "version": 1}
            tables[Advocate].append({**own, **there, **_columns(profile), **row})
            of_advocate = {"workspace_id": self.id, "id": key, "advocate_id": key}
            tables[InterviewRow].append({**of_advocate, "at": now, "held_at": now})
            given = {"given_on": now.date(), "how": "by email", "recorded_at": now}
            tables[ConsentRow].append({**of_advocate, "scopes": list(scopes), **given})
        for table, rows in tables.items():
            session.execute(insert(table), rows)
        moment = self.world.moment()
        vocabulary.learn(session, None, moment, (term for one in crowd.values() for term in findable.terms_of(one)))
        for one in session.scalars(select(Advocate).where(Advocate.id.in_(ids.values()))):
            findable.refresh(session, one, now.date())
        return list(ids.values())

    def use(self, name: str, on: date, activity: Activity = Activity.REFERENCE_CALL, **facts: Any) -> None:
        """A use of an advocate that counts."""

        def write(session: GuardedSession) -> None:
            row = {"source": "touch", "status": Status.DONE.value, "halves": WEIGHTS[activity]} | facts
            moment = self.world.moment()
            session.add(
                Engagement(
                    id=moment.new_id(),
                    advocate_id=self.ids[name],
                    activity=activity.value,
                    happens_on=on,
                    created_at=moment.now,
                    **row,
                )
            )

        self.world.do(self.id, write)

    def ago(self, days: int) -> date:
        """A day in the past."""
        return self.world.now.date() - timedelta(days=days)

    def looks(self, line: str, page: int = 0, actor: Actor | None = None) -> Answer:
        """What the rep is answered."""
        answer = self.do(lookup.look_up, actor or self.rep, line, page)
        assert isinstance(answer, Answer)
        return answer

    def finds(self, line: str) -> list[str]:
        """Whom the rep is offered on the first page, best first."""
        return names(self.looks(line))


def names(answer: Answer) -> list[str]:
    """Who is on a page."""
    return [one.found.contact_name for one in answer.offers]


def _columns(profile: Profile) -> dict[str, Any]:
    values = {name: getattr(profile, name) for name in profiles.PROFILE_FIELDS}
    return {name: list(value) if name in profiles.LISTS else value for name, value in values.items()}


@pytest.fixture
def crowd(world: World) -> Crowd:
    workspace_id = world.workspace("T1")
    return Crowd(
        world, workspace_id, world.member(workspace_id, "UREP"), world.member(workspace_id, "UTEAM", Role.TEAM)
    )

"""Targets against what there is, by the rules by which a look-up offers; kept and changed; on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, update

from domain.advocates import ConsentScope, Move
from domain.errors import AlreadyDone, NotAllowed, NotFound, RuleError
from domain.people import Actor, Role
from domain.portfolio import Criteria, Portfolio
from domain.query import Facet
from domain.targets import Overview, Values
from domain.vocabulary import Activity
from steps import advocates, lookup, portfolio, saved_searches, targets
from storage.accounts import Account
from storage.audit import Audit
from storage.outbox import Message
from storage.requests import Request
from storage.targets import TargetRow
from tests.steps.crowd import PLAIN, Crowd
from tests.steps.crowd import crowd as crowd  # noqa: PLC0414  # a fixture
from tests.worlds import counted

CALL, STUDY = Activity.REFERENCE_CALL.value, Activity.CASE_STUDY.value
DUE = date(2026, 12, 31)


@pytest.fixture
def leader(crowd: Crowd) -> Actor:
    return crowd.world.member(crowd.id, "ULEAD", Role.LEADER)


def wants(
    crowd: Crowd, leader: Actor, count: int = 2, name: str = "", due: date = DUE, **criteria: tuple[str, ...]
) -> None:
    values = Values(name, str(count), due, None, {Facet(facet): some for facet, some in criteria.items()})
    crowd.do(targets.save, leader, values, None, 0)


def seen(crowd: Crowd) -> Portfolio:
    found: Portfolio = crowd.world.do(crowd.id, portfolio.read, crowd.world.moment())
    return found


def figures(crowd: Crowd) -> dict[str, tuple[int, int, int]]:
    """Active, available and gap by the name of the target."""
    return {one.target.name: (one.active, one.available, one.gap) for one in seen(crowd).targets}


def test_available_is_who_could_be_asked_today(crowd: Crowd, leader: Actor) -> None:
    crowd.add("Free")
    crowd.add("Sick", health="red")
    crowd.add("Renewing", renewal_on=crowd.world.now.date() + timedelta(days=5))
    crowd.add("Stale", verified_at=crowd.world.now - timedelta(days=361))
    crowd.add("Silent", scopes=[ConsentScope.PUBLIC.value])
    crowd.add("Paused", rest_reason="WISH")
    crowd.add("Resting", state="resting")
    crowd.add("Tired")
    crowd.use("Tired", crowd.ago(10))
    crowd.add(
        "Writer", replace(PLAIN, activities=(STUDY,)), scopes=[ConsentScope.LISTED.value, ConsentScope.PUBLIC.value]
    )
    crowd.add("Elsewhere", replace(PLAIN, industry="retail"))
    wants(crowd, leader, 4, "banks", industry=("banking",))
    wants(crowd, leader, 1, "stories", industry=("banking",), activity=(STUDY,))
    wants(crowd, leader, 1, "calls or videos", industry=("banking",), activity=(CALL, Activity.VIDEO.value))
    wants(crowd, leader, 1, "nobody", region=("APAC",))
    assert figures(crowd) == {
        "banks": (8, 2, 2),
        "stories": (8, 2, 0),
        "calls or videos": (7, 1, 0),
        "nobody": (0, 0, 1),
    }


def test_a_target_for_one_activity_counts_as_the_look_up_does(crowd: Crowd, leader: Actor) -> None:
    drawn = Random(5)
    crowd.add_many(
        {
            f"P{number}": replace(
                PLAIN,
                industry=drawn.choice(["banking", "retail"]),
                persona=drawn.choice(["CISO", "CIO", None]),
                country=drawn.choice(["DE", "US", "JP"]),
                activities=tuple(drawn.sample([CALL, STUDY], drawn.randint(1, 2))),
            )
            for number in range(60)
        }
    )
    for number in range(0, 60, 3):
        crowd.use(f"P{number}", crowd.ago(drawn.randint(0, 80)), drawn.choice([Activity.CASE_STUDY, Activity.QUOTE]))
    lines: list[tuple[str, Criteria]] = [
        (f'industry:"{industry}" role:"{persona}" {place} activity:"{activity}" available:now', criteria)
        for industry in ("banking", "retail")
        for persona in ("CISO", "CIO")
        for place, where in (("region:EMEA", {Facet.REGION: ("EMEA",)}), ("country:US", {Facet.COUNTRY: ("US",)}))
        for activity in (CALL, STUDY)
        for criteria in [{Facet.INDUSTRY: (industry,), Facet.PERSONA: (persona,), **where, Facet.ACTIVITY: (activity,)}]
    ]
    for number, (_line, criteria) in enumerate(lines):
        crowd.do(targets.save, leader, Values(str(number), "1", DUE, None, criteria), None, 0)
    looked_up = {str(number): _answered(crowd.looks(line)) for number, (line, _criteria) in enumerate(lines)}
    assert {name: available for name, (_active, available, _gap) in figures(crowd).items()} == looked_up
    assert any(looked_up.values())


def _answered(answer: lookup.Answer) -> int:
    return 0 if answer.relaxed else answer.total


def test_a_renamed_word_still_counts_whoever_was_written_before(crowd: Crowd, leader: Actor) -> None:
    from steps import vocabulary_editing as editing

    crowd.add("Ada", replace(PLAIN, products=("Gate",)))
    wants(crowd, leader, 1, "gate", product=("Gate",))
    entry = crowd.do(editing.entry, leader, Facet.PRODUCT, "Gate")
    crowd.do(editing.change, leader, Facet.PRODUCT, entry.value, "Portal", ())
    crowd.add("Bea", replace(PLAIN, products=("Portal",)))
    assert figures(crowd) == {"gate": (2, 2, 0)}
    rows = [one for one in seen(crowd).supply if one.facet is Facet.PRODUCT]
    assert [(one.value, one.active) for one in rows] == [("Portal", 2)]


def test_supply_has_a_row_for_each_value_that_somebody_has(crowd: Crowd) -> None:
    crowd.add("Ada", replace(PLAIN, persona="CISO"), segment="enterprise")
    crowd.add("Bea", replace(PLAIN, country="US", activities=(STUDY,)), health="red")
    crowd.world.do(crowd.id, _another_account, crowd)
    rows = {(one.facet.value, one.shown): (one.accounts, one.active, one.available) for one in seen(crowd).supply}
    assert rows["industry", "banking"] == (3, 2, 1)
    assert rows["country", "Germany"] == (1, 1, 1)
    assert rows["country", "United States"] == (1, 1, 0)
    assert rows["region", "EMEA"] == (1, 1, 1)
    assert rows["persona", "CISO"] == (1, 1, 1)
    assert rows["segment", "enterprise"] == (1, 1, 1)
    assert rows["activity", STUDY] == (2, 2, 1)
    assert rows["product", "Loom"] == (1, 0, 0)
    assert rows["language", "English"] == (2, 2, 1)


def _another_account(session: Any, crowd: Crowd) -> None:
    moment = crowd.world.moment()
    session.add(
        Account(id=moment.new_id(), name="New", key="new", industry="banking", products=["Loom"], created_at=moment.now)
    )


def test_the_list_behind_a_figure_is_as_long_as_the_figure(crowd: Crowd, leader: Actor) -> None:
    crowd.add_many({f"P{number:02}": PLAIN for number in range(23)})
    crowd.use("P03", crowd.ago(1))
    banks = {Facet.INDUSTRY: ("banking",)}
    pages = [crowd.do(portfolio.behind, leader, banks, page, available=True) for page in range(6)]
    assert [len(one.people) for one in pages] == [5, 5, 5, 5, 2, 2]
    assert {(one.total, one.pages) for one in pages} == {(22, 5)}
    names = {person.name for one in pages for person in one.people}
    assert len(names) == 22
    assert "P03" not in names
    assert crowd.do(portfolio.behind, leader, banks, 0, available=False).total == 23


def test_what_it_costs_does_not_grow_with_advocates_and_targets(crowd: Crowd, leader: Actor) -> None:
    def statements() -> int:
        with counted(crowd.world.db) as ran:
            crowd.do(targets.overview, leader)
        return len([one for one in ran if one.lstrip().startswith("SELECT")])

    crowd.add("Ada")
    wants(crowd, leader, industry=("banking",))
    before = statements()
    crowd.add_many({f"P{number}": PLAIN for number in range(120)})
    for number in range(20):
        wants(crowd, leader, number + 1, industry=("banking",))
        crowd.do(saved_searches.save, crowd.rep, f"retail insurance{number}") if number < 5 else None
    assert statements() == before <= 13


def test_the_report_takes_as_many_statements_for_many_as_for_one(crowd: Crowd, leader: Actor) -> None:
    def statements() -> list[str]:
        with counted(crowd.world.db) as ran:
            crowd.world.do(crowd.id, portfolio.read, crowd.world.moment())
        return ran

    crowd.add("Ada")
    wants(crowd, leader, industry=("banking",))
    few = statements()
    crowd.add_many({f"P{number}": PLAIN for number in range(150)})
    crowd.use("P3", crowd.ago(1))
    for number in range(30):
        wants(crowd, leader, number + 1, industry=("banking",), country=("DE",))
    assert len(statements()) == len(few) <= 9


def test_a_target_is_kept_changed_and_deleted_with_what_was_before(crowd: Crowd, leader: Actor) -> None:
    values = Values("Banks", "3", DUE, "UREP", {Facet.INDUSTRY: ("banking",), Facet.COUNTRY: ("Germany",)})
    crowd.do(targets.save, leader, values, None, 0)
    [one] = seen(crowd).targets
    assert (one.target.owner_slack_id, one.target.criteria[Facet.COUNTRY]) == ("UREP", ("DE",))
    draft = crowd.do(targets.draft, leader, one.target.id)
    crowd.do(targets.save, leader, replace(values, count="4"), draft.id, draft.version)
    with pytest.raises(AlreadyDone, match="A colleague changed this target"):
        crowd.do(targets.save, leader, values, draft.id, draft.version)
    crowd.do(targets.delete, leader, draft.id)
    crowd.do(targets.delete, leader, draft.id)
    assert seen(crowd).targets == ()
    with pytest.raises(NotFound):
        crowd.do(targets.save, leader, values, draft.id, draft.version + 1)
    audit = crowd.world.do(crowd.id, lambda session: list(session.scalars(select(Audit).order_by(Audit.id))))
    counts = [(row.action, (row.before or {}).get("count"), (row.after or {}).get("count")) for row in audit]
    assert counts == [("target.created", None, 3), ("target.changed", 3, 4), ("target.deleted", 4, None)]


def test_what_cannot_be_kept_is_told_at_its_field_and_nothing_is_kept(crowd: Crowd, leader: Actor) -> None:
    good = Values("", "3", DUE, None, {})
    for values, field in (
        (replace(good, count="x"), "count"),
        (replace(good, owner_slack_id="UNOBODY"), "owner"),
        (replace(good, criteria={Facet.COUNTRY: ("Atlantis",)}), "country"),
    ):
        with pytest.raises(RuleError) as refused:
            crowd.do(targets.save, leader, values, None, 0)
        assert refused.value.fields.keys() == {field}
    assert crowd.world.do(crowd.id, lambda session: list(session.scalars(select(TargetRow)))) == []


def test_only_those_who_may_see_and_change_targets(crowd: Crowd, leader: Actor) -> None:
    wants(crowd, leader)
    [one] = seen(crowd).targets
    for step, args in ((targets.overview, ()), (targets.send_chart, ()), (portfolio.seen, ())):
        with pytest.raises(NotAllowed, match="can see targets and what they lack"):
            crowd.do(step, crowd.rep, *args)
    assert crowd.do(targets.overview, crowd.team).may_edit is False
    values = Values("", "1", DUE, None, {})
    changes: tuple[tuple[Any, tuple[Any, ...]], ...] = (
        (targets.save, (values, None, 0)),
        (targets.delete, (one.target.id,)),
        (targets.begin, ({},)),
    )
    for change in changes:
        with pytest.raises(NotAllowed, match="can change targets"):
            crowd.do(change[0], crowd.team, *change[1])


def test_what_was_needed_and_not_there_is_suggested(crowd: Crowd, leader: Actor) -> None:
    crowd.add("Ada")
    for actor, line in ((crowd.rep, "retail ciso"), (crowd.team, "ciso retail"), (leader, "banking")):
        answer = crowd.looks(line, actor=actor)
        crowd.do(lookup.note, actor, answer)
    crowd.do(saved_searches.save, crowd.rep, "retail ciso")
    crowd.world.do(crowd.id, _unfilled, crowd)
    overview: Overview = crowd.do(targets.overview, leader)
    found = [(dict(one.criteria), one.looked_up, one.awaited, one.requested) for one in overview.suggested]
    retail = {Facet.INDUSTRY: ("retail",), Facet.PERSONA: ("CISO",)}
    assert found == [(retail, 2, 1, 0), ({Facet.INDUSTRY: ("healthcare",), Facet.ACTIVITY: (CALL,)}, 0, 0, 1)]
    wants(crowd, leader, industry=("retail",), persona=("CISO",))
    assert [one.requested for one in crowd.do(targets.overview, leader).suggested] == [1]
    crowd.world.now += timedelta(days=91)
    crowd.world.do(crowd.id, lambda session: session.execute(update(TargetRow).values(ended_at=crowd.world.now)))
    assert [(one.looked_up, one.awaited) for one in crowd.do(targets.overview, leader).suggested] == [(0, 1)]


def _unfilled(session: Any, crowd: Crowd) -> None:
    moment = crowd.world.moment()
    for state in ("declined", "completed"):
        session.add(
            Request(
                id=moment.new_id(),
                requester_id=crowd.rep.person_id,
                activity=CALL,
                state=state,
                routing="team",
                need_by=DUE,
                criteria="healthcare",
                facets=[],
                purpose="deal",
                details={},
                opened_at=moment.now,
                created_at=moment.now,
            )
        )


def test_who_asks_for_the_chart_gets_it_as_a_direct_message(crowd: Crowd, leader: Actor) -> None:
    crowd.add("Ada")
    wants(crowd, leader, 3, "Banks", industry=("banking",))
    crowd.do(targets.send_chart, leader)
    sent = crowd.world.do(crowd.id, lambda session: session.scalars(select(Message)).one())
    assert (sent.target, sent.kind) == ("ULEAD", "portfolio")
    assert "1 advocate is active, 1 of them available today. 1 of 1 target lacks 2 advocates." in sent.text
    assert [block["type"] for block in sent.blocks if block["type"] in {"data_visualization", "table"}] == [
        "data_visualization",
        "table",
        "data_visualization",
    ]


def test_who_retires_leaves_a_gap(crowd: Crowd, leader: Actor) -> None:
    crowd.add("Ada")
    wants(crowd, leader, 1, "Banks", industry=("banking",))
    crowd.do(advocates.leave, crowd.team, crowd.ids["Ada"], Move.RETIRE)
    assert figures(crowd) == {"Banks": (0, 0, 1)}

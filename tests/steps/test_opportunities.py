"""Deals that people pick or type, and what their stages mean; on both databases."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import event, select

from domain.errors import NotAllowed, NotFound, RuleError
from domain.moment import Moment
from domain.opportunities import Deal, FateChange, Status
from domain.people import Actor, Role, Standing
from domain.request_outcomes import Fate
from domain.stages import StageReading
from steps import opportunities
from steps import settings as steps_settings
from storage import settings
from storage.accounts import Account
from storage.audit import Audit
from storage.guard import GuardedSession
from storage.opportunities import Opportunity
from storage.requests import Request
from tests.patience import PATIENCE
from tests.steps.race import at_once
from tests.worlds import World, counted


@dataclass(frozen=True)
class Form:
    """What a form gave back."""

    opportunity: str | None = None
    amount: str | None = None
    close_on: date | None = None
    stage: str | None = None
    crm_id: str | None = None
    company: str | None = None
    opportunity_id: str | None = None


@dataclass
class Office:
    """A workspace with a rep, and an admin of Everboard."""

    world: World
    id: str
    rep: Actor
    admin: Actor

    def ensure(self, form: Form, at: str | None = None) -> Opportunity:
        found: Opportunity = self.world.do(self.id, opportunities.ensure, self.rep, self.world.moment(), form, at)
        return found

    def suggest(self, typed: str) -> list[Deal]:
        found: list[Deal] = self.world.do(self.id, opportunities.suggest, self.rep, self.world.moment(), typed)
        return found

    def add(self, name: str, **facts: Any) -> str:
        """A deal out of the CRM."""

        def make(session: GuardedSession, moment: Moment) -> str:
            known = {"status": "open", "stage": "", "source": "import", "kind": "new", **facts}
            row = Opportunity(id=moment.new_id(), name=name, key=name.casefold(), created_at=moment.now, **known)
            session.add(row)
            return row.id

        made: str = self.world.do(self.id, make, self.world.moment())
        return made

    def account(self, name: str) -> str:
        def make(session: GuardedSession, moment: Moment) -> str:
            row = Account(id=moment.new_id(), name=name, key=name.casefold(), products=[], created_at=moment.now)
            session.add(row)
            return row.id

        made: str = self.world.do(self.id, make, self.world.moment())
        return made

    def every(self, table: type[Any], *conditions: Any) -> list[Any]:
        return list(self.world.do(self.id, lambda session: list(session.scalars(select(table).where(*conditions)))))


@pytest.fixture
def office(world: World) -> Office:
    workspace_id = world.workspace("T1")
    return Office(
        world, workspace_id, world.member(workspace_id, "UREP"), world.member(workspace_id, "UADM", Role.ADMIN)
    )


def test_a_type_ahead_shows_whose_deal_it_is(office: Office) -> None:
    acme = office.account("Acme")
    won = office.add("Roll-out", account_id=acme, status="won", hundredths=500, currency="EUR")
    here = office.add("Big roll-out", account_name="Elsewhere", external_id="006Dn000004AbCdIAK")
    office.add("Something else")
    assert [(deal.id, deal.account, deal.status) for deal in office.suggest("ROLL")] == [
        (here, "Elsewhere", Status.OPEN),
        (won, "Acme", Status.WON),
    ]
    assert [deal.id for deal in office.suggest(" 006Dn000004AbCd ")] == [here]
    assert office.suggest("x" * 500) == []
    assert len(office.suggest("")) == 3


def test_a_type_ahead_costs_the_same_for_many(office: Office) -> None:
    for number in range(30):
        office.add(f"Deal {number}", account_id=office.account(f"Company {number}"))
    with counted(office.world.db) as statements:
        assert len(office.suggest("deal")) == 20
    assert len([one for one in statements if one.startswith("SELECT")]) == 3


def test_outsiders_see_no_deal(office: Office) -> None:
    guest = Actor("1", "UGUEST", "Guest", Standing.GUEST)
    with pytest.raises(NotAllowed):
        office.world.do(office.id, opportunities.suggest, guest, office.world.moment(), "a")
    with pytest.raises(NotAllowed):
        office.world.do(office.id, opportunities.ensure, guest, office.world.moment(), Form("Acme"))


def test_what_somebody_types_becomes_a_deal_once(office: Office) -> None:
    form = Form("Acme roll-out", "1.234,50 €", date(2026, 12, 31), "Closed Won", "006Dn000004AbCd")
    made = office.ensure(form)
    assert (made.name, made.source, made.status, made.kind) == ("Acme roll-out", "form", "won", "new")
    assert (made.hundredths, made.currency, made.close_on) == (123450, "EUR", date(2026, 12, 31))
    assert made.external_id == "006Dn000004AbCdIAK"
    assert office.ensure(form).id == made.id
    assert office.ensure(Form("  ACME  Roll-out")).id == made.id
    assert office.ensure(Form("anything", crm_id="006Dn000004AbCdIAK")).id == made.id
    assert office.ensure(Form(opportunity_id=made.id)).id == made.id
    assert len(office.every(Opportunity)) == 1


def test_an_amount_without_a_currency_is_in_the_workspaces_and_stays_in_it(office: Office) -> None:
    assert office.ensure(Form("Before", "500")).currency == "USD"
    set_currency(office, "EUR")
    assert office.ensure(Form("After", "500")).currency == "EUR"
    assert office.ensure(Form("In dollars", "$500")).currency == "USD"
    assert {deal.name: deal.currency for deal in office.every(Opportunity)}["Before"] == "USD"


def set_currency(office: Office, code: str, actor: Actor | None = None) -> None:
    office.world.do(office.id, steps_settings.set_currency, actor or office.admin, office.world.moment(), code)


def test_only_who_may_change_settings_sets_a_currency_that_exists(office: Office) -> None:
    with pytest.raises(NotAllowed):
        set_currency(office, "EUR", office.rep)
    for wrong in ("", "eur", "XXX", "€"):
        with pytest.raises(RuleError) as refusal:
            set_currency(office, wrong)
        assert refusal.value.fields == {"currency": "Please pick a currency from the list, such as EUR."}
    set_currency(office, "CHF")
    set_currency(office, "CHF")
    (changed,) = office.every(Audit, Audit.action == "settings.changed")
    assert (changed.before, changed.after) == ({"currency": None}, {"currency": "CHF"})


def test_two_who_type_one_crm_id_at_once_mean_one_deal(office: Office) -> None:
    both = Barrier(2)
    # SQLite lets one of them begin at a time; on PostgreSQL both have looked before either writes.
    patience = 0.0 if office.world.db.engine.dialect.name == "sqlite" else PATIENCE

    def meet(session: GuardedSession, *_rest: object) -> None:
        if any(isinstance(row, Opportunity) for row in session.new):
            with suppress(BrokenBarrierError):
                both.wait(patience)

    def typed(session: GuardedSession) -> str:
        return opportunities.ensure(session, office.rep, office.world.moment(), Form("Roll-out", crm_id="77")).id

    event.listen(GuardedSession, "before_flush", meet)
    try:
        first, second = at_once(office.world.db, office.id, typed, typed)
    finally:
        event.remove(GuardedSession, "before_flush", meet)
    assert first == second
    assert len(office.every(Opportunity)) == 1


def test_what_is_known_is_not_overwritten_and_what_is_not_is_filled_in(office: Office) -> None:
    known = office.add("Roll-out", stage="Negotiation", hundredths=500, currency="EUR")
    office.ensure(Form("roll-out", "9k", date(2026, 12, 31), "Won", "77"))
    (deal,) = office.every(Opportunity)
    assert (deal.id, deal.stage, deal.hundredths, deal.currency) == (known, "Negotiation", 500, "EUR")
    assert (deal.close_on, deal.external_id, deal.status, deal.source) == (date(2026, 12, 31), "77", "open", "import")


def test_what_is_filled_in_belongs_together(office: Office) -> None:
    office.add("Roll-out", hundredths=0, currency="USD", close_on=date(2026, 10, 1))
    office.ensure(Form("roll-out", "€ 9k", stage="Closed Won"))
    (deal,) = office.every(Opportunity)
    assert (deal.stage, deal.status, deal.hundredths, deal.currency) == ("Closed Won", "won", 900000, "EUR")
    assert (deal.close_on, deal.external_id) == (date(2026, 10, 1), None)
    office.ensure(Form("roll-out"))
    assert office.every(Opportunity)[0].stage == "Closed Won"


def test_of_several_the_open_one_is_meant_or_it_is_asked_for(office: Office) -> None:
    acme = office.account("Acme")
    office.add("Renewal", status="won", account_id=acme, external_id="1")
    second = office.add("Renewal", account_id=acme, external_id="2")
    assert office.ensure(Form("Renewal", company="ACME Inc.")).id == second
    office.add("Renewal", external_id="3")
    with pytest.raises(RuleError) as refusal:
        office.ensure(Form("Renewal"))
    assert refusal.value.fields == {
        "opportunity": "Several deals have this name (without a company, at Acme, at Acme). "
        "Please pick one from the list, or add its CRM id."
    }
    assert office.ensure(Form("Renewal", crm_id="2")).id == second
    assert office.ensure(Form("Renewal", crm_id="4")).id not in {second}
    assert len(office.every(Opportunity)) == 4


def test_a_name_alone_never_means_another_companys_deal(office: Office) -> None:
    acme, beta = office.account("acme"), office.account("beta")
    first = office.add("Roll-out", account_id=acme)
    with pytest.raises(RuleError) as refusal:
        office.ensure(Form("roll-out"))
    assert refusal.value.fields == {
        "opportunity": "A deal of this name is known at acme. If you mean that one, please pick it from the list; else "
        "write the company into the name of yours."
    }
    with pytest.raises(RuleError):
        office.ensure(Form("Roll-out"), beta)
    assert office.ensure(Form("Roll-out"), acme).id == first
    of_beta = office.ensure(Form("Roll-out", company="Beta"), acme)
    assert (of_beta.id != first, of_beta.account_id) == (True, beta)
    assert office.ensure(Form("Roll-out"), beta).id == of_beta.id
    assert office.ensure(Form("Roll-out", company="Gamma GmbH")).account_name == "Gamma GmbH"
    assert office.ensure(Form("Roll-out", company="gamma")).account_name == "Gamma GmbH"
    assert len(office.every(Opportunity)) == 3


def test_a_deal_of_no_company_gets_the_one_that_is_said_and_keeps_it(office: Office) -> None:
    beta = office.account("beta")
    made = office.ensure(Form("Roll-out"))
    assert office.ensure(Form("Roll-out", company="Beta")).id == made.id
    assert office.every(Opportunity)[0].account_id == beta
    other = office.ensure(Form("Roll-out", company="Delta"))
    assert (other.id != made.id, other.account_name) == (True, "Delta")
    office.ensure(Form(opportunity_id=made.id, company="Delta"))
    assert sorted(deal.account_id or "" for deal in office.every(Opportunity)) == ["", beta]


def test_a_deal_is_found_among_many_of_its_name_in_as_few_statements(office: Office) -> None:
    for number in range(30):
        office.add("Renewal", account_id=office.account(f"company {number}"))
    mine = office.add("Renewal", account_name="Needle & Co", status="won")
    with counted(office.world.db) as statements:
        assert office.ensure(Form("Renewal", company="needle & co")).id == mine
    assert len([one for one in statements if one.startswith("SELECT") and "opportunity" in one]) == 1


def test_a_form_that_makes_no_sense_is_told_so(office: Office) -> None:
    with pytest.raises(RuleError) as refusal:
        office.ensure(Form("", "lots"))
    assert refusal.value.fields.keys() == {"opportunity", "amount"}
    with pytest.raises(NotFound) as gone:
        office.ensure(Form(opportunity_id="nothing"))
    assert gone.value.fields.keys() == {"opportunity"}
    assert office.every(Opportunity) == []


@pytest.mark.parametrize(("source", "fate", "status"), [
    ("form", Fate.WON, "won"), ("form", Fate.LOST, "lost"), ("form", Fate.UNKNOWN, "open"), ("form", Fate.OPEN, "open"),
    ("import", Fate.WON, "open"),
])  # fmt: skip
def test_what_became_of_a_deal_is_believed_unless_the_crm_knows(
    office: Office, source: str, fate: Fate, status: str
) -> None:
    deal = office.add("Roll-out", source=source, stage="Negotiation")
    office.world.do(office.id, opportunities.told, office.rep, office.world.moment(), deal, fate)
    (row,) = office.every(Opportunity)
    assert row.status == status
    audits = office.every(Audit, Audit.subject_type == "opportunity")
    assert [(one.action, one.actor_id) for one in audits] == (
        [] if status == "open" else [(f"opportunity.{status}", office.rep.person_id)]
    )
    set_stages(office, {"negotiation": Status.LOST})
    (row,) = office.every(Opportunity)
    assert row.status == ("lost" if status == "open" else status)


def set_stages(office: Office, chosen: dict[str, Status]) -> list[FateChange]:
    moment = office.world.moment()
    found: list[FateChange] = office.world.do(office.id, opportunities.set_stages, office.admin, moment, chosen)
    return found


def stages(office: Office) -> list[StageReading]:
    found: list[StageReading] = office.world.do(office.id, opportunities.stages, office.admin, office.world.moment())
    return found


def test_stages_mean_something_else_for_all_deals_in_them(office: Office) -> None:
    for number in range(3):
        office.add(f"Deal {number}", stage="Handed over" if number else "handed-over")
    waited_for = office.add("Deal 4", stage="Handed Over", status="open")
    office.add("Deal 5", stage="Closed Won", status="won")
    office.add("Deal 6")
    request(office, waited_for)
    assert [(one.key, one.status, one.deals) for one in stages(office)] == [
        ("handed over", Status.OPEN, 4),
        ("closed won", Status.WON, 1),
    ]
    chosen = {"handed over": Status.WON, "closed won": Status.LOST}
    assert set_stages(office, chosen) == [FateChange(waited_for, Status.OPEN, Status.WON)]
    assert sorted(deal.status for deal in office.every(Opportunity)) == ["lost", "open", "won", "won", "won", "won"]
    assert [(one.key, one.status) for one in stages(office)] == list(chosen.items())
    assert settings_of(office) == {"handed over": "won", "closed won": "lost"}
    assert set_stages(office, chosen) == []
    (changed,) = office.every(Audit, Audit.action == "settings.changed")
    assert changed.actor_id == office.admin.person_id
    (fate,) = office.every(Audit, Audit.subject_type == "opportunity")
    assert (fate.action, fate.before) == ("opportunity.won", {"status": "open"})
    set_stages(office, {"closed won": Status.WON})
    assert settings_of(office) == {"handed over": "won"}


def settings_of(office: Office) -> dict[str, str]:
    return dict(office.world.do(office.id, settings.load).stage_map)


def request(office: Office, deal_id: str) -> None:
    def make(session: GuardedSession, moment: Moment) -> None:
        row = Request(
            id=moment.new_id(), activity="quote", state="completed", routing="team", need_by=moment.now.date(),
            facets=[], purpose="deal", opportunity_id=deal_id, details={}, opened_at=moment.now, created_at=moment.now,
        )  # fmt: skip
        session.add(row)

    office.world.do(office.id, make, office.world.moment())


def test_stages_are_read_anew_in_the_same_few_statements(office: Office) -> None:
    for number in range(40):
        office.add(f"Deal {number}", stage="Handed over", status="open")
    with counted(office.world.db) as statements:
        set_stages(office, {"handed over": Status.WON})
    assert len([one for one in statements if "opportunity" in one]) <= 4


def test_only_who_may_change_settings_may_say_what_stages_mean(office: Office) -> None:
    moment = office.world.moment()
    with pytest.raises(NotAllowed):
        office.world.do(office.id, opportunities.set_stages, office.rep, moment, {"won": Status.LOST})
    with pytest.raises(NotAllowed):
        office.world.do(office.id, opportunities.stages, office.rep, moment)
    assert office.every(Audit, Audit.action == "settings.changed") == []

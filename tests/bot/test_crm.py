"""Reading Salesforce: what comes in, what a second reading does, and what people hear when it does not work."""

import io
import json
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select

from bot import crm
from bot.connectors import CrmError
from bot.salesforce import Salesforce, from_settings
from bot.settings import Environment
from domain.crm import Thing, lines_of
from domain.imports.kinds import ImportKind
from domain.imports.report import Result
from domain.people import Actor, Role
from domain.value import Filters
from steps import crm as steps
from steps import value
from storage import accounts
from storage.accounts import Account
from storage.advocates import Advocate
from storage.audit import Audit
from storage.database import sealer
from storage.engagements import Engagement
from storage.guard import GuardedSession
from storage.nominations import Contact
from storage.opportunities import Opportunity
from storage.outbox import Message
from storage.people import RoleGrant
from tests.bot.importing import Office, as_csv, office, rows_of_everything
from tests.bot.local_salesforce import BUSY, CLIENT, LIMIT, SECRET, LocalSalesforce, running, stamp

__all__ = ["office"]

PEOPLE = (
    "Name,Email,Function,Roles,Slack user id\nAda,ada@q.example,sales,admin,U0ADA\nBob,bob@q.example,sales,,U0BOB\n"
)


@pytest.fixture
def local() -> Iterator[LocalSalesforce]:
    with running() as found:
        yield found


def connector(local: LocalSalesforce, secret: str = SECRET) -> Salesforce:
    return Salesforce(local.url, CLIENT, secret, pause=0)


def read(office: Office, local: LocalSalesforce, secret: str = SECRET) -> dict[Thing, crm.Reading]:
    found = crm.read(office.db, office.workspace_id, connector(local, secret), office.moment)
    return {one.thing: one for one in found}


def added(readings: dict[Thing, crm.Reading]) -> dict[Thing, int]:
    return {thing: one.counts.get(Result.ADDED, 0) for thing, one in readings.items()}


def filled(local: LocalSalesforce) -> None:
    local.add(
        "Account",
        "001A",
        1,
        Name="Harbor Mutual",
        BillingCountry="Germany",
        Industry="Insurance",
        AnnualRevenue=1200000.5,
        Owner={"Email": "bob@q.example"},
    )
    local.add("Account", "001B", 1, Name="North Clinic", BillingCountry="Germny")
    local.add(
        "Account", "001C", 2, Name="Blue Bank", Website="https://www.blue.example/x", BillingCountry=None, Owner=None
    )
    local.add(
        "Contact",
        "003A",
        3,
        Name="Rosa Lindqvist",
        Account={"Name": "Harbor Mutual"},
        Email="rosa@harbor.example",
        Phone="+49 30 1234567",
        Title="CIO",
    )
    local.add("Contact", "003B", 3, Name="Nobody We Know", Account={"Name": "Blue Bank"}, Email="n@blue.example")
    deal = {
        "AccountId": "001A",
        "Account": {"Name": "Harbor Mutual"},
        "CreatedDate": "2026-01-02T10:00:00.000+0000",
        "Type": "New Business",
    }
    local.add(
        "Opportunity",
        "006A",
        4,
        Name="Rollout",
        Amount=1234.5,
        StageName="Signed",
        IsWon=True,
        IsClosed=True,
        CloseDate="2026-02-28",
        **deal,
    )
    local.add(
        "Opportunity",
        "006B",
        5,
        Name="Renewal",
        Amount=None,
        StageName="Gone",
        IsWon=False,
        IsClosed=True,
        CloseDate="2026-03-28",
        **deal,
    )
    local.add(
        "Opportunity",
        "006C",
        6,
        Name="Expansion",
        Amount=10.0,
        StageName="Talking",
        IsWon=False,
        IsClosed=False,
        CloseDate="2026-04-28",
        **deal,
    )


NOMINATION = as_csv(
    ("Contact name", "Company", "Why"),
    ("Rosa Lindqvist", "Harbor Mutual", "She runs our largest rollout and told everybody"),
)


def test_companies_people_and_deals_come_in_and_a_second_reading_changes_nothing(
    office: Office, local: LocalSalesforce
) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    office.load(ImportKind.NOMINATIONS, NOMINATION)
    filled(local)
    first = read(office, local)
    assert added(first) == {Thing.ACCOUNTS: 2, Thing.CONTACTS: 0, Thing.OPPORTUNITIES: 3}
    accounts = {one.external_id: one for one in office.every(Account)}
    assert accounts.keys() == {"001A", "001C"}
    assert (accounts["001A"].country, accounts["001A"].annual_revenue) == ("DE", "1200000.5")
    assert accounts["001A"].owner_id == office.person("Bob").id
    assert accounts["001C"].domain == "blue.example"
    deals = {one.external_id: one for one in office.every(Opportunity)}
    assert {key: (one.status, one.hundredths, one.close_on) for key, one in deals.items()} == {
        "006A": ("won", 123450, date(2026, 2, 28)),
        "006B": ("lost", None, date(2026, 3, 28)),
        "006C": ("open", 1000, date(2026, 4, 28)),
    }
    assert deals["006A"].account_id == accounts["001A"].id
    assert deals["006A"].opened_on == date(2026, 1, 2)
    [rosa] = office.every(Contact)  # whom nobody nominated is not stored
    assert office.see(lambda session: sealer(session).open(rosa.email)) == "rosa@harbor.example"
    assert (rosa.account_id, first[Thing.CONTACTS].counts) == (
        accounts["001A"].id,
        {Result.CHANGED: 1, Result.UNKNOWN: 1},
    )
    [refused] = first[Thing.ACCOUNTS].refused
    assert (refused.id, refused.name) == ("001B", "North Clinic")
    assert "“Germny” isn't the name or code of a country" in refused.reason
    before = rows_of_everything(office)
    second = read(office, local)
    assert added(second) == {Thing.ACCOUNTS: 0, Thing.CONTACTS: 0, Thing.OPPORTUNITIES: 0}
    after = rows_of_everything(office)
    assert [name for name in before if before[name] != after[name]] == ["Audit"]


def test_only_what_has_changed_is_read_a_little_before_the_last_time(office: Office, local: LocalSalesforce) -> None:
    filled(local)
    local.add("Account", "001D", 60, Name="Green Grid")
    read(office, local)
    local.asked.clear()
    local.add("Account", "001A", 70, Name="Harbor Mutual Group", BillingCountry="France")
    found = read(office, local)
    assert "WHERE SystemModstamp >= 2026-03-01T00:55:00.000Z ORDER BY" in local.queries[0]
    assert found[Thing.ACCOUNTS].counts == {Result.UNCHANGED: 1, Result.CHANGED: 1}
    assert {one.name for one in office.every(Account)} == {"Harbor Mutual Group", "Blue Bank", "Green Grid"}


def test_a_reading_that_is_cut_goes_on_where_it_stopped(office: Office, local: LocalSalesforce) -> None:
    for at in range(7):
        local.add("Account", f"001{at}", at // 4, Name=f"Company {at}")
    local.fails = [None, None, *[BUSY] * 9]
    found = read(office, local)
    assert "does not answer at the moment" in found[Thing.ACCOUNTS].trouble
    assert len(office.every(Account)) == 4
    out = io.StringIO()
    crm.status(office.db, office.workspace_id, out)
    assert "Accounts: not read to the end yet; the last reading was cut and goes on where it stopped." in out.getvalue()
    local.fails = []
    local.asked.clear()
    found = read(office, local)
    since = "2026-03-01T00:00:00.000Z"
    assert (
        f"WHERE (SystemModstamp > {since} OR (SystemModstamp = {since} AND Id > '0013')) ORDER BY" in local.queries[0]
    )
    assert found[Thing.ACCOUNTS].counts == {Result.ADDED: 3}


def test_a_process_that_is_told_to_go_stops_between_pages(office: Office, local: LocalSalesforce) -> None:
    for at in range(6):
        local.add("Account", f"001{at}", at, Name=f"Company {at}")
    answers = iter([True, True, False])
    crm.read(office.db, office.workspace_id, connector(local), office.moment, go_on=lambda: next(answers))
    assert len(office.every(Account)) == 4
    assert added(read(office, local))[Thing.ACCOUNTS] == 2


def test_a_session_that_ends_in_the_middle_is_begun_anew(office: Office, local: LocalSalesforce) -> None:
    for at in range(5):
        local.add("Account", f"001{at}", at, Name=f"Company {at}")
    found, ended = [], connector(local)
    for page in ended.pages(Thing.ACCOUNTS, {"Account ID": "Id", "Account name": "Name"}, None):
        found += [record.name for record in page]
        local.expired.add(f"T{local.logins}")
    assert found == [f"Company {at}" for at in range(5)]
    assert local.logins == 3


def test_a_place_that_salesforce_forgot_is_asked_for_again(office: Office, local: LocalSalesforce) -> None:
    for at in range(5):
        local.add("Account", f"001{at}", 0, Name=f"Company {at}")
    found = []
    for page in connector(local).pages(Thing.ACCOUNTS, {"Account ID": "Id", "Account name": "Name"}, None):
        found += [record.name for record in page]
        local.forget_places()
    assert found == [f"Company {at}" for at in range(5)]


def test_where_salesforce_is_busy_for_a_moment_it_is_asked_again(office: Office, local: LocalSalesforce) -> None:
    filled(local)
    local.fails = [BUSY, (429, "Too Many Requests"), BUSY]
    assert added(read(office, local))[Thing.ACCOUNTS] == 2


def notices(office: Office) -> list[tuple[str, str]]:
    rows = [one for one in office.every(Message) if one.kind == "notice"]
    return [(one.target, json.dumps(one.blocks, ensure_ascii=False)) for one in rows]


@pytest.mark.parametrize(
    ("fails", "locked", "words"),
    [
        ([LIMIT], False, "Salesforce's allowance of calls is used up. What was read stays"),
        (
            [],
            True,
            "Salesforce refuses the login (invalid client credentials.). Whoever runs Everboard's server checks",
        ),
        ([(200, "<html>a proxy</html>")], False, "Salesforce gave an answer that makes no sense."),
        (
            [(400, [{"errorCode": "INVALID_FIELD", "message": "No such column 'X' on entity 'Account'."}])],
            False,
            "Salesforce refuses this for Account: No such column 'X' on entity 'Account'. A Salesforce",
        ),
    ],
    ids=["no calls left", "no login", "no JSON", "a field"],
)
def test_trouble_is_told_once_to_whoever_can_act(
    office: Office, local: LocalSalesforce, fails: list[tuple[int, object]], locked: bool, words: str
) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    filled(local)
    local.locked = locked
    for _run in range(2):
        local.fails = list(fails)
        assert read(office, local)[Thing.ACCOUNTS].trouble.startswith(words)
    [(target, blocks)] = notices(office)
    assert target == "U0ADA"
    assert words[:40] in blocks
    local.locked = False
    assert added(read(office, local))[Thing.ACCOUNTS] == 2
    local.fails, local.locked = list(fails), locked
    read(office, local)
    assert len([blocks for _target, blocks in notices(office) if words[:40] in blocks]) == 2  # it had worked meanwhile


def test_a_server_that_is_not_there_is_said_plainly(office: Office, local: LocalSalesforce) -> None:
    local.url = "http://127.0.0.1:9"
    assert "Salesforce can't be reached at 127.0.0.1." in read(office, local)[Thing.ACCOUNTS].trouble


def test_fields_are_chosen_by_the_leader_and_what_cannot_be_seen_is_named(
    office: Office, local: LocalSalesforce
) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    filled(local)
    read(office, local)
    local.add("Account", "001A", 1, Name="Harbor Mutual", Health__c="Poor", Industry="Insurance", BillingCountry="DE")
    leader = Actor(office.person("Ada").id, "U0ADA", "Ada", roles=frozenset({Role.ADMIN}))
    lines = {thing: lines_of(thing, {}) for thing in Thing}
    lines[Thing.ACCOUNTS] += "\nHealth = Health__c\nSegment = Size__c"
    office.do(lambda session: steps.set_fields(session, leader, office.moment(), lines, ""))
    found = read(office, local)[Thing.ACCOUNTS]  # read from the beginning, for the fields are others
    assert {one.external_id: one.health for one in office.every(Account)} == {"001A": "red", "001C": None}
    [remark] = [text for text in found.remarks if "Size__c" in text]
    assert remark.startswith("Salesforce shows no field Size__c of Account to Everboard's login: a Salesforce admin")
    assert remark.endswith("Until then “Segment” is not read.")
    local.hidden = {"Name"}
    found = read(office, local)[Thing.ACCOUNTS]
    assert found.trouble.startswith("Salesforce shows no field Name of Account")
    [audit] = [one for one in office.every(Audit) if one.action == "settings.changed"]
    assert audit.after == {"crm_fields": {"accounts": {"Health": "Health__c", "Segment": "Size__c"}}}


def test_refused_records_are_told_once_and_come_in_when_they_are_mended(office: Office, local: LocalSalesforce) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    filled(local)
    read(office, local)
    read(office, local)
    [(_target, blocks)] = notices(office)
    assert "North Clinic" in blocks
    out = io.StringIO()
    crm.status(office.db, office.workspace_id, out)
    assert "North Clinic (001B): “Country”: “Germny”" in out.getvalue()
    local.add("Account", "001B", 90, Name="North Clinic", BillingCountry="Germany")
    assert added(read(office, local))[Thing.ACCOUNTS] == 1
    out = io.StringIO()
    crm.status(office.db, office.workspace_id, out)
    assert "Germny" not in out.getvalue()
    assert len(notices(office)) == 1


def used(office: Office, *days: int) -> None:
    office.load(ImportKind.ADVOCATES, "Name,Company\nRosa,Harbor Mutual\n")

    def use(session: GuardedSession) -> None:
        advocate = session.scalars(select(Advocate)).one()
        for deal in session.scalars(select(Opportunity)):
            for day in days:
                row = Engagement(id=office.moment().new_id(), advocate_id=advocate.id, activity="reference call")
                row.halves, row.happens_on, row.status, row.source = 2, date(2026, 3, day), "done", "touch"
                row.opportunity_id, row.created_at = deal.id, office.now
                session.add(row)

    office.do(use)


def test_nothing_is_written_unless_it_is_switched_on_and_then_only_what_is_new(
    office: Office, local: LocalSalesforce
) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    filled(local)
    read(office, local)
    used(office, 2)
    read(office, local)
    assert local.written == []
    leader = Actor(office.person("Ada").id, "U0ADA", "Ada", roles=frozenset({Role.ADMIN}))
    lines = {thing: lines_of(thing, {}) for thing in Thing}
    office.do(lambda session: steps.set_fields(session, leader, office.moment(), lines, "Proof__c"))
    rule = [
        {"errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "Locked after closing", "fields": ["Proof__c"]}
    ]
    local.rules["006A"] = (400, rule)
    found = read(office, local)
    said = {"Proof__c": "2026-03-02 reference call"}
    assert sorted(local.written) == [("006B", said), ("006C", said)]
    [refused] = found[Thing.OPPORTUNITIES].refused
    assert (refused.id, refused.reason) == ("006A", "Salesforce refuses Proof__c: Locked after closing.")
    assert any("Locked after closing" in blocks for _target, blocks in notices(office))
    local.rules.clear()
    local.written.clear()
    read(office, local)
    assert local.written == [("006A", said)]
    assert {one.action for one in office.every(Audit)} >= {"crm.told", "import.accounts", "import.opportunities"}


def test_what_is_deleted_there_is_marked_here_and_its_owner_hears_of_a_person(
    office: Office, local: LocalSalesforce
) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    filled(local)
    office.load(
        ImportKind.NOMINATIONS,
        as_csv(
            ("Contact name", "Company", "Email", "Why"), ("Rosa Lindqvist", "Harbor Mutual", "rosa@harbor.example", "!")
        ),
    )
    read(office, local)
    before = figures_of(office)
    assert not [one for one in local.asked if "IsDeleted" in one], "before the first reading there is nothing to mark"
    for name, id_ in (("Account", "001A"), ("Contact", "003A"), ("Contact", "003B"), ("Opportunity", "006A")):
        local.delete(name, id_, 60)
    readings = read(office, local)
    assert {thing: one.gone for thing, one in readings.items()} == dict.fromkeys(Thing, 1)
    rows: list[Account | Contact | Opportunity] = [*office.every(Account), *office.every(Contact)]
    gone = {row.name for row in (*rows, *office.every(Opportunity)) if row.gone_at}
    assert gone == {"Harbor Mutual", "Rosa Lindqvist", "Rollout"}
    assert (before["won"], figures_of(office)["won"]) == (1, 0)
    assert "Harbor Mutual" not in office.see(lambda session: [row.name for row in accounts.suggest(session, "harbor")])
    [message] = [one for one in office.every(Message) if "has left the CRM" in one.text]
    assert message.target == "U0BOB"
    assert "Rosa Lindqvist of Harbor Mutual has left the CRM: the contact was deleted in Salesforce." in message.text
    again = read(office, local)
    assert not any(one.gone for one in again.values())
    assert sum("has left the CRM" in one.text for one in office.every(Message)) == 1, "once"
    actions = {row.action for row in office.every(Audit)}
    assert actions >= {"account.deleted_in_crm", "contact.deleted_in_crm", "opportunity.deleted_in_crm"}


def test_what_comes_out_of_the_bin_is_there_again(office: Office, local: LocalSalesforce) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    filled(local)
    read(office, local)
    local.delete("Opportunity", "006A", 60)
    local.delete("Account", "001A", 60)
    read(office, local)
    assert figures_of(office)["won"] == 0
    for name, id_ in (("Account", "001A"), ("Opportunity", "006A")):
        [record] = [one for one in local.records[name] if one["Id"] == id_]
        local.add(name, id_, 70, **{**record, "SystemModstamp": stamp(70), "IsDeleted": False})
    read(office, local)
    assert figures_of(office)["won"] == 1
    assert [row.name for row in office.every(Account) if row.gone_at] == []


def test_deletions_that_could_not_be_asked_for_are_asked_for_again(office: Office, local: LocalSalesforce) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    filled(local)
    read(office, local)
    local.delete("Account", "001A", 60)
    local.add("Account", "001D", 90, Name="New Company", BillingCountry="France")
    local.fails.append((400, [{"errorCode": "X", "message": "no"}]))
    assert read(office, local)[Thing.ACCOUNTS].trouble
    assert read(office, local)[Thing.ACCOUNTS].gone == 1


def figures_of(office: Office) -> dict[str, int]:
    """How many deals stand where, as the report on value counts them."""
    found = office.do(lambda session: value.read(session, office.moment(), Filters()))
    return {status.value: number for status, number in found.value.all.counts.items()}


def test_the_command_says_what_came_and_fails_where_it_could_not_read(office: Office, local: LocalSalesforce) -> None:
    filled(local)
    out = io.StringIO()
    found = crm.read(office.db, office.workspace_id, connector(local), office.moment)
    assert crm.command(found, as_json=False, out=out) == 0
    assert "Accounts: 2 added, 1 refused." in out.getvalue()
    assert "Contacts: 2 not known here." in out.getvalue()
    out = io.StringIO()
    found = crm.read(office.db, office.workspace_id, connector(local, "wrong"), office.moment)
    assert crm.command(found, as_json=True, out=out) == 1
    [reading] = json.loads(out.getvalue())["readings"]
    assert (reading["thing"], reading["read"]) == ("accounts", 0)
    assert "SALESFORCE_CLIENT_SECRET" in reading["trouble"]


def test_the_secret_is_the_environments_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVERBOARD_SECRET_KEY", "k" * 32)
    assert from_settings(Environment()) is None  # type: ignore[call-arg]  # from the environment
    monkeypatch.setenv("SALESFORCE_URL", "https://acme.my.salesforce.com/")
    with pytest.raises(ValueError, match="SALESFORCE_CLIENT_ID: is not set; to read Salesforce all three"):
        Environment()  # type: ignore[call-arg]
    monkeypatch.setenv("SALESFORCE_CLIENT_ID", CLIENT)
    monkeypatch.setenv("SALESFORCE_CLIENT_SECRET", SECRET)
    settings = Environment()  # type: ignore[call-arg]
    assert (settings.salesforce_url, from_settings(settings) is None) == ("https://acme.my.salesforce.com", False)
    assert SECRET not in repr(settings)
    monkeypatch.setenv("SALESFORCE_URL", "http://acme.my.salesforce.com")
    with pytest.raises(ValueError, match="your company's own address in Salesforce"):
        Environment()  # type: ignore[call-arg]


def test_without_the_package_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.salesforce.api", None)
    with pytest.raises(CrmError, match=r"-m pip install 'everboard\[salesforce\]'"):
        Salesforce("https://acme.my.salesforce.com", CLIENT, SECRET)


def test_whoever_leads_and_whoever_administers_hear_of_it_both(office: Office, local: LocalSalesforce) -> None:
    office.load(ImportKind.PEOPLE, PEOPLE)
    bob = office.person("Bob").id
    office.do(lambda session: session.add(RoleGrant(person_id=bob, role=Role.LEADER.value, source="hand")))
    read(office, local, "wrong")
    assert {target for target, _blocks in notices(office)} == {"U0ADA", "U0BOB"}

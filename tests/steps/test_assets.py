"""What customers have approved, on both databases: what is offered, what never is, and that taking it costs nobody."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from domain.advocates import ConsentScope
from domain.assets import AssetValues, Kind, Scope, TakenFor, mark
from domain.errors import AlreadyDone, NotAllowed, NotFound, RuleError
from domain.offers import OnHand
from domain.people import Actor, Standing
from domain.settings import Settings
from domain.vocabulary import Activity
from steps import asset_uses, assets, findable, on_hand
from storage.advocates import Advocate, ConsentRow
from storage.assets import Asset, AssetUse
from storage.audit import Audit
from storage.documents import Document
from storage.engagements import Engagement
from storage.guard import GuardedSession
from storage.opportunities import Opportunity
from storage.outbox import Message
from storage.requests import Request
from tests.steps.crowd import ALL_SCOPES, PLAIN, Crowd
from tests.steps.crowd import crowd as crowd  # noqa: PLC0414  # a fixture
from tests.worlds import counted

STORY = AssetValues(Kind.CASE_STUDY, "Forty clinics", "https://acme.example/story")
CARE = replace(PLAIN, industry="healthcare", products=("Gate", "Shield"))


def keep(crowd: Crowd, name: str, values: AssetValues = STORY, title: str | None = None) -> str:
    """Something that this advocate has approved; its id."""
    crowd.world.now += timedelta(minutes=1)  # so that receipts differ and the newest is known
    values = replace(values, title=title or values.title)
    found = crowd.do(assets.add, crowd.team, crowd.ids[name], values, f"asset:{crowd.world.now}")
    return str(found.pieces[0].id)


def offered(crowd: Crowd, line: str, activity: Activity | None = Activity.CASE_STUDY, name: str = "") -> list[str]:
    found = crowd.do(on_hand.existing, crowd.rep, activity, line, crowd.ids.get(name))
    assert isinstance(found, OnHand)
    return [one.title for one in found.ready]


def consent(crowd: Crowd, name: str, *scopes: ConsentScope) -> None:
    def write(session: GuardedSession) -> None:
        moment = crowd.world.moment()
        given = {"given_on": moment.now.date(), "how": "by email", "recorded_at": moment.now + timedelta(days=1)}
        row = ConsentRow(id=moment.new_id(), advocate_id=crowd.ids[name], scopes=[one.value for one in scopes], **given)
        session.add(row)

    crowd.world.do(crowd.id, write)


def count(crowd: Crowd, table: Any) -> int:
    def read(session: GuardedSession) -> int:
        return session.scalar(select(func.count()).select_from(table)) or 0

    found: int = crowd.world.do(crowd.id, read)
    return found


def test_what_fits_is_offered_the_closest_first(crowd: Crowd) -> None:
    crowd.add_many({"Ada": CARE, "Ben": CARE, "Cleo": PLAIN})
    keep(crowd, "Ada", replace(STORY, products=("Gate",)), "On Gate")
    keep(crowd, "Ben", title="On everything")
    keep(crowd, "Ben", replace(STORY, products=("Shield",)), "On Shield")
    keep(crowd, "Cleo", title="Of a bank")
    keep(crowd, "Ben", replace(STORY, kind=Kind.VIDEO), "A video")
    assert offered(crowd, "healthcare gate") == ["On Gate", "On everything"]
    assert offered(crowd, "healthcare -gate") == [], "a customer who uses it, and nothing is left but what isn't wanted"
    assert offered(crowd, "healthcare", Activity.VIDEO) == ["A video"]
    assert offered(crowd, "healthcare", Activity.REFERENCE_CALL) == []
    assert "A video" in offered(crowd, "healthcare gate", None)
    assert offered(crowd, "") == ["Of a bank", "On Shield", "On everything"]


def test_the_chosen_one_comes_first(crowd: Crowd) -> None:
    crowd.add_many({"Ada": CARE, "Ben": CARE})
    keep(crowd, "Ada", title="Hers")
    keep(crowd, "Ben", title="His")
    assert offered(crowd, "healthcare", name="Ada") == ["Hers", "His"]
    assert offered(crowd, "", name="Ada") == ["Hers"]


def test_what_comes_close_is_told_as_that(crowd: Crowd) -> None:
    crowd.add("Ada", CARE)
    keep(crowd, "Ada")
    found = crowd.do(on_hand.existing, crowd.rep, Activity.CASE_STUDY, "healthcare france case study available:now")
    assert (len(found.ready), found.relaxed) == (1, "country: France")
    assert found.ready[0].who == "Ada, Ada Inc"
    assert offered(crowd, "spaceships") == []


def found_by(crowd: Crowd, line: str) -> list[tuple[str, tuple[str, ...]]]:
    """Whom a look-up finds without leaving anything out, and why."""
    answer = crowd.looks(line)
    return [] if answer.relaxed else [(one.found.contact_name, one.found.why) for one in answer.offers]


def test_the_words_of_a_quote_find_who_said_it_as_long_as_it_may_be_used(crowd: Crowd) -> None:
    crowd.add_many({"Ada": CARE, "Ben": CARE})
    quote = AssetValues(Kind.QUOTE, "On nights", words="The Hélicoptère landed while we slept.")
    piece = keep(crowd, "Ada", quote)
    assert found_by(crowd, "helicoptere") == [("Ada", ("your words in approved quote",))]
    assert found_by(crowd, "healthcare slept") == [("Ada", ("healthcare", "your words in approved quote"))]
    keep(crowd, "Ben", replace(STORY, words="A submarine."), "Submarines")
    assert found_by(crowd, "submarine") == [], "of other pieces only the title is looked at, and elsewhere"
    opened = mark(quote)
    crowd.do(assets.change, crowd.team, piece, replace(quote, words="A zeppelin."), opened)
    assert (found_by(crowd, "helicoptere"), len(found_by(crowd, "zeppelin"))) == ([], 1)
    crowd.do(assets.withdraw, crowd.team, piece)
    assert found_by(crowd, "zeppelin") == []


def test_the_words_of_a_quote_that_has_expired_find_nobody(crowd: Crowd) -> None:
    crowd.add("Ada", CARE)
    today = crowd.world.now.date()
    keep(crowd, "Ada", AssetValues(Kind.QUOTE, "On nights", words="A zeppelin.", expires_on=today))
    assert len(found_by(crowd, "zeppelin")) == 1
    crowd.world.now += timedelta(days=1)
    crowd.world.do(crowd.id, findable.renew, crowd.world.moment(), Settings())
    assert found_by(crowd, "zeppelin") == []
    assert len(found_by(crowd, "healthcare")) == 1


def test_documents_of_an_earlier_version_learn_the_words_of_quotes(crowd: Crowd) -> None:
    crowd.add("Ada", CARE)
    keep(crowd, "Ada", AssetValues(Kind.QUOTE, "On nights", words="A zeppelin."))

    def make_old(session: GuardedSession) -> None:
        for row in session.scalars(select(Document)):
            row.body, row.edition = "ada", 1

    crowd.world.do(crowd.id, make_old)
    assert found_by(crowd, "zeppelin") == []
    crowd.world.do(crowd.id, findable.renew, crowd.world.moment(), Settings())
    assert len(found_by(crowd, "zeppelin")) == 1


def test_a_piece_is_found_by_its_title(crowd: Crowd) -> None:
    crowd.add("Ada", CARE)
    keep(crowd, "Ada", title="Crews in a storm")
    assert offered(crowd, "Storm crews") == ["Crews in a storm"]
    assert offered(crowd, "storm trains") == []
    assert offered(crowd, "storm", Activity.VIDEO) == []
    consent(crowd, "Ada", ConsentScope.LISTED)
    assert offered(crowd, "storm") == []


def test_never_what_expired_was_withdrawn_or_is_not_agreed_to(crowd: Crowd) -> None:
    today = crowd.world.now.date()
    crowd.add_many({"Ada": CARE, "Ben": CARE, "Cleo": CARE, "Dora": CARE})
    keep(crowd, "Ada", replace(STORY, expires_on=today), "Until today")
    gone = keep(crowd, "Ada", title="Withdrawn")
    crowd.do(assets.withdraw, crowd.team, gone)
    refused = keep(crowd, "Ben", title="Consent taken back")
    keep(crowd, "Ben", replace(STORY, scope=Scope.PRIVATE), "Still in private")
    consent(crowd, "Ben", ConsentScope.LISTED, ConsentScope.CONVERSATIONS)
    unlisted = keep(crowd, "Dora", title="Not listed any more")
    consent(crowd, "Dora", ConsentScope.PUBLIC)
    retired = keep(crowd, "Cleo", title="Of somebody who left")
    crowd.world.do(crowd.id, _state, crowd.ids["Cleo"], "retired")
    assert set(offered(crowd, "healthcare")) == {"Until today", "Still in private"}
    assert offered(crowd, "", name="Cleo") == []
    crowd.world.now += timedelta(days=1)
    assert offered(crowd, "healthcare") == ["Still in private"]
    until = next(one.id for one in crowd.do(assets.shelf, crowd.team, crowd.ids["Ada"]).pieces)
    for asset_id in (gone, refused, unlisted, retired, until, "01NOTHING"):
        with pytest.raises(RuleError, match="please don't use it"):
            crowd.do(asset_uses.use, crowd.rep, asset_id)
    assert count(crowd, AssetUse) == 0


def _state(session: GuardedSession, advocate_id: str, state: str) -> None:
    session.get_one(Advocate, (session.workspace_id, advocate_id)).state = state


def test_a_resting_advocate_still_speaks_through_what_exists(crowd: Crowd) -> None:
    crowd.add("Ada", CARE, state="resting")
    keep(crowd, "Ada")
    assert offered(crowd, "healthcare") == ["Forty clinics"]


def test_taking_one_is_influence_and_no_load(crowd: Crowd) -> None:
    crowd.add("Ada", CARE)
    asset_id = keep(crowd, "Ada")
    taken = crowd.do(asset_uses.use, crowd.rep, asset_id, None, "The spring campaign", "use:1")
    again = crowd.do(asset_uses.use, crowd.rep, asset_id, None, None, "use:1")
    assert (taken.use_id, taken.ready.link) == (again.use_id, STORY.link)
    assert (count(crowd, AssetUse), count(crowd, Engagement), count(crowd, Request)) == (1, 0, 0)
    for deal in ("Sonnenblick", "Sonnenblick", "Tidewater"):
        crowd.do(asset_uses.taken_for, crowd.rep, taken.use_id, TakenFor(opportunity=deal))
    crowd.do(asset_uses.taken_for, crowd.rep, taken.use_id, TakenFor())
    assert count(crowd, AssetUse) == 2, "one for each deal"
    assert count(crowd, Opportunity) == 2
    assert crowd.do(assets.shelf, crowd.team, crowd.ids["Ada"]).pieces[0].uses == 2
    with pytest.raises(NotFound):
        crowd.do(asset_uses.taken_for, crowd.team, taken.use_id, TakenFor(opportunity="Somebody else's"))
    with pytest.raises(RuleError) as told:
        crowd.do(asset_uses.taken_for, crowd.rep, taken.use_id, TakenFor(purpose="x" * 300))
    assert list(told.value.fields) == ["purpose"]


def test_a_deal_chosen_wrongly_is_put_right(crowd: Crowd) -> None:
    crowd.add("Ada", CARE)
    asset_id = keep(crowd, "Ada")
    first = crowd.do(asset_uses.use, crowd.rep, asset_id)
    crowd.do(asset_uses.taken_for, crowd.rep, first.use_id, TakenFor(opportunity="Wrong"))
    wrong = crowd.world.do(crowd.id, lambda session: session.scalars(select(Opportunity.id)).one())
    taken = crowd.do(asset_uses.use, crowd.rep, asset_id, wrong)
    crowd.do(asset_uses.taken_for, crowd.rep, taken.use_id, TakenFor(opportunity="Right"), wrong)
    assert count(crowd, AssetUse) == 2
    with pytest.raises(NotFound):
        crowd.do(asset_uses.use, crowd.rep, asset_id, "01NODEAL")


def test_the_team_adds_changes_and_withdraws(crowd: Crowd) -> None:
    crowd.add("Ada", CARE)
    typed = replace(STORY, title=" Forty\nclinics ", languages=("Klingon",))
    for _again in range(2):
        shelf = crowd.do(assets.add, crowd.team, crowd.ids["Ada"], typed, "asset:V1")
    [piece] = shelf.pieces
    assert piece.values == replace(STORY, languages=("Klingon",))
    other = replace(piece.values, kind=Kind.QUOTE, words="It just works.", link=None)
    shelf = crowd.do(assets.change, crowd.team, piece.id, other, mark(piece.values))
    assert shelf.pieces[0].values == other
    shelf = crowd.do(assets.change, crowd.team, piece.id, other, mark(piece.values))
    assert shelf.pieces[0].values == other, "the same sent twice"
    with pytest.raises(AlreadyDone):
        crowd.do(assets.change, crowd.team, piece.id, piece.values, mark(piece.values))
    assert crowd.do(assets.withdraw, crowd.team, piece.id).pieces == ()
    for step in (assets.withdraw, assets.one):
        with pytest.raises(NotFound):
            crowd.do(step, crowd.team, piece.id)

    def done(session: GuardedSession) -> list[str]:
        return list(session.scalars(select(Audit.action).where(Audit.subject_type == "asset").order_by(Audit.id)))

    assert crowd.world.do(crowd.id, done) == ["asset.added", "asset.changed", "asset.withdrawn"]


def test_nothing_is_kept_that_the_customer_did_not_agree_to(crowd: Crowd) -> None:
    crowd.add("Ada", CARE, scopes=ALL_SCOPES[:2])
    with pytest.raises(RuleError) as told:
        keep(crowd, "Ada")
    assert list(told.value.fields) == ["scope"]
    assert keep(crowd, "Ada", replace(STORY, scope=Scope.PRIVATE))


def test_who_may_do_what(crowd: Crowd) -> None:
    crowd.add("Ada", CARE)
    asset_id = keep(crowd, "Ada")
    guest = Actor("x", "UX", "X", Standing.GUEST)
    tries: tuple[tuple[Actor, Any, tuple[Any, ...]], ...] = (
        (guest, on_hand.existing, (None, "healthcare")),
        (guest, asset_uses.use, (asset_id,)),
        (guest, asset_uses.taken_for, ("01USE", TakenFor())),
        (crowd.rep, assets.shelf, (crowd.ids["Ada"],)),
        (crowd.rep, assets.one, (asset_id,)),
        (crowd.rep, assets.add, (crowd.ids["Ada"], STORY, "r")),
        (crowd.rep, assets.change, (asset_id, STORY, "")),
        (crowd.rep, assets.withdraw, (asset_id,)),
    )
    for actor, step, given in tries:
        with pytest.raises(NotAllowed):
            crowd.do(step, actor, *given)


def test_the_number_of_statements_does_not_grow(crowd: Crowd) -> None:
    counts = []
    for number in (3, 40):
        made = {f"A{number}-{at}": CARE for at in range(number)}
        crowd.add_many(made)
        crowd.world.do(crowd.id, _many, [crowd.ids[name] for name in made], crowd)
        with counted(crowd.world.db) as statements:
            assert len(offered(crowd, "healthcare gate", name="A3-0")) == on_hand.MOST
        counts.append(len(statements))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 10


def _many(session: GuardedSession, advocate_ids: list[str], crowd: Crowd) -> None:
    for advocate_id in advocate_ids:
        moment = crowd.world.moment()
        facts = {"kind": "case study", "title": "A", "facets": {}, "scope": "public", "approved_at": moment.now}
        session.add(Asset(id=moment.new_id(), advocate_id=advocate_id, **facts))


def test_the_team_hears_of_what_will_expire(crowd: Crowd) -> None:
    crowd.add("Ada", CARE)
    today = crowd.world.now.date()

    def tell() -> list[Message]:
        def run(session: GuardedSession) -> list[Message]:
            assert not assets.tell_of_ends(session, crowd.world.moment(), Settings())
            session.flush()
            return list(session.scalars(select(Message).where(Message.kind == "assets_end")))

        found: list[Message] = crowd.world.do(crowd.id, run)
        return found

    keep(crowd, "Ada", title="Without an end")
    keep(crowd, "Ada", replace(STORY, expires_on=today + timedelta(days=31)), "Later")
    crowd.do(assets.withdraw, crowd.team, keep(crowd, "Ada", replace(STORY, expires_on=today), "Withdrawn"))
    assert tell() == []
    keep(crowd, "Ada", replace(STORY, expires_on=today + timedelta(days=30)), "Soon")
    [message] = tell()
    assert "Soon" in str(message.blocks)
    assert "Later" not in str(message.blocks)
    assert message.text == "1 approved piece will expire within 30 days."

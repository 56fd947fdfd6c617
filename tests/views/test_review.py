"""The alert shows all that is needed to decide, the buttons that are legal now, and never an address."""

from datetime import date, timedelta

import pytest

from domain.errors import RuleError
from domain.nominations import DeclineReason, State, Word
from tests.views.reading import buttons, filled, read
from tests.views.samples import CARD, NOW, card
from views import review as view
from views.ids import Action, Callback

DUE = date(2026, 5, 10)


@pytest.mark.parametrize(
    ("changes", "labels"),
    [
        ({}, ["Accept", "Ask for more", "Decline", "Merge", "Take it", "Contact details"]),
        ({"reviewer_slack_id": "U0KIM"}, ["Accept", "Ask for more", "Decline", "Merge", "Contact details"]),
        ({"state": State.NEEDS_INFO}, ["Accept", "Decline", "Merge", "Take it", "Contact details"]),
        ({"state": State.DECLINED}, ["Reopen"]),
        ({"state": State.ACCEPTED}, ["Record the introduction", "Contact details"]),
        ({"state": State.ACCEPTED, "introduction_made": True}, ["Contact details"]),
        (
            {"state": State.ACCEPTED, "introduction_made": True, "advocate_id": "01A"},
            ["Open the journey", "Contact details"],
        ),
        ({"state": State.MERGED}, []),
        ({"state": State.WITHDRAWN}, []),
        ({"state": State.EXPIRED}, []),
    ],
)
def test_only_legal_buttons(changes: dict[str, object], labels: list[str]) -> None:
    assert list(buttons(view.alert(card(**changes)))) == labels


def test_buttons_carry_ids_and_say_whom_they_are_about() -> None:
    shown = buttons(view.alert(card(state=State.ACCEPTED, advocate_id="01A")))
    assert shown["Open the journey"]["value"] == "01A"
    assert shown["Contact details"]["value"] == CARD.id
    accept = buttons(view.alert(CARD))["Accept"]
    assert accept["action_id"] == Action.ACCEPT
    assert accept["accessibility_label"] == "Accept: Ada Lovelace of Acme"


def test_the_alert_tells_all_that_is_needed() -> None:
    shown = view.alert(
        card(
            endorser_slack_ids=("U0KIM",),
            title="Head of Data",
            country="DE",
            activities=("video",),
            use_cases="Fraud detection",
            evidence_text="It saved my team!",
            evidence_link="https://slack.example/p1",
            question="Which products?",
            answer="All of them",
            possible_duplicate_of="01OTHER",
            flagged=True,
        )
    )
    text = read(shown)
    assert shown.text == "Ada Lovelace of Acme was nominated by Sam Rivera and is waiting for review."
    for part in (
        "Ada Lovelace, Acme",
        "*Waiting for review.* Nobody has taken it yet.",
        "> Runs our EU rollout.\n> Said it saved her team.",
        "*Does the customer know?*\nYes",
        "*Endorsed by*\n<@U0KIM>",
        "*Title*\nHead of Data",
        "*Country*\nGermany",
        "*Would do*\nvideo",
        "> Fraud detection",
        "> It saved my team!",
        "<https://slack.example/p1|open the link>",
        "> Which products?",
        "> All of them",
        "Possibly a duplicate.",
        "Waiting too long.",
        "Nominated by <@U0SAM> (sales) with /nominate",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reviewer_slack_id": "U0KIM"}, "*Waiting for review.* <@U0KIM> has taken it."),
        ({"state": State.NEEDS_INFO}, "*Waiting for an answer* from <@U0SAM> (sales)."),
        (
            {"state": State.DECLINED, "decided_by_slack_id": "U0KIM", "decline_reason": "The timing is wrong"},
            "*Declined* by <@U0KIM>: The timing is wrong",
        ),
        (
            {"state": State.ACCEPTED, "introduction_owner_slack_id": "U0OWN", "introduction_due": DUE},
            "*Accepted*. <@U0OWN> is asked to introduce us by 10 May 2026.",
        ),
        ({"state": State.ACCEPTED, "introduction_due": DUE}, "The team introduces itself by 10 May 2026."),
        ({"state": State.ACCEPTED, "introduction_made": True}, "The introduction is made."),
        ({"state": State.ACCEPTED, "advocate_id": "01A", "advocate_state": "interviewing"}, "Now: interviewing."),
        ({"state": State.WITHDRAWN}, "*Withdrawn*."),
        ({"state": State.EXPIRED}, "*Expired*: nobody decided in time."),
        ({"nominator_slack_id": None, "nominator_name": None}, "Nominated by nobody in particular"),
    ],
)
def test_the_alert_shows_the_present_state(changes: dict[str, object], sentence: str) -> None:
    assert sentence in read(view.alert(card(**changes)))


def test_the_alert_quotes_what_endorsers_add() -> None:
    text = read(view.alert(card(words=(Word("U0KIM", "She saved\nour launch."), Word("U0LEE", "Yes!")))))
    assert "*<@U0KIM> adds*\n> She saved\n> our launch." in text
    assert "*<@U0LEE> adds*\n> Yes!" in text


def test_of_many_words_the_alert_has_the_last() -> None:
    text = read(view.alert(card(words=tuple(Word("U0KIM", f"Word {number}.") for number in range(20)))))
    assert "And 12 earlier words of colleagues." in text
    assert "> Word 19." in text
    assert "> Word 11." not in text


def test_accepting_an_account_with_an_owner() -> None:
    shown = view.accept(CARD, "U0OWN", suggested="U0SAM", new_account=False, due=DUE)
    assert "<@U0OWN> looks after Acme and will be asked" in read(shown)
    assert shown["private_metadata"] == CARD.id
    assert view.acceptance_from(filled(shown)) == view.Acceptance("U0OWN", DUE)


def test_accepting_a_new_account_suggests_the_nominator() -> None:
    shown = view.accept(CARD, None, suggested="U0SAM", new_account=True, due=DUE)
    assert "Acme is new to us, so nobody looks after it yet: please pick somebody. <@U0SAM> put them forward" in read(
        shown
    )
    assert view.acceptance_from(filled(shown)).owner == "U0SAM"


def test_the_team_may_introduce_itself() -> None:
    typed = filled(view.accept(CARD, None, None, new_account=False, due=DUE))
    with pytest.raises(RuleError) as refused:
        view.acceptance_from(typed)
    assert list(refused.value.fields) == ["owner"]
    typed["ourselves"]["ourselves"]["selected_options"] = [{"value": "ourselves"}]
    assert view.acceptance_from(typed) == view.Acceptance(None, DUE)


def test_declining_gives_a_reason() -> None:
    shown = view.decline(CARD)
    typed = filled(shown)
    typed["reason"]["reason"]["selected_option"] = {"value": "NOT_NOW"}
    typed["words"]["words"]["value"] = " In autumn, please. "
    assert view.decline_from(typed) == (DeclineReason.NOT_NOW, "In autumn, please.")
    assert "<@U0SAM> (sales) is told, with the reason" in read(shown)


def test_asking() -> None:
    typed = filled(view.ask(CARD))
    typed["question"]["question"]["value"] = "Which products?"
    assert view.question_from(typed) == "Which products?"


def test_merging() -> None:
    shown = view.merge(CARD)
    assert shown["callback_id"] == Callback.MERGE
    offered = view.merge_options([card(id="01B", contact_name="Ada L.", state=State.ACCEPTED)])
    assert offered[0]["text"]["text"] == "Ada L., Acme"
    assert offered[0]["description"]["text"] == "accepted, 1 May 2026"
    typed = filled(shown)
    with pytest.raises(RuleError):
        view.target_from(typed)
    typed["into"][Action.MERGE_TARGET.value]["selected_option"] = offered[0]
    assert view.target_from(typed) == "01B"


def test_contact_details_are_shown_as_text() -> None:
    text = read(view.contact_details("Ada", "Acme", "ada@acme.example", None))
    assert "*Email*\nada@acme.example" in text
    assert "*Phone*\nNot known" in text


def test_the_request_for_an_introduction_says_who_why_and_by_when() -> None:
    shown = view.introduction_request(card(decided_by_slack_id="U0KIM"), DUE)
    assert shown.text == "Could you introduce the advocacy team to Ada Lovelace of Acme by 10 May 2026?"
    assert "> Hi Ada, my colleagues" in read(shown)
    assert "Tell <@U0KIM>: it is your call." in read(shown)
    assert buttons(shown)["I introduced them"]["action_id"] == Action.INTRODUCED


def test_the_owner_who_nominated_is_not_told_of_in_the_third_person() -> None:
    shown = view.introduction_request(card(introduction_owner_slack_id="U0SAM", endorser_slack_ids=("U0KIM",)), DUE)
    assert "You and <@U0KIM> put them forward" in read(shown)


def test_a_request_that_was_met_says_by_whom_and_asks_for_nothing() -> None:
    shown = view.introduction_made(card(introduced_by_slack_id="U0KIM"))
    assert "Ada Lovelace of Acme and the advocacy team have been introduced. <@U0KIM> recorded it." in shown.text
    assert buttons(shown) == {}


def test_the_digest_lists_the_oldest_first() -> None:
    young = card(contact_name="Young", created_at=NOW - timedelta(days=8))
    old = card(contact_name="Old", created_at=NOW - timedelta(days=20), reviewer_slack_id="U0KIM")
    shown = view.review_digest([young, old], NOW)
    text = read(shown)
    assert shown.text == "2 nominations have waited longer than we promise."
    assert text.index("*Old of Acme*") < text.index("*Young of Acme*")
    assert "waits for review 20 days; with <@U0KIM>." in text
    assert "And 10 more." in read(view.review_digest([old] * 30, NOW))

"""What colleagues hear of their nominations: warm, plain, with credit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from domain.messages import Rendered
from domain.nominations import Card, State
from domain.vocabulary import Activity
from tests.views.reading import buttons, read
from tests.views.samples import CARD, NOW, advocate, card
from views import news
from views.ids import Action


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (
            news.received,
            "Thank you for putting Ada Lovelace of Acme forward. The advocacy team looks at it within 7 days",
        ),
        (news.answered, "your answer about Ada Lovelace of Acme is with the advocacy team now"),
        (news.question_closed, "The question about Ada Lovelace of Acme needs no answer any more"),
        (news.accepted, "Good news: the advocacy team would like to talk with Ada Lovelace of Acme."),
        (news.introduced, "Ada Lovelace of Acme and the advocacy team have been introduced."),
        (news.reopened, "another look at Ada Lovelace of Acme"),
        (news.published, "Ada Lovelace of Acme is an advocate now, and that is thanks to <@U0SAM>."),
        (news.win, "We have a new advocate: Ada Lovelace of Acme. Thank you, <@U0SAM>!"),
    ],
)
def test_news_begins_with_a_whole_sentence(told: Callable[[Card], Rendered], sentence: str) -> None:
    message = told(CARD)
    assert sentence in message.text
    assert sentence in read(Rendered("", message.blocks))


def test_a_question_can_be_answered_at_once() -> None:
    message = news.question(card(question="Which products?", reviewer_slack_id="U0KIM"))
    assert message.text.startswith("<@U0KIM> has a question about Ada Lovelace of Acme")
    assert "> Which products?" in read(message)
    assert (buttons(message)["Answer"]["action_id"], buttons(message)["Answer"]["value"]) == (Action.ANSWER, CARD.id)


def test_a_question_that_is_over_is_still_there_and_asks_for_nothing() -> None:
    asked = card(question="Which products?", answer="The looms.")
    for message in (news.answered(asked), news.question_closed(replace(asked, state=State.DECLINED))):
        assert "> Which products?" in read(message)
        assert buttons(message) == {}
    assert "> The looms." in read(news.answered(asked))
    assert "the nomination is declined." in news.question_closed(replace(asked, state=State.DECLINED)).text


def test_a_decline_says_why_and_whom_to_talk_to() -> None:
    message = news.declined(card(decline_reason="The timing is wrong", decided_by_slack_id="U0KIM"))
    assert "> The timing is wrong" in read(message)
    assert "Talk to <@U0KIM>." in read(message)


def test_an_acceptance_says_who_introduces_whom() -> None:
    asked = card(introduction_owner_slack_id="U0OWN", introduction_due=date(2026, 5, 10))
    assert "<@U0OWN> is asked to introduce us by 10 May 2026." in news.accepted(asked).text


def test_a_merge_names_the_other_spelling() -> None:
    assert "under the name A. Lovelace of Acme" in news.merged(CARD, card(contact_name="A. Lovelace")).text
    assert "under the name" not in news.merged(CARD, CARD).text


def test_the_interview_is_told_in_the_readers_own_time() -> None:
    assert "<!date^1777800600^" in news.interview(advocate(), NOW).text


def test_everybody_who_helped_gets_credit() -> None:
    backed = advocate(endorser_slack_ids=("U0KIM", "U0SAM"))
    assert "thanks to <@U0SAM> and <@U0KIM>." in news.published(backed).text
    assert "Thank you, <@U0SAM> and <@U0KIM>!" in news.win(backed).text


def test_everybody_is_spoken_to_in_their_own_words() -> None:
    backed = card(endorser_slack_ids=("U0KIM", "U0LEE"), introduction_owner_slack_id="U0SAM")
    assert "thanks to you, <@U0KIM> and <@U0LEE>." in news.published(backed, "U0SAM").text
    assert "thanks to you, <@U0SAM> and <@U0LEE>." in news.published(backed, "U0KIM").text
    assert "thanks to you." in news.published(CARD, "U0SAM").text
    assert "You are asked to introduce us" in news.accepted(backed, "U0SAM").text
    assert "<@U0SAM> is asked to introduce us" in news.accepted(backed, "U0KIM").text
    assert "your nomination is open" in news.reopened(backed, "U0SAM").text
    assert "the nomination that you endorsed is open" in news.reopened(backed, "U0KIM").text
    assert news.expired(backed, "U0KIM").text.startswith("The nomination that you endorsed, *Ada Lovelace of Acme*, ")
    by_oneself = card(decided_by_slack_id="U0SAM")
    assert "You declined it yourself." in read(news.declined(by_oneself, "U0SAM"))


def test_a_customer_who_came_by_themselves_is_no_colleagues_credit() -> None:
    alone = card(nominator_slack_id=None)
    assert news.win(alone).text == "We have a new advocate: Ada Lovelace of Acme."
    assert news.took_place(alone, Activity.SPEAKER).text == "Ada Lovelace of Acme has done something for us: an event."
    assert "thanks to them alone" in news.published(alone).text

"""What a message to the bot asks for: cases as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.conversation import Heard, Wish, heard

CASES = [
    ("<@U0BOT> healthcare ciso", Wish.LOOK_UP, "healthcare ciso"),
    ('hey <@U0BOT> can you find a "zero trust" ciso?', Wish.LOOK_UP, 'hey can you find a "zero trust" ciso?'),
    ("find me a ciso in emea", Wish.LOOK_UP, "a ciso in emea"),
    ("<@U0BOT> <@U0BOT> <@U0ADA> banking", Wish.LOOK_UP, "banking"),
    ("R&amp;D lead at &lt;Acme&gt;", Wish.LOOK_UP, "R&D lead at <Acme>"),
    ("nominate Ada Lovelace @ Acme, runs it", Wish.NOMINATE, "Ada Lovelace @ Acme, runs it"),
    ("<@U0BOT> nominate", Wish.NOMINATE, ""),
    ("Nominate: Ada", Wish.NOMINATE, "Ada"),
    ("Hi, I'd like to nominate Ada from Acme", Wish.NOMINATE, "Ada from Acme"),
    ("who was nominated in banking", Wish.LOOK_UP, "who was nominated in banking"),
    ("help", Wish.HELP, ""),
    ("<@U0BOT> Help!", Wish.HELP, ""),
    ("what can you do?", Wish.HELP, ""),
    ("Hi, what can you do?", Wish.HELP, ""),
    ("Hello?", Wish.HELP, ""),
    ("hey hey everboard!", Wish.HELP, ""),
    ("hey banking", Wish.LOOK_UP, "hey banking"),
    ("?", Wish.HELP, ""),
    ("help desk software", Wish.LOOK_UP, "help desk software"),
    ("<@U0BOT>", Wish.NOTHING, ""),
    ("", Wish.NOTHING, ""),
    ("<@U0BOT> …", Wish.NOTHING, ""),
    ("<!channel> <!here|here> <!subteam^S1|@team> 😀", Wish.NOTHING, ""),
    ("Thanks!", Wish.NOTHING, ""),
    ("thanks a lot", Wish.NOTHING, ""),
]


@pytest.mark.parametrize(("text", "wish", "words"), CASES)
def test_what_is_asked_for(text: str, wish: Wish, words: str) -> None:
    assert heard(text) == Heard(wish, words)


@given(st.text(max_size=300))
def test_any_text_is_heard(text: str) -> None:
    assert heard(text).wish in Wish


@pytest.mark.parametrize("text", ["hi, " * 10_000, "<@U0BOT>" * 5000, "x" * 40_000, " " * 40_000, "nominate " * 4000])
def test_forty_thousand_characters_are_heard(text: str) -> None:
    assert len(heard(text).words) <= 40_000

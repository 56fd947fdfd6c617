"""What somebody who writes to the bot wants: look somebody up, put somebody forward, help, or nothing in particular.

A guess by the first words; whatever is no command is a look-up.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.slack_text import plain


class Wish(StrEnum):
    """What a message asks for."""

    LOOK_UP = "look up"
    NOMINATE = "nominate"
    HELP = "help"
    NOTHING = "nothing"  # a thank you, or no word at all


@dataclass(frozen=True, slots=True)
class Heard:
    """The wish, and the words that belong to it, as typed."""

    wish: Wish
    words: str = ""


_MENTION = re.compile(r"<(?:@[A-Z0-9]{2,30}|!(?:channel|here|everyone|subteam\^[A-Z0-9]+))(?:\|[^<>]*)?>")
_POLITE_LIST = "please hi hello hey ok okay so i we you id i'd i’d want would like can could may let's let’s lets to"
_POLITE = rf"(?:(?:{'|'.join(_POLITE_LIST.split())})[\s,!]+)*"
_NOMINATE = re.compile(rf"^\W*{_POLITE}(?:nominate|nominating|nomination)\b[\s:,–-]*", re.IGNORECASE)
_LOOK_UP = re.compile(r"^\W*(?:/advocates|advocates?:|look up|search for|search|find me|find)\s+", re.IGNORECASE)

_HELP_LIST = "help; help me; start; what can you do; what do you do; how does this work; what is this; who are you"
_HELP = frozenset(part.strip() for part in _HELP_LIST.split(";"))
_GREETING_LIST = "hi; hello; hey; good morning; good evening; please; everboard"
_GREETING = re.compile(rf"^(?:(?:{'|'.join(part.strip() for part in _GREETING_LIST.split(';'))})(?:\s+|$))+")
_THANKS = frozenset({"thanks", "thank you", "thank you very much", "thanks a lot", "thx", "ok", "okay", "great", "bye"})

LONGEST_PHRASE = 100
"""Characters up to which a message can be one of the phrases above."""


def heard(text: str) -> Heard:
    """What a message of Slack's asks for. Mentions say to whom one speaks, and are no words to look for.

    Never raises; takes time in proportion to the text.
    """
    words = "\n".join(" ".join(row.split()) for row in _MENTION.sub(" ", text).split("\n")).strip()
    letters = any(character.isalnum() for character in plain(words))
    if len(words) <= LONGEST_PHRASE:
        short = " ".join(re.sub(r"[^\w\s'’]", " ", plain(words)).casefold().split())
        rest = _GREETING.sub("", short)
        if rest in _HELP or (short and not rest) or (not letters and "?" in words):
            return Heard(Wish.HELP)
        if rest in _THANKS:
            return Heard(Wish.NOTHING)
    if not letters:
        return Heard(Wish.NOTHING)
    nominating = _NOMINATE.match(words)
    if nominating:
        return Heard(Wish.NOMINATE, words[nominating.end() :].strip())
    return Heard(Wish.LOOK_UP, _LOOK_UP.sub("", plain(words)).strip())

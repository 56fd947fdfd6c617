"""Words on their way to Slack: escaping, cutting, quoting, mentions and times. Decides no layout.

People's text never becomes a mention, a link or markup: everything that somebody typed goes through `escape`,
`line` or `quote` before it stands in mrkdwn, or into a plain text object, where Slack interprets nothing.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

Block = dict[str, Any]
"""A Block Kit object."""

TEXT_LIMIT = 3000
"""Characters of a section's text, the most that any text object of ours may hold."""

NOTHING_TO_SAY = "–"
"""Stands where there is no text: Slack refuses empty text objects."""

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters, halves of characters, and overrides that make text read differently from what it is."""

_OPENERS = {"*": "∗", "_": "ˍ", "~": "∼"}
_OPENER = re.compile(r"(?<![^\W_])[*_~](?=\S)")
"""Slack starts bold, italics and strike-through only where a word begins; it has no escape for them, so that the
sign there is exchanged for one that looks the same. Inside of words (snake_case) nothing changes."""

_QUOTE_MARK = re.compile(r"^(?=&gt;)", re.MULTILINE)
_CUT_ESCAPE = re.compile(r"&[a-z]{0,3}$")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_ISOLATE, _POP = "\u2068", "\u2069"


def escape(text: str) -> str:
    """People's text as mrkdwn that shows just that text: no mention, link, quote or emphasis survives."""
    visible = _UNSEEN.sub("", text)
    escaped = visible.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("`", "ˋ")
    unmarked = _OPENER.sub(lambda sign: _OPENERS[sign[0]], escaped)
    return _QUOTE_MARK.sub("\u200b", unmarked)


def line(text: str, limit: int = 200) -> str:
    """People's text as escaped mrkdwn in one line, fit to stand within a sentence of ours."""
    joined = shorten(" ".join(_UNSEEN.sub("", text[: limit * 2]).split()), limit)
    return shorten(_isolated(escape(joined)), limit * 2)


def _isolated(text: str) -> str:
    """A right-to-left name must not turn the words around it about."""
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        return f"{_ISOLATE}{text}{_POP}"
    return text


def quote(text: str, limit: int = 2500) -> str:
    """People's text of any number of lines as an escaped quotation, with our marks at most `limit` long."""
    visible = re.sub(r"\n\s*\n+", "\n\n", text[:limit].strip()) + ("…" if len(text.strip()) > limit else "")
    return shorten("\n".join(f"> {row}" for row in escape(visible).split("\n")), limit)


def units(text: str) -> int:
    """The length as Slack's clients count it: an emoji outside of Unicode's first plane counts twice."""
    return len(text) + sum(character > "\uffff" for character in text)


def cut(text: str, limit: int) -> str:
    """At most the first `limit` units of a value that nobody reads. Splits no character."""
    return text.encode("utf-16-le", "surrogatepass")[: limit * 2].decode("utf-16-le", "ignore")


def shorten(text: str, limit: int) -> str:
    """The text, or its beginning and "…", in at most `limit` units. Splits no escape, reference or character."""
    if limit <= 0:
        return ""
    if units(text[: limit + 1]) <= limit:
        return text
    room = 2 * (limit - 1)
    cut = text[:limit].encode("utf-16-le", "surrogatepass")[:room].decode("utf-16-le", "ignore")
    cut = _CUT_ESCAPE.sub("", cut)
    if "<" in cut and cut.rfind("<") > cut.rfind(">"):
        cut = cut[: cut.rfind("<")]
    closing = _POP if cut.count(_ISOLATE) > cut.count(_POP) else ""
    return cut[: len(cut) - len(closing)].rstrip("\u200d \n") + "…" + closing


def plain(text: str, limit: int = TEXT_LIMIT) -> Block:
    """A text object in which Slack interprets nothing."""
    visible = _UNSEEN.sub("", text[: limit * 2]).strip()
    return {"type": "plain_text", "text": shorten(visible, limit) or NOTHING_TO_SAY, "emoji": True}


def mrkdwn(text: str, limit: int = TEXT_LIMIT) -> Block:
    """A text object with markup of ours; people's text in it is escaped already. Bare addresses do not become links."""
    shown = shorten(text, limit)
    return {"type": "mrkdwn", "text": shown if shown.strip() else NOTHING_TO_SAY, "verbatim": True}


def mention(slack_user_id: str | None, fallback: str = "somebody", *, reader: str | None = None) -> str:
    """A colleague as Slack shows them; the fallback, escaped, for somebody without a Slack account.

    "you" where the only `reader` (a Slack id) is the one who is meant.
    """
    if slack_user_id and slack_user_id == reader:
        return "you"
    if slack_user_id and re.fullmatch("[A-Z0-9]{2,30}", slack_user_id):
        return f"<@{slack_user_id}>"
    return line(fallback)


def channel(channel_id: str) -> str:
    """A channel as Slack shows it."""
    return f"<#{channel_id}>" if re.fullmatch("[A-Z0-9]{2,30}", channel_id) else line(channel_id)


def mentions(slack_user_ids: Sequence[str], most: int = 10, *, reader: str | None = None) -> str:
    """Several colleagues in a sentence: "A, B and C", "you" for the reader; beyond `most` their number."""
    named = [mention(user, reader=reader) for user in slack_user_ids[:most]]
    if len(slack_user_ids) > most:
        named.append(count(len(slack_user_ids) - most, "other colleague"))
    return in_words(named)


def in_words(parts: Sequence[str]) -> str:
    """ "A, B and C"."""
    *first, last = [*parts] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def count(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 day", "3 days"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def link(address: str, label: str) -> str:
    """A link to a web page under our own words; anything but a web address stays escaped text."""
    address = address.strip()
    if not re.match(r"https?://[^\s/]", address, re.IGNORECASE) or len(address) > 2000:
        return line(address, 300)
    safe = re.sub(r"[<>|\s\x00-\x1f]", lambda found: f"%{ord(found[0]):02X}", _UNSEEN.sub("", address))
    return f"<{safe.replace('&', '&amp;')}|{escape(label)}>"


def day(when: date) -> str:
    """A day as people write it: 3 May 2026."""
    return f"{when.day} {when:%B} {when.year}"


def moment(when: datetime) -> str:
    """An instant in each reader's own time and language."""
    utc = when.astimezone(UTC)
    fallback = f"{day(utc.date())}, {utc:%H:%M} UTC"
    return f"<!date^{int(utc.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>"


def age(since: datetime, now: datetime) -> str:
    """How long something has waited, in the one unit that matters."""
    days, rest = divmod(max(0, int((now - since).total_seconds())), 86_400)
    if days:
        return count(days, "day")
    return count(rest // 3600, "hour") if rest >= 3600 else "less than an hour"

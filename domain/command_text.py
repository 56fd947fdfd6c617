"""Which part of a line typed after /nominate is the name, the company, the address and the reason.

A guess that a person sees in the form and can correct; checks nothing. Every word typed ends up
in one part or another; what cannot be placed is reason.
"""

import re
from dataclasses import dataclass

from domain.command_words import COMMA, begins_as_prose, company_end, is_capitalised, is_job, person_end, starts_small
from domain.names import clean_line, clean_text
from domain.nominations import NAME_LIMIT
from domain.slack_text import plain


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of a nomination as typed; an empty text, or no address, where there was none."""

    contact_name: str = ""
    company: str = ""
    email: str | None = None
    reason: str = ""


HEAD = 600
"""Characters in which name and company are looked for. Two names of NAME_LIMIT and an aside fit;
and however long a text is pasted, the rest costs next to nothing."""

_GAP = "\0"
"""Stands where an address was taken out. No typed text holds it: control characters are dropped before."""

_ADDRESS = r"(?<![\w.+-])\w[\w.+'-]{0,63}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,24}(?!\w)"
_EMAIL = re.compile(rf"<{_ADDRESS}>|\({_ADDRESS}\)|{_ADDRESS}")
_STOP = re.compile(rf"[\n{_GAP}—;；؛：]|\s[-–]+\s|:(?=\s|$)|\s(?=because\b)", re.IGNORECASE)
_AFTER_COMPANY = re.compile(rf"{_STOP.pattern}|\s@", re.IGNORECASE)
_MARKER = re.compile(r"(?:^|(?<=\s))@|@(?!\S*\.\w)|(?:^at|\s(?:at|from))\s", re.IGNORECASE)
_MARKER_FIRST = re.compile(r"(?:@|(?:at|from)\s)\s*", re.IGNORECASE)
_PARENTHESIS = re.compile(r"[(（]([^()（）]*)[)）]")
_QUOTED = re.compile('["“„«]([^"“”„«»\n]+)["“”»]')
_AROUND_GAP = re.compile(rf"[ \t]*{_GAP}[ \t]*")
_LEFT_OVER = re.compile(r"^(?:[.!?]+\s+|@$)")
_EDGES = " \t\n,،，、;；؛:：-–—" + _GAP


def parse_nomination(text: str) -> Draft:
    """The draft for the form: "Ada @ Acme, Inc., runs our EU rollout", and many other ways to say it.

    Never raises; takes time in proportion to the text.
    """
    typed = clean_text(plain(text), 4 * len(text))  # composing accents can make a text longer, never so much
    address = _EMAIL.search(typed)
    if address:
        typed = typed[: address.start()] + _GAP + typed[address.end() :]
    typed = typed.strip(_EDGES)
    cut = _last_break(typed)
    name, company, *reasons = _placed(typed[:cut])
    reasons[-1] += typed[cut:]
    return Draft(
        clean_line(name.strip(_EDGES), NAME_LIMIT),
        clean_line(company, NAME_LIMIT),
        address[0].strip("<>()") if address else None,
        ", ".join(filter(None, map(_tidy, reasons))),
    )


def _last_break(typed: str) -> int:
    """Where the head ends: never within a word."""
    if len(typed) <= HEAD:
        return len(typed)
    return next((place for place in range(HEAD, 0, -1) if typed[place].isspace()), 0)


def _tidy(reason: str) -> str:
    text = _LEFT_OVER.sub("", _AROUND_GAP.sub(" ", reason).strip(_EDGES))
    wrapped = text.startswith("(") and text.endswith(")") and text.count("(") == 1
    return clean_text(text[1:-1] if wrapped else text, len(text))


def _placed(head: str) -> tuple[str, ...]:
    """Name, company, then the reasons in the order typed."""
    stop = _STOP.search(head)
    region = head[: stop.start()] if stop else head
    marker, aside = _MARKER.search(region), _PARENTHESIS.search(region)
    if aside and (marker is None or aside.start() < marker.start()):
        if marker and not head[aside.end() : marker.start()].strip():
            return _with_marker(head, aside.start(), marker)
        return _with_parenthesis(head, aside)
    if marker:
        return _with_marker(head, marker.start(), marker)
    end, prose = person_end(region)
    if stop and not prose and stop[0] in ("\n", _GAP):
        company, reason = _on_next_line(head[stop.end() :].lstrip(_EDGES))
        return head[:end], company, head[end : stop.start()], reason
    return head[:end], "", head[end:]


def _with_marker(head: str, before: int, marker: re.Match[str]) -> tuple[str, ...]:
    """Split at "@" or "at", unless what stands before it is already a reason ("Ada, met her at a fair")."""
    end, prose = person_end(head[:before])
    company, reason = _company_first(head[marker.end() :])
    if prose or not company:
        return head[:end], "", head[end:]
    return head[:end], company, head[end : marker.start()], reason


def _with_parenthesis(head: str, inside: re.Match[str]) -> tuple[str, ...]:
    end, prose = person_end(head[: inside.start()])
    company = inside[1].strip()
    aside = starts_small(company) and not starts_small(head) and " " in company
    if prose or aside or is_job(company) or company_end(company) < len(company):
        return head[:end], "", head[end:]
    return head[:end], company, head[end : inside.start()], head[inside.end() :]


def _company_first(text: str) -> tuple[str, str]:
    """The company with which the text begins, and the rest."""
    text = text.lstrip(_EDGES)
    quoted = _QUOTED.match(text)
    if quoted and len(quoted[1]) <= NAME_LIMIT:
        return quoted[1].strip(), text[quoted.end() :]
    stop = _AFTER_COMPANY.search(text)
    end = company_end(text[: stop.start()] if stop else text)
    return text[:end].strip(_EDGES), text[end:]


def _on_next_line(text: str) -> tuple[str, str]:
    """The company when the text after the name's line, or after the address, begins with one."""
    marker = _MARKER_FIRST.match(text)
    company, reason = _company_first(text[marker.end() :] if marker else text)
    ends_there = not reason or _STOP.match(reason) or COMMA.match(reason)
    likely = is_capitalised(company) or (" " not in company and "\n" in reason)
    if marker or (company and ends_there and likely and not begins_as_prose(company)):
        return company, reason
    return "", text

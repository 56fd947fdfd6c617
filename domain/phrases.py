"""How the rules' sentences say days, lists and activities. Decides nothing about dates that people type."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from domain.vocabulary import Activity

A_USE: Mapping[Activity, str] = MappingProxyType(
    {
        Activity.REFERENCE_CALL: "a reference call",
        Activity.GROUP_CALL: "a group reference call",
        Activity.SITE_VISIT: "a site visit",
        Activity.CASE_STUDY: "a case study",
        Activity.QUOTE: "a quote or logo",
        Activity.VIDEO: "a video",
        Activity.REVIEW: "a public review",
        Activity.SPEAKER: "an event",
        Activity.ANALYST: "an analyst briefing",
        Activity.PRESS: "a press interview",
        Activity.ADVISORY_BOARD: "the advisory board",
        Activity.REFERRAL: "a referral",
        Activity.FEEDBACK: "product feedback",
        Activity.EXECUTIVE_MEETING: "an investor or executive meeting",
    }
)
"""What somebody is asked for, within a sentence."""


def said(day: date, today: date) -> str:
    """ "3 May", and with its year when that is not this year's."""
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B} {day.year}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    *others, final = words or ("",)
    return f"{', '.join(others)} {last} {final}" if others else final

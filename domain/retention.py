"""How long each kind of data is kept, as settings with their bounds and reasons. Decides no deletion; steps do.

Nominations that were declined, or of which the customer knows nothing, have a setting of their own, since they expire
with a word to whoever made them. What is not here stays as long as the program needs it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from domain.numbers import Number

MESSAGES, LOOK_UPS, NOTES, COMMENTS = "message_days", "look_up_days", "interview_notes_days", "comment_days"
RETIRED, COLLEAGUES, AUDIT = "retired_days", "colleague_days", "audit_days"

KEPT: Mapping[str, Number] = MappingProxyType(
    {
        MESSAGES: Number(
            "The text of a delivered message is kept in the database for",
            "days",
            7,
            1,
            90,
            "Long enough to see what it said after a week off. In Slack it stays as long as Slack keeps it.",
        ),
        LOOK_UPS: Number(
            "What somebody looked up is kept for", "days", 365, 90, 1825, "Targets learn from the last 90 days of it."
        ),
        NOTES: Number(
            "Interview notes are kept for", "days", 730, 30, 3650, "After two years, asking again says more."
        ),
        COMMENTS: Number(
            "Comments in a pulse are kept for", "days", 730, 30, 3650, "Old figures are compared, old words are not."
        ),
        RETIRED: Number(
            "After the last entry, a retired advocate's profile is kept for",
            "days",
            730,
            90,
            3650,
            "They may come back within a year or two. Figures stay without the name.",
        ),
        COLLEAGUES: Number(
            "Name and address of a colleague who has left are kept for",
            "days",
            365,
            30,
            3650,
            "Reports of the year still say whose work it was.",
        ),
        AUDIT: Number(
            "Values and reasons in the audit are kept for",
            "days",
            1095,
            365,
            3650,
            "Three years answer most questions. That something was done, when and by whom stays.",
        ),
    }
)
"""By the setting's key."""

"""The requests behind the figures of how they go, as rows of a table. Decides no figure."""

from domain.request_report import Behind

COLUMNS = (
    "activity",
    "asked_by",
    "function",
    "customer",
    "company",
    "state",
    "made_at",
    "answered_at",
    "answer_hours",
    "need_by",
)


def cells(one: Behind) -> list[str]:
    """One request."""
    asked = one.asked
    took = "" if asked.answered_at is None else f"{(asked.answered_at - asked.opened_at).total_seconds() / 3600:.1f}"
    who = [one.asker or "", one.function or "", one.customer or "", one.company or ""]
    times = [at.isoformat(timespec="seconds") if at else "" for at in (asked.opened_at, asked.answered_at)]
    return [one.activity, *who, asked.state.value, *times, took, one.need_by.isoformat()]

"""What Slack's refusals mean for a message. Decides the meaning; schedules.sending acts on it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from slack_sdk.errors import SlackApiError

from views import delivery

NO_RETRY_AFTER = timedelta(seconds=5)
"""How long to wait when Slack says "too fast" but not for how long."""

PERSON = ("U", "W")
"""What a person's id starts with."""


class Meaning(Enum):
    """What a refusal means."""

    TOO_FAST = "later, and slower"
    PLACE = "the channel needs a hand"
    GONE = "the message to change is gone"
    NOBODY = "there is nobody to read it"
    MALFORMED = "Slack will never take it"
    TOKEN = "the whole workspace refuses us"  # noqa: S105  # not a secret
    TOKEN_OR_NOBODY = "the bot's account or the reader's is deactivated"  # noqa: S105  # not a secret
    BROKEN = "Slack failed; whether it did something is not known"
    LATER = "try again"


TROUBLES = {error: trouble for error, trouble in delivery.TROUBLES.items() if trouble in delivery.PLACES}
"""Refusals of a place that somebody can mend in Slack, and what to tell them."""

_BY_ERROR = (
    dict.fromkeys(("ratelimited", "rate_limited", "message_limit_exceeded"), Meaning.TOO_FAST)
    | dict.fromkeys(
        ("user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot", "messages_tab_disabled"), Meaning.NOBODY
    )
    | dict.fromkeys(
        (
            "invalid_blocks",
            "invalid_blocks_format",
            "invalid_arguments",
            "invalid_metadata_format",
            "metadata_too_large",
            "msg_blocks_too_long",
            "msg_too_long",
            "no_text",
            "too_many_attachments",
        ),
        Meaning.MALFORMED,
    )
    | dict.fromkeys(
        (
            "app_uninstalled",
            "invalid_auth",
            "missing_scope",
            "no_permission",
            "not_allowed_token_type",
            "not_authed",
            "org_login_required",
            "team_access_not_granted",
            "team_not_found",
            "token_expired",
            "token_revoked",
        ),
        Meaning.TOKEN,
    )
    | dict.fromkeys(("fatal_error", "internal_error", "request_timeout", "service_unavailable"), Meaning.BROKEN)
    | {"account_inactive": Meaning.TOKEN_OR_NOBODY}
    | dict.fromkeys(TROUBLES, Meaning.PLACE)
)

_GONE = {"message_not_found", "cant_update_message", "edit_window_closed", *TROUBLES}
"""Refusals of a change that a fresh message may get around."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Slack's answer when it is not "ok"."""

    error: str
    status: int
    retry_after: timedelta

    @classmethod
    def of(cls, error: SlackApiError) -> "Refusal":
        """The refusal in an SDK's error, whose response may be a parsed one or a raw one."""
        response = error.response
        data = getattr(response, "data", None)
        status = int(getattr(response, "status_code", None) or getattr(response, "status", None) or 0)
        name = data.get("error") if isinstance(data, dict) else None
        headers = {key.lower(): value for key, value in getattr(response, "headers", {}).items()}
        return cls(str(name or f"http_{status}"), status, _seconds(headers.get("retry-after")))

    def meaning(self, target: str, *, updating: bool) -> Meaning:
        """What this refusal means for a message to `target`, which is posted or (`updating`) changed."""
        if self.status == 429:
            return Meaning.TOO_FAST
        if self.status >= 500:
            return Meaning.BROKEN
        if updating and self.error in _GONE:
            return Meaning.GONE
        if self.error == "channel_not_found" and target.startswith(PERSON):
            return Meaning.NOBODY
        return _BY_ERROR.get(self.error, Meaning.LATER)


def _seconds(text: str | None) -> timedelta:
    try:
        return timedelta(seconds=max(float(text or ""), 0))
    except (ValueError, OverflowError):
        return NO_RETRY_AFTER

"""One table of every kind of message Everboard sends: how urgent, and what to do when a send is in doubt.

Decides nothing about texts. "In doubt" is a send whose answer never came (a crash, a cut connection) to a
conversation whose history may not be read: an alert is then sent again as a possible repeat, because a lost
one costs more than a double one; a reminder is dropped, because the next one comes anyway.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any


class Lane(StrEnum):
    """Which queue a message waits in; nothing in BULK ever holds up INTERACTIVE."""

    INTERACTIVE = "interactive"
    BULK = "bulk"


class InDoubt(StrEnum):
    """What happens to a send in doubt where history may not be read."""

    SEND_AGAIN = "send again"
    DROP = "drop"


class Kind(StrEnum):
    """What a message is."""

    NOMINATION_ALERT = "nomination_alert"  # the team's channel: a nomination to decide on, kept up to date
    NOMINATION_NEWS = "nomination_news"  # to the nominator or an endorser: a step was taken
    QUESTION = "question"  # to the nominator: the team asks for more
    INTRODUCTION = "introduction"  # to the relationship owner: please introduce us
    WIN = "win"  # the wins channel: a new advocate
    REVIEW_DIGEST = "review_digest"  # the team's channel: what waits too long
    REQUEST_ALERT = "request_alert"  # the team's channel: a request to work on, kept up to date
    REQUEST_ESCALATION = "request_escalation"  # the team's channel: a request waits too long
    REQUEST_NEWS = "request_news"  # to whoever asked or joined: a step was taken
    APPROVAL = "approval"  # to the relationship owner: may we, kept up to date
    REQUEST_QUESTION = "request_question"  # to whoever asked: how did it go, what became of the deal
    THANKS = "thanks"  # to the relationship owner: a customer did us a favour
    SAVED_SEARCH = "saved_search"  # to whoever waits for an advocate: somebody fits
    PORTFOLIO = "portfolio"  # to whoever asked for it: targets and supply as a chart
    HEALTH = "health"  # to whoever asked: how the program stands, and stood
    ADOPTION = "adoption"  # to whoever asked: who takes part
    TEAM_WEEK = "team_week"  # the team's channel: what it did last week, and what waits
    THANKS_DRAFT = "thanks_draft"  # to the champion: the month's thanks, a click from being posted; kept up to date
    THANKS_POST = "thanks_post"  # to the wins channel: the champion's thanks
    DIGEST = "digest"  # to leader and champion: the month
    REQUEST_REPORT = "request_report"  # to whoever asked: how requests are answered
    USE_REPORT = "use_report"  # to whoever asked: how evenly customers are asked
    VALUE = "value"  # to whoever asked: what advocacy does for the business
    PROFILE_CHECK = "profile_check"  # to a relationship owner: is it still right, kept up to date
    PROFILE_NEWS = "profile_news"  # the team's channel: an owner says that a customer has changed or left
    PROFILE_DIGEST = "profile_digest"  # the team's channel: profiles that nobody confirms
    ACCOUNT_RISK = "account_risk"  # the team's channel: accounts whose advocates rest now, or no longer
    ASSETS_END = "assets_end"  # the team's channel: what customers approved and will soon expire
    PULSE = "pulse"  # to one person: five statements, please
    PULSE_REMINDER = "pulse_reminder"  # to one person who has not answered yet
    PULSE_POST = "pulse_post"  # a channel: a pulse is open, kept up to date with the number of answers
    PULSE_RESULT = "pulse_result"  # a channel, a manager, leader or champion: what a pulse said
    SELF_CHECK = "self_check"  # to program leader or champion: the quarter's five statements, kept up to date
    NUDGE = "nudge"  # to one person: a reminder that nobody asked for
    ONBOARDING = "onboarding"  # to somebody new in a channel: one of the four messages to begin with
    CHANNEL_NUDGE = "channel_nudge"  # a function's channel: the reminder of the week
    GOAL = "goal"  # to a manager: the goal proposed for their team, kept up to date
    GOAL_NEWS = "goal_news"  # to whoever proposed one, asked for it, or answers for it: agreed, answered, how it ended
    GOAL_POST = "goal_post"  # a channel: how far its team is, once a month
    PLAN_TASK = "plan_task"  # to whoever has tasks in the launch plan: near, due or late, kept up to date
    PLAN_NEWS = "plan_news"  # to whoever runs a launch plan: what is late; to leader and champion: all is done
    PLAN_POST = "plan_post"  # a channel: what the launch plan has for it on that day
    CONVERSATION = "conversation"  # to a coach: conversations that they planned; it names nobody
    CAMPAIGN = "campaign"  # to a relationship owner: customers of theirs that a target seeks
    CAMPAIGN_POST = "campaign_post"  # a channel: who is sought
    CAMPAIGN_NEWS = "campaign_news"  # to whoever started it and the team: how it ended, or who can't be asked
    MECHANISM_INVITATION = "mechanism_invitation"  # to an owner or the team: would this customer join, kept up to date
    MECHANISM_NEWS = "mechanism_news"  # to whoever invited: how it was answered
    MECHANISM_MEETING = "mechanism_meeting"  # to owners and whoever sees to it: it comes, it changed, who came?
    ERASURE = "erasure"  # in the place of a message that spoke of somebody who was erased; never a message of its own
    NOTICE = "notice"  # to admins: something needs their hand


class Turn(IntEnum):
    """Who goes first where the budget has not room for all that nobody asked for."""

    PULSE = 1
    ONBOARDING = 2
    CAMPAIGN = 3
    NUDGE = 4


@dataclass(frozen=True, slots=True)
class Unasked:
    """What a message that nobody asked for takes of its reader's budget (domain.budget), and whose turn it is."""

    cost: int
    turn: Turn


@dataclass(frozen=True, slots=True)
class Rule:
    """How a kind of message is handled. What is not `unasked` is an answer, an alert or an approval: not counted."""

    lane: Lane
    in_doubt: InDoubt
    unasked: Unasked | None = None


RULES: Mapping[Kind, Rule] = MappingProxyType(
    {
        Kind.NOMINATION_ALERT: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.NOMINATION_NEWS: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.QUESTION: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.INTRODUCTION: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.WIN: Rule(Lane.BULK, InDoubt.DROP),
        Kind.REVIEW_DIGEST: Rule(Lane.BULK, InDoubt.DROP),
        Kind.REQUEST_ALERT: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.REQUEST_ESCALATION: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.REQUEST_NEWS: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.APPROVAL: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.REQUEST_QUESTION: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.THANKS: Rule(Lane.BULK, InDoubt.DROP),
        Kind.SAVED_SEARCH: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.PORTFOLIO: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.HEALTH: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.ADOPTION: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.TEAM_WEEK: Rule(Lane.BULK, InDoubt.DROP),
        Kind.THANKS_DRAFT: Rule(Lane.BULK, InDoubt.SEND_AGAIN),
        Kind.THANKS_POST: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.DIGEST: Rule(Lane.BULK, InDoubt.DROP),
        Kind.REQUEST_REPORT: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.USE_REPORT: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.VALUE: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.PROFILE_CHECK: Rule(Lane.BULK, InDoubt.SEND_AGAIN),
        Kind.PROFILE_NEWS: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.PROFILE_DIGEST: Rule(Lane.BULK, InDoubt.DROP),
        Kind.ACCOUNT_RISK: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.ASSETS_END: Rule(Lane.BULK, InDoubt.DROP),
        Kind.PULSE: Rule(Lane.BULK, InDoubt.SEND_AGAIN, Unasked(2, Turn.PULSE)),  # its reminders are paid for
        Kind.PULSE_REMINDER: Rule(Lane.BULK, InDoubt.DROP),
        Kind.PULSE_POST: Rule(Lane.BULK, InDoubt.SEND_AGAIN),
        Kind.PULSE_RESULT: Rule(Lane.BULK, InDoubt.SEND_AGAIN),
        Kind.SELF_CHECK: Rule(Lane.BULK, InDoubt.SEND_AGAIN),
        Kind.NUDGE: Rule(Lane.BULK, InDoubt.DROP, Unasked(1, Turn.NUDGE)),
        Kind.ONBOARDING: Rule(Lane.BULK, InDoubt.DROP, Unasked(1, Turn.ONBOARDING)),
        Kind.CHANNEL_NUDGE: Rule(Lane.BULK, InDoubt.DROP, Unasked(1, Turn.NUDGE)),
        Kind.GOAL: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.GOAL_NEWS: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.GOAL_POST: Rule(Lane.BULK, InDoubt.DROP, Unasked(1, Turn.NUDGE)),
        Kind.PLAN_TASK: Rule(Lane.BULK, InDoubt.DROP),
        Kind.PLAN_NEWS: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.PLAN_POST: Rule(Lane.BULK, InDoubt.DROP, Unasked(1, Turn.CAMPAIGN)),
        Kind.CONVERSATION: Rule(Lane.BULK, InDoubt.DROP),
        Kind.CAMPAIGN: Rule(Lane.BULK, InDoubt.DROP, Unasked(1, Turn.CAMPAIGN)),
        Kind.CAMPAIGN_POST: Rule(Lane.BULK, InDoubt.DROP, Unasked(1, Turn.CAMPAIGN)),
        Kind.CAMPAIGN_NEWS: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.MECHANISM_INVITATION: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.MECHANISM_NEWS: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
        Kind.MECHANISM_MEETING: Rule(Lane.BULK, InDoubt.SEND_AGAIN),
        Kind.ERASURE: Rule(Lane.BULK, InDoubt.SEND_AGAIN),
        Kind.NOTICE: Rule(Lane.INTERACTIVE, InDoubt.SEND_AGAIN),
    }
)


UNASKED: Mapping[Kind, int] = MappingProxyType(
    {kind: rule.unasked.cost for kind, rule in RULES.items() if rule.unasked}
)
"""What each kind of message costs that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message ready for Slack: Block Kit blocks and the text that notifications and screen readers use."""

    text: str
    blocks: tuple[dict[str, Any], ...] = ()

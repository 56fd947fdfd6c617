"""Who may do what: one table, and the sentence for everybody else.

Decides nothing about whether the act itself is possible now; that is up to the state machines.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from domain.errors import NotAllowed
from domain.people import Actor, Role, Standing


class Relation(StrEnum):
    """What ties a person to the very thing acted on; looked up by the caller for each act."""

    ACCOUNT_OWNER = "account owner"
    NOMINATOR = "nominator"
    REQUESTER = "requester"
    APPROVED_REQUESTER = "approved requester"
    MANAGER_OF = "manager of"


class Action(StrEnum):
    """Everything that needs a permission; the value completes "Only … can …"."""

    NOMINATE = "nominate a customer"
    ENDORSE = "endorse a nomination"
    LOOK_UP = "look up advocates"
    REQUEST = "request an advocate"
    ANSWER_PULSE = "answer a pulse"
    WITHDRAW = "withdraw a nomination"
    ANSWER_QUESTION = "answer a question about a nomination"

    SEE_CONTACT = "see a customer's email and phone"
    SEE_INTERVIEW_NOTES = "see interview notes"
    SEE_QUEUE = "see the queue of open nominations"
    REVIEW = "review nominations"
    RECORD_INTRODUCTION = "record an introduction"
    EDIT_PROFILE = "edit an advocate's profile"
    PUBLISH = "publish an advocate's profile"
    FULFIL_REQUEST = "fulfil requests"
    CANCEL_REQUEST = "cancel a request"
    SCHEDULE_REQUEST = "schedule what was approved"
    TELL_OUTCOME = "tell how it went"
    LOG_TOUCH = "log a use of an advocate"
    USE_ASSET = "use what a customer has approved"
    EDIT_ASSETS = "edit what customers have approved"
    APPROVE_USE = "approve the use of a customer"
    OVERRIDE_APPROVAL = "override the relationship owner's approval"
    OVERRIDE_CAP = "override the protection from too many requests"

    SEE_TEAM_PULSE = "see a team's pulse results"
    SEE_ALL_PULSES = "see the pulse results of every group"
    SEE_TEAM_ADOPTION = "see how a team takes part"
    SEE_ADOPTION = "see who uses the program"
    SEE_HEALTH = "see the program's health"
    SEND_DIGEST = "send the monthly digest"
    SEND_THANKS = "thank everybody for the month"
    SEE_CHECKLISTS = "see the leadership checklists"
    ANSWER_SELF_CHECK = "answer the leadership self-check"
    SEE_RESISTANCE_LOG = "see the resistance log"
    SEE_RESISTANCE_NAMES = "see names in the resistance log"
    SWITCH_LOG = "switch the resistance log on or off"

    EDIT_SETTINGS = "change settings"
    EDIT_ROLES = "change roles"
    KEEP_APART = "say that two words differ"
    CHECK_PROFILE = "say whether that profile is still right"
    SEE_VALUE = "see what advocacy does for the business"
    SEE_TARGETS = "see targets and what they lack"
    EDIT_TARGETS = "change targets"
    SEE_GOALS = "see the goals of every team"
    PROPOSE_GOALS = "propose a team's goals"
    ANSWER_GOAL = "answer for that team's goal"
    SEE_PLAN = "see the whole launch plan"
    EDIT_PLAN = "change the launch plan"
    RUN_CAMPAIGNS = "run campaigns"
    RUN_MECHANISMS = "run programs such as an advisory board"
    ANSWER_INVITATION = "answer an invitation for that customer"
    EDIT_SCHEDULES = "change schedules"
    IMPORT = "import data"
    EXPORT = "export data"
    ERASE = "erase a person's data"
    DO_NOT_CONTACT = "see and change the do-not-contact list"
    SEE_UNKNOWN_PEOPLE = "see the people without a known function"
    SEE_DEAD_LETTERS = "see messages that could not be delivered"


@dataclass(frozen=True, slots=True)
class Grant:
    """Any one of these roles or relations is enough. Role.MEMBER stands for every full member."""

    roles: frozenset[Role] = frozenset()
    relations: frozenset[Relation] = frozenset()


def _grant(*holders: Role | Relation) -> Grant:
    return Grant(
        frozenset(holder for holder in holders if isinstance(holder, Role)),
        frozenset(holder for holder in holders if isinstance(holder, Relation)),
    )


_EVERYBODY = _grant(Role.MEMBER)
_NOMINATOR = _grant(Relation.NOMINATOR)
_REVIEWERS = _grant(Role.TEAM, Role.LEADER)
_TEAM = _grant(Role.TEAM)
_OF_THE_REQUEST = _grant(Role.TEAM, Role.LEADER, Relation.REQUESTER)
_ALL_GROUPS = _grant(Role.LEADER, Role.CHAMPION, Role.CHANGE_PARTNER)
_AT_THE_HELM = _grant(Role.LEADER, Role.CHAMPION)
_OPERATORS = _grant(Role.LEADER, Role.ADMIN)

ALLOWED: Mapping[Action, Grant] = MappingProxyType(
    {
        Action.NOMINATE: _EVERYBODY,
        Action.ENDORSE: _EVERYBODY,
        Action.LOOK_UP: _EVERYBODY,
        Action.REQUEST: _EVERYBODY,
        Action.ANSWER_PULSE: _EVERYBODY,
        Action.WITHDRAW: _NOMINATOR,
        Action.ANSWER_QUESTION: _NOMINATOR,
        # The leader plans and measures, and needs nobody's telephone number for that.
        Action.SEE_CONTACT: _grant(Role.TEAM, Relation.ACCOUNT_OWNER, Relation.APPROVED_REQUESTER),
        Action.SEE_INTERVIEW_NOTES: _TEAM,
        Action.SEE_QUEUE: _REVIEWERS,
        Action.REVIEW: _REVIEWERS,
        Action.RECORD_INTRODUCTION: _grant(Role.TEAM, Role.LEADER, Relation.ACCOUNT_OWNER),
        Action.EDIT_PROFILE: _REVIEWERS,
        Action.PUBLISH: _REVIEWERS,
        Action.FULFIL_REQUEST: _REVIEWERS,
        Action.CANCEL_REQUEST: _OF_THE_REQUEST,
        Action.SCHEDULE_REQUEST: _OF_THE_REQUEST,
        Action.TELL_OUTCOME: _OF_THE_REQUEST,
        Action.LOG_TOUCH: _EVERYBODY,
        Action.USE_ASSET: _EVERYBODY,
        Action.EDIT_ASSETS: _REVIEWERS,
        Action.APPROVE_USE: _grant(Relation.ACCOUNT_OWNER),
        Action.OVERRIDE_APPROVAL: _TEAM,
        Action.OVERRIDE_CAP: _TEAM,
        Action.SEE_TEAM_PULSE: _grant(Relation.MANAGER_OF),
        Action.SEE_ALL_PULSES: _ALL_GROUPS,
        Action.SEE_TEAM_ADOPTION: _grant(Relation.MANAGER_OF),
        Action.SEE_ADOPTION: _ALL_GROUPS,
        Action.SEE_HEALTH: _AT_THE_HELM,
        Action.SEND_DIGEST: _AT_THE_HELM,
        Action.SEND_THANKS: _AT_THE_HELM,
        # What somebody says of themselves is between the two whom it is about.
        Action.SEE_CHECKLISTS: _AT_THE_HELM,
        Action.ANSWER_SELF_CHECK: _AT_THE_HELM,
        Action.SEE_RESISTANCE_LOG: _ALL_GROUPS,
        # Change partners coach groups; who resists is between the leader and that person.
        Action.SEE_RESISTANCE_NAMES: _AT_THE_HELM,
        Action.SWITCH_LOG: _grant(Role.LEADER),
        Action.EDIT_SETTINGS: _OPERATORS,
        Action.EDIT_ROLES: _OPERATORS,
        Action.KEEP_APART: _grant(Role.TEAM, Role.LEADER, Role.ADMIN),
        Action.CHECK_PROFILE: _grant(Role.TEAM, Role.LEADER, Relation.ACCOUNT_OWNER),
        Action.SEE_VALUE: _grant(Role.TEAM, Role.LEADER, Role.CHAMPION, Role.ADMIN),
        # The team fills the gaps, and the champion asks for them.
        Action.SEE_TARGETS: _grant(Role.TEAM, Role.LEADER, Role.CHAMPION, Role.ADMIN),
        Action.EDIT_TARGETS: _OPERATORS,
        Action.SEE_GOALS: _ALL_GROUPS,
        Action.PROPOSE_GOALS: _grant(Role.LEADER),
        # A goal that somebody else agreed to is nobody's.
        Action.ANSWER_GOAL: _grant(Relation.MANAGER_OF),
        Action.SEE_PLAN: _ALL_GROUPS,
        Action.EDIT_PLAN: _grant(Role.LEADER),
        Action.RUN_CAMPAIGNS: _REVIEWERS,
        Action.RUN_MECHANISMS: _REVIEWERS,
        Action.ANSWER_INVITATION: _grant(Role.TEAM, Role.LEADER, Relation.ACCOUNT_OWNER),
        Action.EDIT_SCHEDULES: _OPERATORS,
        Action.IMPORT: _OPERATORS,
        Action.EXPORT: _OPERATORS,
        Action.ERASE: _OPERATORS,
        Action.DO_NOT_CONTACT: _grant(Role.TEAM, Role.LEADER, Role.ADMIN),
        Action.SEE_UNKNOWN_PEOPLE: _OPERATORS,
        Action.SEE_DEAD_LETTERS: _OPERATORS,
    }
)

HOLDERS: Mapping[Role | Relation, str] = MappingProxyType(
    {
        Role.TEAM: "the advocacy team",
        Role.LEADER: "the program leader",
        Role.CHAMPION: "the executive champion",
        Role.CHANGE_PARTNER: "a change partner",
        Role.ADMIN: "an Everboard admin",
        Relation.ACCOUNT_OWNER: "the relationship owner of that account",
        Relation.REQUESTER: "whoever made or joined the request",
        Relation.APPROVED_REQUESTER: "a colleague whose request for that advocate was approved",
        Relation.NOMINATOR: "the colleague who made the nomination",
        Relation.MANAGER_OF: "the manager of those people",
    }
)
"""Those whom a refusal names, in the order in which they are best asked."""

OUTSIDERS: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.GUEST: "Guests cannot see customer data or change it. Please ask a colleague on the advocacy team.",
        Standing.STRANGER: "People from another organisation cannot see customer data or change it. "
        "Please ask the colleague who works with you here.",
        Standing.DEACTIVATED: "This Slack account is deactivated, so it can no longer do this. "
        "Please ask a Slack admin of this workspace.",
        Standing.BOT: "Apps and bots cannot do this. Please ask a colleague on the advocacy team to do it in person.",
    }
)
"""What everybody but a full member is told, whatever their roles and whatever the action."""


def may(actor: Actor, action: Action, relations: Collection[Relation] = ()) -> bool:
    """Whether this person may do this to the thing that `relations` were looked up for."""
    if actor.standing is not Standing.MEMBER:
        return False
    grant = ALLOWED[action]
    return bool(grant.roles & {*actor.roles, Role.MEMBER} or grant.relations.intersection(relations))


def check(actor: Actor, action: Action, relations: Collection[Relation] = ()) -> None:
    """Nothing when allowed; else NotAllowed with a sentence that says why and whom to ask."""
    if not may(actor, action, relations):
        raise NotAllowed(OUTSIDERS.get(actor.standing) or _refusal(action))


def _refusal(action: Action) -> str:
    grant = ALLOWED[action]
    holders = [words for holder, words in HOLDERS.items() if holder in grant.roles | grant.relations]
    *others, last = holders
    who = f"{', '.join(others)} or {last}" if others else last
    return f"Only {who} can {action}. Please ask {'one of ' if others else ''}them."

"""Every cell of the permission table, against a table written out by hand."""

from collections.abc import Iterator

import pytest

from domain.errors import NotAllowed
from domain.people import Actor, Role, Standing
from domain.permissions import ALLOWED, HOLDERS, Action, Grant, Relation, check, may

# One line for each action; the columns are the roles, then the relations. "x" is allowed.
#                             ---------- roles ----------  ---- relations ----
#                             mem own man tea lea cha chp adm  own nom asr req man
TABLE = """
NOMINATE                      x   x   x   x   x   x   x   x    x   x   x   x   x
ENDORSE                       x   x   x   x   x   x   x   x    x   x   x   x   x
LOOK_UP                       x   x   x   x   x   x   x   x    x   x   x   x   x
REQUEST                       x   x   x   x   x   x   x   x    x   x   x   x   x
ANSWER_PULSE                  x   x   x   x   x   x   x   x    x   x   x   x   x
WITHDRAW                      -   -   -   -   -   -   -   -    -   x   -   -   -
ANSWER_QUESTION               -   -   -   -   -   -   -   -    -   x   -   -   -
SEE_CONTACT                   -   -   -   x   -   -   -   -    x   -   -   x   -
SEE_INTERVIEW_NOTES           -   -   -   x   -   -   -   -    -   -   -   -   -
SEE_QUEUE                     -   -   -   x   x   -   -   -    -   -   -   -   -
REVIEW                        -   -   -   x   x   -   -   -    -   -   -   -   -
RECORD_INTRODUCTION           -   -   -   x   x   -   -   -    x   -   -   -   -
EDIT_PROFILE                  -   -   -   x   x   -   -   -    -   -   -   -   -
PUBLISH                       -   -   -   x   x   -   -   -    -   -   -   -   -
FULFIL_REQUEST                -   -   -   x   x   -   -   -    -   -   -   -   -
CANCEL_REQUEST                -   -   -   x   x   -   -   -    -   -   x   -   -
SCHEDULE_REQUEST              -   -   -   x   x   -   -   -    -   -   x   -   -
TELL_OUTCOME                  -   -   -   x   x   -   -   -    -   -   x   -   -
LOG_TOUCH                     x   x   x   x   x   x   x   x    x   x   x   x   x
USE_ASSET                     x   x   x   x   x   x   x   x    x   x   x   x   x
EDIT_ASSETS                   -   -   -   x   x   -   -   -    -   -   -   -   -
APPROVE_USE                   -   -   -   -   -   -   -   -    x   -   -   -   -
OVERRIDE_APPROVAL             -   -   -   x   -   -   -   -    -   -   -   -   -
OVERRIDE_CAP                  -   -   -   x   -   -   -   -    -   -   -   -   -
SEE_TEAM_PULSE                -   -   -   -   -   -   -   -    -   -   -   -   x
SEE_ALL_PULSES                -   -   -   -   x   x   x   -    -   -   -   -   -
SEE_TEAM_ADOPTION             -   -   -   -   -   -   -   -    -   -   -   -   x
SEE_ADOPTION                  -   -   -   -   x   x   x   -    -   -   -   -   -
SEE_HEALTH                    -   -   -   -   x   x   -   -    -   -   -   -   -
SEND_DIGEST                   -   -   -   -   x   x   -   -    -   -   -   -   -
SEND_THANKS                   -   -   -   -   x   x   -   -    -   -   -   -   -
SEE_CHECKLISTS                -   -   -   -   x   x   -   -    -   -   -   -   -
ANSWER_SELF_CHECK             -   -   -   -   x   x   -   -    -   -   -   -   -
SEE_RESISTANCE_LOG            -   -   -   -   x   x   x   -    -   -   -   -   -
SEE_RESISTANCE_NAMES          -   -   -   -   x   x   -   -    -   -   -   -   -
SWITCH_LOG                    -   -   -   -   x   -   -   -    -   -   -   -   -
EDIT_SETTINGS                 -   -   -   -   x   -   -   x    -   -   -   -   -
EDIT_ROLES                    -   -   -   -   x   -   -   x    -   -   -   -   -
KEEP_APART                    -   -   -   x   x   -   -   x    -   -   -   -   -
CHECK_PROFILE                 -   -   -   x   x   -   -   -    x   -   -   -   -
SEE_VALUE                     -   -   -   x   x   x   -   x    -   -   -   -   -
SEE_TARGETS                   -   -   -   x   x   x   -   x    -   -   -   -   -
EDIT_TARGETS                  -   -   -   -   x   -   -   x    -   -   -   -   -
SEE_GOALS                     -   -   -   -   x   x   x   -    -   -   -   -   -
PROPOSE_GOALS                 -   -   -   -   x   -   -   -    -   -   -   -   -
ANSWER_GOAL                   -   -   -   -   -   -   -   -    -   -   -   -   x
SEE_PLAN                      -   -   -   -   x   x   x   -    -   -   -   -   -
EDIT_PLAN                     -   -   -   -   x   -   -   -    -   -   -   -   -
RUN_CAMPAIGNS                 -   -   -   x   x   -   -   -    -   -   -   -   -
RUN_MECHANISMS                -   -   -   x   x   -   -   -    -   -   -   -   -
ANSWER_INVITATION             -   -   -   x   x   -   -   -    x   -   -   -   -
EDIT_SCHEDULES                -   -   -   -   x   -   -   x    -   -   -   -   -
IMPORT                        -   -   -   -   x   -   -   x    -   -   -   -   -
EXPORT                        -   -   -   -   x   -   -   x    -   -   -   -   -
ERASE                         -   -   -   -   x   -   -   x    -   -   -   -   -
DO_NOT_CONTACT                -   -   -   x   x   -   -   x    -   -   -   -   -
SEE_UNKNOWN_PEOPLE            -   -   -   -   x   -   -   x    -   -   -   -   -
SEE_DEAD_LETTERS              -   -   -   -   x   -   -   x    -   -   -   -   -
"""
ROLES = (
    Role.MEMBER,
    Role.OWNER,
    Role.MANAGER,
    Role.TEAM,
    Role.LEADER,
    Role.CHAMPION,
    Role.CHANGE_PARTNER,
    Role.ADMIN,
)
RELATIONS = (
    Relation.ACCOUNT_OWNER,
    Relation.NOMINATOR,
    Relation.REQUESTER,
    Relation.APPROVED_REQUESTER,
    Relation.MANAGER_OF,
)
COLUMNS: tuple[Role | Relation, ...] = (*ROLES, *RELATIONS)
OUTSIDE = (Standing.GUEST, Standing.STRANGER, Standing.DEACTIVATED, Standing.BOT)


def person(*roles: Role, standing: Standing = Standing.MEMBER) -> Actor:
    return Actor("p1", "U1", "Ada", standing=standing, roles=frozenset(roles))


def cells() -> Iterator[tuple[Action, Role | Relation, bool]]:
    for line in TABLE.strip().splitlines():
        name, *marks = line.split()
        assert len(marks) == len(COLUMNS)
        for holder, mark in zip(COLUMNS, marks, strict=True):
            yield Action[name], holder, mark == "x"


def test_the_table_here_names_every_action_role_and_relation() -> None:
    assert [line.split()[0] for line in TABLE.strip().splitlines()] == [action.name for action in Action]
    assert set(ROLES) == set(Role)
    assert set(RELATIONS) == set(Relation)
    assert set(ALLOWED) == set(Action)
    assert {Standing.MEMBER, *OUTSIDE} == set(Standing)


@pytest.mark.parametrize(("action", "holder", "allowed"), list(cells()))
def test_each_role_and_each_relation_alone(action: Action, holder: Role | Relation, allowed: bool) -> None:
    actor = person(holder) if isinstance(holder, Role) else person()
    relations = (holder,) if isinstance(holder, Relation) else ()
    assert may(actor, action, relations) is allowed
    if allowed:
        check(actor, action, relations)
    else:
        with pytest.raises(NotAllowed):
            check(actor, action, relations)


@pytest.mark.parametrize("action", Action)
def test_a_full_member_without_any_role_may_what_every_member_may(action: Action) -> None:
    assert may(person(), action) is (
        action
        in {
            Action.NOMINATE,
            Action.ENDORSE,
            Action.LOOK_UP,
            Action.REQUEST,
            Action.ANSWER_PULSE,
            Action.LOG_TOUCH,
            Action.USE_ASSET,
        }
    )


@pytest.mark.parametrize("standing", OUTSIDE)
@pytest.mark.parametrize("action", Action)
def test_no_outsider_may_do_anything_whatever_roles_and_relations(action: Action, standing: Standing) -> None:
    everything = person(*Role, standing=standing)
    assert not may(everything, action, tuple(Relation))
    with pytest.raises(NotAllowed):
        check(everything, action, tuple(Relation))


@pytest.mark.parametrize("action", Action)
def test_somebody_with_every_role_and_relation_may_do_everything(action: Action) -> None:
    assert may(person(*Role), action, tuple(Relation))


@pytest.mark.parametrize("action", Action)
def test_roles_add_up_and_never_take_away(action: Action) -> None:
    for first in Role:
        for second in Role:
            either = may(person(first), action) or may(person(second), action)
            assert may(person(first, second), action) is either


SENTENCES = [
    (Action.REVIEW, "Only the advocacy team or the program leader can review nominations. Please ask one of them."),
    (Action.SEE_INTERVIEW_NOTES, "Only the advocacy team can see interview notes. Please ask them."),
    (
        Action.SEE_CONTACT,
        (
            "Only the advocacy team, the relationship owner of that account or a colleague whose request for that "
            "advocate was approved can see a customer's email and phone. Please ask one of them."
        ),
    ),
    (Action.WITHDRAW, "Only the colleague who made the nomination can withdraw a nomination. Please ask them."),
    (Action.ERASE, "Only the program leader or an Everboard admin can erase a person's data. Please ask one of them."),
    (
        Action.SEE_ALL_PULSES,
        (
            "Only the program leader, the executive champion or a change partner can see the pulse results of every "
            "group. Please ask one of them."
        ),
    ),
]


@pytest.mark.parametrize(("action", "sentence"), SENTENCES)
def test_a_refusal_says_why_and_whom_to_ask(action: Action, sentence: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        check(person(), action)
    assert refused.value.message == sentence


@pytest.mark.parametrize(
    ("standing", "why", "whom"),
    [
        (Standing.GUEST, "Guests cannot see customer data", "ask a colleague on the advocacy team"),
        (Standing.STRANGER, "another organisation", "ask the colleague who works with you here"),
        (Standing.DEACTIVATED, "deactivated", "ask a Slack admin"),
        (Standing.BOT, "Apps and bots", "ask a colleague on the advocacy team"),
    ],
)
def test_an_outsider_is_told_why_and_whom_to_ask(standing: Standing, why: str, whom: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        check(person(Role.TEAM, standing=standing), Action.NOMINATE)
    assert why in refused.value.message
    assert whom in refused.value.message


def test_everybody_whom_a_grant_names_has_plain_words() -> None:
    named = {holder for grant in ALLOWED.values() for holder in grant.roles | grant.relations}
    assert named - {Role.MEMBER} == set(HOLDERS)
    assert all(grant != Grant() for grant in ALLOWED.values())

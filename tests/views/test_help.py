"""The help names what one may do, and nothing that one may not."""

from domain.people import Actor, Role
from domain.permissions import Action, may
from tests.views.reading import buttons, read
from views.help import help_for


def _help(*roles: Role) -> str:
    actor = Actor("p1", "U0SAM", "Sam", roles=frozenset(roles))
    return read(help_for(actor, [action for action in Action if may(actor, action)]))


def test_a_member_reads_the_everyday_commands() -> None:
    text = _help()
    for command in ("/nominate", "/advocates", "/pulse"):
        assert command in text
    assert "Review nominations" not in text
    assert "/advocacy settings" not in text


def test_the_team_reads_what_is_theirs() -> None:
    assert "*For your role*\n• *Review nominations*" in _help(Role.TEAM)
    assert "/advocacy settings" in _help(Role.ADMIN)


def test_nobody_is_shown_what_they_may_not_do() -> None:
    message = help_for(Actor("p", "U", ""), [])
    assert buttons(message) == {}
    assert "`/" not in read(message)

"""`everboard erase`: who it is, what goes, the question, and the erasure to its end. Decides no rule; steps do."""

from collections.abc import Callable
from typing import Annotated

import typer

from bot.data import chosen, moment, opened, prepare
from bot.looking import WorkspaceName
from bot.settings import Environment, read
from domain.erasing import Preview
from domain.errors import RuleError
from domain.people import Actor, Role
from steps import erasing
from storage import erasing as stored
from storage.database import Database
from views import erasing as view

OPERATOR = Actor("", "", "the command line", roles=frozenset({Role.MEMBER, Role.ADMIN}))
"""Whoever has the database's key may do what an admin may; the audit names nobody then."""

WAITING = "Messages in Slack are changed by `everboard serve`; the rest is erased once they are."


def erase_person(
    email: Annotated[str, typer.Argument(help="Their address; or name and company: “Ada Lovelace @ Acme”.")],
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask; for scripts.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go and change nothing.")] = False,
    workspace: WorkspaceName = None,
) -> None:
    """Erase a customer or colleague who asks to be forgotten, after showing what goes. It can't be undone."""
    settings = read(Environment)
    prepare(settings)
    with opened(settings) as db:
        workspace_id = chosen(db, moment(), workspace)
        if not dry_run:
            finish(db, workspace_id, lambda: None)  # what a run that was cut off has left
        found = db.run_now(workspace_id, erasing.preview, OPERATOR, moment(), email)
        typer.echo("\n".join(told(found)))
        if dry_run:
            return
        if not yes:
            check_again(email, typer.prompt(view.AGAIN, err=True))
        is_over = erase(db, workspace_id, found, email, lambda: typer.echo(".", err=True, nl=False))
    typer.echo(f"\nErased. {'' if is_over else WAITING}".rstrip(), err=True)


def told(found: Preview) -> list[str]:
    """What there is of them and what becomes of it, a line each."""
    return [
        found.called,
        view.in_short(found),
        "",
        *(f"- {one}" for one in view.consequences(found)),
        "",
        view.FOR_GOOD,
    ]


def check_again(email: str, typed: str) -> None:
    """Raises RuleError when something else was typed than before."""
    if typed.strip().casefold() != email.strip().casefold():
        raise RuleError("That isn't what you looked for; nothing was changed.")


def erase(db: Database, workspace_id: str, found: Preview, email: str, done: Callable[[], None]) -> bool:
    """Erase them step by step, with a call of `done` after each. False when what is left waits for Slack."""
    db.run_now(workspace_id, erasing.confirm, OPERATOR, moment(), found.subject, email)
    return finish(db, workspace_id, done)


def finish(db: Database, workspace_id: str, done: Callable[[], None]) -> bool:
    """Do what is left of every erasure that was begun. False when what is left waits for Slack."""
    while db.run_now(workspace_id, erasing.go_on, moment()):
        done()
    return db.run_now(workspace_id, stored.unfinished) is None

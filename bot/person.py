"""`everboard person`: all that is held on one person, as one JSON document. Decides no rule; steps do."""

import json
from typing import Annotated

import typer

from bot.data import chosen, moment, opened, prepare
from bot.erasing import OPERATOR
from bot.looking import WorkspaceName
from bot.settings import Environment, read
from steps import held

LOOK_FIRST = "Look it over before you hand it on: “mentions” and “messages” may speak of other people too."


def held_on(
    email: Annotated[str, typer.Argument(help="Their address; or name and company: “Ada Lovelace @ Acme”.")],
    workspace: WorkspaceName = None,
) -> None:
    """Write all that is held on a customer or colleague who asks, as one JSON document."""
    settings = read(Environment)
    prepare(settings)
    with opened(settings) as db:
        found = db.run_now(chosen(db, moment(), workspace), held.on, OPERATOR, moment(), email)
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    typer.echo(LOOK_FIRST, err=True)

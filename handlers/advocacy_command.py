"""`/advocacy`: what the word after it leads to, and the help for one's role. Decides no permission."""

from domain import permissions
from domain.messages import Rendered
from domain.moment import Moment
from domain.people import Actor
from handlers import (
    about_me,
    adoption,
    adoption_list,
    credit,
    digest,
    do_not_contact,
    erasing,
    health,
    launch_plan,
    mechanisms,
    nudge_plans,
    request_report,
    resistance,
    schedule,
    settings,
    setup,
    targets,
    team_goals,
    team_week,
    use_report,
    value,
)
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from storage.guard import GuardedSession
from views import help as help_view
from views import settings as view
from views.ids import Action


def register(board: Switchboard, house: House) -> None:
    """Listen to the command and to the button for help."""
    board.command("/advocacy")(answered(house, advocacy))
    board.action(Action.HELP.value)(answered(house, show_help))


async def advocacy(act: Act) -> None:
    """`/advocacy WORD` leads to what the word means; anything else says what there is."""
    await act.args.ack()
    word = (act.body.get("text") or "").strip().casefold()
    await next((lead for words, lead in WAYS if word in words), show_help)(act)


async def show_help(act: Act) -> None:
    """The commands for one's role, privately."""
    if not act.body.get("command"):
        await act.args.ack()
    message = await act.read(help_message)
    if act.view:
        await act.open(view.in_modal("What you can do", message))
    else:
        await act.args.respond(text=message.text, blocks=message.blocks, response_type="ephemeral")


def help_message(_session: GuardedSession, actor: Actor, _moment: Moment) -> Rendered:
    """What this person can do, in plain words."""
    permissions.check(actor, permissions.Action.LOOK_UP)
    return help_view.help_for(actor, [action for action in permissions.Action if permissions.may(actor, action)])


WAYS: tuple[tuple[frozenset[str], Handler], ...] = (
    (frozenset({"settings", "setting"}), settings.open_overview),
    (frozenset({"nudges", "nudge", "reminders"}), nudge_plans.open_overview),
    (value.COMMAND, value.open_value),
    (adoption.COMMAND, adoption.open_adoption),
    (credit.COMMAND, credit.open_board),
    (schedule.COMMAND, schedule.open_calendar),
    (setup.COMMAND, setup.bring_back),
    (health.COMMAND, health.open_health),
    (request_report.COMMAND, request_report.open_report),
    (use_report.COMMAND, use_report.open_report),
    (digest.COMMAND, digest.open_digest),
    (team_week.COMMAND, team_week.open_week),
    (targets.COMMAND, targets.open_targets),
    (team_goals.COMMAND, team_goals.open_goals),
    (launch_plan.COMMAND, launch_plan.open_plan),
    (resistance.COMMAND, resistance.open_log),
    (adoption_list.COMMAND, adoption_list.open_list),
    (about_me.COMMAND, about_me.open_held),
    (mechanisms.COMMAND, mechanisms.open_list),
    (erasing.COMMAND, erasing.open_form),
    (do_not_contact.COMMAND, do_not_contact.open_list),
)
"""Words after `/advocacy`, and where they lead."""

"""All listeners of the Slack app, in one place. Decides nothing."""

from slack_bolt.async_app import AsyncApp

from handlers import (
    adoption,
    advocacy_command,
    advocates,
    advocates_command,
    approvals,
    askers,
    assets,
    campaigns,
    census,
    conversation,
    credit,
    currencies,
    digest,
    freshness,
    fulfilment,
    gifts,
    health,
    home,
    home_focus,
    home_pages,
    installation,
    lookup,
    nominations,
    nudge_library,
    nudge_plans,
    nudges,
    own_limits,
    people,
    pulse,
    pulse_answers,
    pulse_plans,
    request_news,
    request_report,
    requests,
    review,
    routing,
    schedule,
    self_checks,
    settings,
    setup,
    stages,
    targets,
    team_goals,
    team_week,
    time_zone,
    touches,
    use_report,
    value,
    vocabulary,
    volunteers,
)
from handlers.house import House
from handlers.switchboard import Switchboard

FEATURES = (
    adoption,
    advocacy_command,
    advocates,
    advocates_command,
    approvals,
    askers,
    assets,
    campaigns,
    census,
    conversation,
    credit,
    currencies,
    digest,
    freshness,
    fulfilment,
    gifts,
    health,
    home,
    home_focus,
    home_pages,
    installation,
    lookup,
    nominations,
    nudge_library,
    nudge_plans,
    nudges,
    own_limits,
    people,
    pulse,
    pulse_answers,
    pulse_plans,
    request_news,
    request_report,
    requests,
    review,
    routing,
    schedule,
    self_checks,
    settings,
    setup,
    stages,
    targets,
    team_goals,
    team_week,
    time_zone,
    touches,
    use_report,
    value,
    vocabulary,
    volunteers,
)


def announce(board: Switchboard, house: House) -> None:
    """Let every feature say what it listens to."""
    for feature in FEATURES:
        feature.register(board, house)


def register(app: AsyncApp, house: House) -> None:
    """Attach every feature's listeners."""
    board = Switchboard()
    announce(board, house)
    board.connect(app)

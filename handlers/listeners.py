"""All listeners of the Slack app, in one place. Decides nothing."""

from slack_bolt.async_app import AsyncApp

from handlers import (
    adoption,
    advocates,
    advocates_command,
    approvals,
    askers,
    assets,
    census,
    conversation,
    currencies,
    freshness,
    fulfilment,
    health,
    home,
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
    requests,
    review,
    routing,
    self_checks,
    settings,
    stages,
    targets,
    time_zone,
    touches,
    value,
    vocabulary,
    volunteers,
)
from handlers.house import House

FEATURES = (
    # Bolt asks one listener after the other whether a request is theirs, and builds its arguments each time: what
    # thousands send within the same minute is asked about first.
    pulse_answers,
    nominations,
    review,
    advocates,
    own_limits,
    advocates_command,
    lookup,
    requests,
    request_news,
    touches,
    assets,
    fulfilment,
    approvals,
    askers,
    home,
    people,
    pulse,
    pulse_plans,
    nudges,
    nudge_library,
    nudge_plans,
    settings,
    routing,
    stages,
    targets,
    volunteers,
    freshness,
    value,
    health,
    adoption,
    self_checks,
    time_zone,
    currencies,
    vocabulary,
    census,
    conversation,
    installation,
)


def register(app: AsyncApp, house: House) -> None:
    """Attach every feature's listeners."""
    for feature in FEATURES:
        feature.register(app, house)

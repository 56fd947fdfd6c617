"""What a run of the step *Nominate an advocate* hands on to the workflow. Decides nothing."""

from domain.nominations import Card
from domain.workflow_steps import Outcome

_SIGNS = str.maketrans({"<": "‹", ">": "›"})
"""The sentence is text that a workflow puts wherever it likes: without these signs nothing in it becomes a mention."""

_WORDS = {
    Outcome.NOMINATED: "{who} is nominated. The advocacy team looks at it; you hear from Everboard what becomes of it.",
    Outcome.ENDORSED: "{who} was nominated before, and your word was added. Somebody else of that name? Use /nominate.",
    Outcome.KNOWN: "{who} was nominated or endorsed by you before, so nothing was changed.",
}


def outputs(outcome: Outcome, card: Card, home: str) -> dict[str, str]:
    """The outputs by their names in manifest.yml; `home` is the address of Everboard's Home."""
    who = f"{card.contact_name} of {card.company}".translate(_SIGNS)
    return {
        "nomination_id": card.id,
        "status": outcome.value,
        "message": _WORDS[outcome].format(who=who),
        "link": home,
    }


def home_address(team_id: str, app_id: str) -> str:
    """Opens Everboard's Home in Slack, where a nominator's own nominations stand."""
    return f"slack://app?team={team_id}&id={app_id}&tab=home"

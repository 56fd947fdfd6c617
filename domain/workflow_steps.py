"""*Nominate an advocate*, the step that people put into workflows: what goes in, what comes out. Decides no rule of
nominating; those are domain.nominations'.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from domain.errors import RuleError
from domain.nominations import NOTE_LIMIT, Values

STEP = "nominate_advocate"
"""The callback_id of the step, as in manifest.yml."""

TITLES: Mapping[str, str] = {
    "contact_name": "Customer's name",
    "company": "Company",
    "why": "Why they would be a good advocate",
    "nominator": "Who nominates",
    "email": "Customer's email address",
    "title": "What they do there",
    "customer_knows": "Does the customer know?",
}
"""What the inputs are called in Workflow Builder: whoever builds a workflow knows them by nothing else."""

_SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,30}")


class Outcome(StrEnum):
    """What came of a run."""

    NOMINATED = "nominated"
    ENDORSED = "endorsed"  # a colleague was faster: this one's word counts with theirs
    KNOWN = "known"  # the same person nominated or endorsed them before


def nominator_in(inputs: Mapping[str, object]) -> str:
    """The Slack account of whoever nominates. Raises RuleError at the input for what is none."""
    given = inputs.get("nominator")
    if not isinstance(given, str) or not _SLACK_ID.fullmatch(given):
        raise not_a_person()
    return given


def not_a_person() -> RuleError:
    """What is said where nobody of this workspace is named."""
    sentence = "Choose a person of this workspace, such as the one who started the workflow or sent its form."
    return RuleError(sentence, {"nominator": sentence})


def values_in(inputs: Mapping[str, object]) -> Values:
    """What the step was given, as somebody would have typed it. Raises RuleError at an input of another kind."""
    return Values(
        contact_name=_text(inputs, "contact_name"),
        company=_text(inputs, "company"),
        why=_text(inputs, "why"),
        email=_text(inputs, "email") or None,
        title=_text(inputs, "title") or None,
        customer_knows=_yes(inputs, "customer_knows"),
    )


def _text(inputs: Mapping[str, object], name: str) -> str:
    given = inputs.get(name)
    if given is not None and not isinstance(given, str):
        sentence = "This has to be text."
        raise RuleError(sentence, {name: sentence})
    return given or ""


def _yes(inputs: Mapping[str, object], name: str) -> bool:
    given = inputs.get(name)
    if given is not None and not isinstance(given, bool):
        sentence = "This has to be yes or no."
        raise RuleError(sentence, {name: sentence})
    return bool(given)


def note_of(why: str) -> str:
    """The reason as the note of an endorsement, which holds less."""
    return why if len(why) <= NOTE_LIMIT else f"{why[: NOTE_LIMIT - 1]}…"


def complaint(error: RuleError) -> str:
    """What whoever built the workflow reads: each input by the name that it has there, and what to do."""
    said = [f"{TITLES[name]}: {sentence}" for name, sentence in error.fields.items() if name in TITLES]
    return " ".join(said) or error.message

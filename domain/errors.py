"""What a person is told when a rule stops them. Decides no rule itself."""

from collections.abc import Mapping


class RuleError(Exception):
    """A rule broken by a person; the message is the sentence that this person reads.

    `fields` maps a form field's name to the sentence to show at it; empty when the refusal
    is about the act as a whole.
    """

    def __init__(self, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields: dict[str, str] = dict(fields or {})


class NotAllowed(RuleError):
    """The person's role does not permit the action; the sentence says why and whom to ask."""


class IllegalMove(RuleError):
    """A state machine has no such move from the present state."""


class NotFound(RuleError):
    """What the person acted on is not there (any more), or belongs to somebody else."""


class AlreadyDone(RuleError):
    """The same thing was done before, by this or another person; nothing was changed."""


class Outdated(RuleError):
    """What a button or a form holds cannot be read any more: Everboard has changed since it was shown."""

"""Writing an advocate's profile: cleaned, each part within what its field holds, and nobody's work overwritten."""

from dataclasses import fields, replace

from domain import permissions
from domain.advocates import REQUIRED, Card, Profile, State, check_activities
from domain.errors import AlreadyDone, RuleError
from domain.moment import Moment
from domain.names import clean_line
from domain.nominations import LINE_LIMIT, NOTE_LIMIT, WHY_LIMIT
from domain.people import Actor
from steps import findable, saved_searches, vocabulary
from steps.advocates import locked, moved
from steps.checks import optional
from storage import profiles
from storage.guard import GuardedSession

TEXTS = {"use_cases": WHY_LIMIT, "outcomes": WHY_LIMIT, "quotes": WHY_LIMIT, "topics": NOTE_LIMIT, "links": NOTE_LIMIT}
"""Fields of several lines, and how many characters each holds."""

CODES = {"country", "region"}
"""Fields that nobody types."""


def edit_profile(
    session: GuardedSession, actor: Actor, moment: Moment, advocate_id: str, profile: Profile, version: int
) -> Card:
    """Replace the profile. Raises AlreadyDone when somebody else changed it since the form was opened."""
    permissions.check(actor, permissions.Action.EDIT_PROFILE)
    row = locked(session, advocate_id)
    if row.version != version:
        raise AlreadyDone(
            "A colleague changed this profile in the meantime. Please copy your text, reopen it and add it."
        )
    check_activities(profile.activities, profile.refused_activities)
    profile = tidied(profile)
    if row.state == State.ACTIVE.value:
        _check_still_publishable(profile)
    profiles.put_profile(row, profile)
    vocabulary.learn(session, actor.person_id, moment, findable.terms_of(profile))
    moved(session, actor, moment, row, State(row.state), "advocate.profile_edited")
    if row.state == State.ACTIVE.value:
        row.verified_at = moment.now
        findable.refresh(session, row, moment.now.date())
        saved_searches.tell(session, moment, [advocate_id])
    return profiles.one(session, advocate_id)


def _check_still_publishable(profile: Profile) -> None:
    empty = {name: "A published profile needs this." for name in REQUIRED if not getattr(profile, name)}
    if empty:
        raise RuleError("A published profile needs every field with a *.", empty)


def tidied(profile: Profile) -> Profile:
    """The same profile without control characters and stray white space. Raises RuleError naming each long field."""
    wrong: dict[str, str] = {}
    changes: dict[str, object] = {}
    for name in (item.name for item in fields(profile) if item.name not in CODES):
        try:
            changes[name] = _tidy(name, getattr(profile, name))
        except RuleError as error:
            wrong[name] = error.message
    if wrong:
        raise RuleError("Some fields need another look.", wrong)
    return replace(profile, **changes)  # type: ignore[arg-type]  # each name is a field of Profile


def _tidy(name: str, value: object) -> object:
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(filter(None, (clean_line(word, LINE_LIMIT) for word in value))))
    if not isinstance(value, str):
        return None
    return optional(value, TEXTS[name], name) if name in TEXTS else clean_line(value, LINE_LIMIT) or None

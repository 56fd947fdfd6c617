"""What people do again and again in these tests, each the way they would in Slack. Decides nothing."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.vocabulary import Activity
from sandbox.person import NotSeen, Person, Refused, Submitted

JSON = dict[str, Any]

HOSTILE = (
    "😀 שלום \u202eolleh <!channel> <@U0STELLAN> @everyone <https://evil.example/x|click> "
    "=cmd() *bold* `code` &amp; %_\\"
)
"""What must be stored as typed and never become a mention, a link or markup."""

CLEANED = HOSTILE.replace("\u202e", "")
"""The same without the sign that makes text read differently from what it is."""

MARKUP = ("<!channel", "<@U0STELLAN", "<https://evil", "<!everyone")
"""What would be there if somebody's text had become a mention or a link."""

PROFILE = {
    "title": "VP Operations",
    "industry": "Insurance",
    "country": "Germany",
    "languages": "English, German",
    "use_cases": "Rollout over nine countries",
    "activities": [Activity.REFERENCE_CALL.value],
}


def has(action_id: str) -> Any:
    """A test of a message or view: there is an element of this action."""
    return lambda surface: f"'action_id': '{action_id}'" in str(surface)


async def click_home(person: Person, action: str, containing: str = "", *, value: str | None = None) -> None:
    """Open Home and press a button in it."""
    await person.home(containing=containing)
    await _press(person, action, value, lambda: person.home(containing=containing, open_tab=False))


async def press(person: Person, modal: str, action: str, *, value: str | None = None, containing: str = "") -> None:
    """Press a button in the modal on top."""
    await _press(person, action, value, lambda: person.modal(modal, containing=containing))


async def _press(person: Person, action: str, value: str | None, look: Callable[[], Awaitable[JSON]]) -> None:
    """Where it is just being drawn anew, press the same button in the new one."""
    for _again in range(10):
        try:
            return await person.click(await look(), action, value=value)
        except Refused:
            continue
    raise NotSeen(f"no {action!r} that can be pressed in:\n{person.text_of(await look())}")


async def nominate(rep: Person, who: str, **values: Any) -> Submitted:
    """`/nominate` with a text, and the form sent with these values."""
    await rep.command("/nominate", who)
    await rep.modal("nominate")
    return await rep.submit(dict(values))


async def nominated(rep: Person, name: str, company: str = "Harbor Mutual", **values: Any) -> None:
    """A nomination that is stored, and the form closed."""
    sent = await nominate(rep, f"{name} @ {company}, runs our rollout", **values)
    assert sent.result == "update", sent
    await rep.close()


async def alert(team: Person, name: str, action: str = "nomination_accept_open") -> JSON:
    """The alert about somebody, once it has this button."""
    return await team.message("advocacy", containing=name, match=has(action))


async def accept(team: Person, name: str, **values: Any) -> None:
    """Accept; unless said otherwise the team introduces itself."""
    await team.click(await alert(team, name), "nomination_accept_open")
    await team.modal("nomination_accept")
    done = await team.submit(values or {"ourselves": True})
    assert done.result == "close", done


async def introduced(team: Person, name: str) -> None:
    """The team says that the introduction took place."""
    await team.click(await alert(team, name, "introduction_made_open"), "introduction_made_open")
    await team.modal("introduction_made")
    assert (await team.submit({})).result == "update"
    await team.close()


async def open_journey(team: Person, name: str) -> JSON:
    """The team's place for one advocate."""
    await team.click(await alert(team, name, "advocate_journey_open"), "advocate_journey_open")
    return await team.modal("advocate_journey")


async def step(team: Person, action: str, form: str, **values: Any) -> Submitted:
    """One step of the journey that is open."""
    await press(team, "advocate_journey", action)
    await team.modal(form)
    return await team.submit(dict(values))


async def journey(team: Person) -> None:
    """Interview, notes, profile, consent, publish; each form closes back onto the journey."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    steps: list[tuple[str, str, JSON]] = [
        ("interview_open", "interview_schedule", {"at": tomorrow}),
        ("interview_notes_open", "interview_notes", {"notes": "Warm, precise.", "held": ["held"]}),
        ("advocate_profile_open", "advocate_profile", PROFILE),
        (
            "advocate_consent_open",
            "advocate_consent",
            {"scopes": ["Colleagues may find them here"], "how": "By email"},
        ),
        ("advocate_publish_open", "advocate_publish", {}),
    ]
    for action, form, values in steps:
        done = await step(team, action, form, **values)
        assert done.result == "close", (form, done)


async def published(rep: Person, team: Person, name: str, company: str = "Harbor Mutual") -> None:
    """An advocate whom colleagues can find, from the nomination on."""
    await nominated(rep, name, company)
    await accept(team, name)
    await introduced(team, name)
    await open_journey(team, name)
    await journey(team)
    await team.close()

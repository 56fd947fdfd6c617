"""People at work while the bot dies and comes back. Each notes what they did, and what they were told of it.

They do what people do: who is not answered sends the same form again, or looks whether it is done already.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from sandbox.person import NotSeen, Person, Refused
from tests.chaos.office import JSON, REPS, TEAM, Office
from tests.e2e.acts import has

T = TypeVar("T")

LETTERS = "bcdfghjklmnprstvwz"
VOWELS = "aeiou"

NOT_DONE = (Refused, NotSeen)
"""What somebody sees whom nobody answered: Slack's own words, or nothing."""

PULSE = ("awareness", "desire", "knowledge", "ability", "reinforcement")


@dataclass
class Told:
    """What people were told. A name is in `nominating` once somebody began, in `nominated` once it was confirmed."""

    nominating: list[str] = field(default_factory=list)
    nominated: list[str] = field(default_factory=list)
    accepting: set[str] = field(default_factory=set)
    accepted: set[str] = field(default_factory=set)
    answering: set[str] = field(default_factory=set)
    answered: dict[str, str] = field(default_factory=dict)
    unanswered: int = 0
    """Acts that ended in no answer and were tried again."""
    surprises: list[str] = field(default_factory=list)
    """Answers that nobody should have been given."""


def word(rng: random.Random) -> str:
    """A name that resembles no other one."""
    return "".join(rng.choice(LETTERS) + rng.choice(VOWELS) for _ in range(6)).capitalize()


class Crowd:
    """Everybody who acts, until told to stop; what they have begun they finish."""

    def __init__(self, office: Office, seed: int) -> None:
        self.told = Told()
        self._office, self._seed = office, seed
        self._stop = asyncio.Event()

    async def work(self) -> None:
        """All of them at once."""
        reps = [self._nominate(rep, random.Random(f"{self._seed}{rep}")) for rep in REPS]
        await asyncio.gather(*reps, self._review(), self._answer(random.Random(self._seed)))

    def stop(self) -> None:
        """Begin nothing new."""
        self._stop.set()

    async def _nominate(self, rep: str, rng: random.Random) -> None:
        async with self._office.person(rep) as person:
            while not self._stop.is_set():
                await self._nominate_one(person, f"{word(rng)} {word(rng)}", word(rng))
                await asyncio.sleep(rng.uniform(0.2, 1.0))

    async def _nominate_one(self, person: Person, name: str, company: str) -> None:
        """Open the form, and send it until somebody says what became of it."""

        async def open_form() -> JSON:
            await person.command("/nominate", f"{name} @ {company}, runs our rollout")
            return await person.modal("nominate", containing=name)

        form = await self._until_done(open_form)
        self.told.nominating.append(name)
        while True:
            sent = await self._until_done(lambda: person.submit({}, view=form))
            if sent.result != "errors":
                break
            self.told.unanswered += 1  # told that the database is busy, at the field
            await asyncio.sleep(0.3)
        if sent.result == "update":
            self.told.nominated.append(name)
        else:
            self.told.surprises.append(f"{name}: {sent.result} {person.text_of(sent.view or {})}")
        await _close_all(person)

    async def _review(self) -> None:
        async with self._office.person(TEAM, timeout=4.0) as person:
            while not self._stop.is_set():
                open_ones = [name for name in self.told.nominated if name not in self.told.accepted]
                for name in open_ones[:1]:
                    await self._accept(person, name)
                await asyncio.sleep(0.3)

    async def _accept(self, person: Person, name: str) -> None:
        """Accept from the alert; whoever got no answer looks at the alert, which says whether it is done."""
        self.told.accepting.add(name)
        try:
            alert = await person.message("advocacy", containing=name)
            if not has("nomination_accept_open")(alert):
                self.told.accepted.add(name)  # the alert says so
                return
            await person.click(alert, "nomination_accept_open")
            form = await person.modal("nomination_accept")
            done = await person.submit({"ourselves": True}, view=form)
        except NOT_DONE:
            self.told.unanswered += 1
        else:
            if done.result == "close":
                self.told.accepted.add(name)
        await _close_all(person)

    async def _answer(self, rng: random.Random) -> None:
        waiting = list(self._office.asked)
        rng.shuffle(waiting)
        while not self._stop.is_set():
            ready = next((one for one in waiting if self._invited(one)), None)
            if ready is None:
                await asyncio.sleep(0.3)
                continue
            waiting.remove(ready)
            await self._answer_one(ready, "".join(rng.choice("45") for _ in PULSE))

    def _invited(self, user: str) -> bool:
        im = self._office.sandbox.world.find_im(user, self._office.app.bot_user_id)
        return im is not None and any(has("pulse_1")(message) for message in im.messages.values())

    async def _answer_one(self, user: str, scores: str) -> None:
        async with self._office.person(user, timeout=4.0) as person:

            async def open_form() -> JSON:
                shown = await person.message(match=has("pulse_1"))
                await person.click(shown, f"pulse_{scores[0]}")
                return await person.modal("pulse")

            form = await self._until_done(open_form)
            self.told.answering.add(user)
            given = dict(zip(PULSE, scores, strict=True))
            while True:
                sent = await self._until_done(lambda: person.submit(given, view=form))
                if sent.result == "close":
                    self.told.answered[user] = scores
                    return
                self.told.unanswered += 1
                await asyncio.sleep(0.3)

    async def _until_done(self, act: Callable[[], Awaitable[T]]) -> T:
        while True:
            try:
                return await act()
            except NOT_DONE:
                self.told.unanswered += 1
                await asyncio.sleep(0.3)


async def _close_all(person: Person) -> None:
    """Close what is open, whether the bot lives or not."""
    for view in reversed((await person._client.ask("views"))["views"]):
        with suppress(*NOT_DONE):
            await person.close(view)

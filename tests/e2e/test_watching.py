"""What operators and load balancers see of a running bot: alive, ready, and what it has done."""

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from domain.messages import Kind
from storage.outbox import Message, Status
from tests.e2e.acts import nominated
from tests.e2e.conftest import Company


async def asked(company: Company, path: str, *, metrics: bool = False) -> tuple[int, str]:
    everboard = company.everboard
    base = everboard.metrics_url if metrics else everboard.url or everboard.pages_url
    async with aiohttp.ClientSession() as session, session.get(f"{base}{path}") as answer:
        return answer.status, await answer.text()


def figures(text: str) -> dict[tuple[str, ...], float]:
    """Each sample by its name and the values of its labels, in the order of their names."""
    return {
        (sample.name, *(sample.labels[key] for key in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_it_is_alive_and_ready(company: Company) -> None:
    assert await asked(company, "/health") == (200, "ok\n")
    assert await asked(company, "/ready") == (200, "ready\n")
    assert (await asked(company, "/metrics"))[0] == 404  # not for the public


async def test_without_slack_it_is_alive_and_not_ready(company: Company) -> None:
    company.everboard.house.installations.clear()
    assert (await asked(company, "/health"))[0] == 200
    status, said = await asked(company, "/ready")
    assert (status, said) == (503, "Slack does not take the token: everboard doctor --live says why.\n")


async def test_what_it_has_done_is_counted(company: Company) -> None:
    await company.delivered()
    before = figures((await asked(company, "/metrics", metrics=True))[1])
    company.sandbox.faults.limit("chat.postMessage", retry_after=1)
    async with company.person("camille") as rep, company.person("priyanka") as team:
        await nominated(rep, "Ada Okafor")
        await team.message("advocacy", containing="Ada Okafor")
    await company.delivered()
    status, text = await asked(company, "/metrics", metrics=True)
    assert status == 200
    found = figures(text)
    assert found["everboard_workspaces",] == 1
    assert found["everboard_ack_seconds_count", "command", "200"] >= 1
    assert found["everboard_ack_seconds_count", "view", "200"] >= 1
    assert sum(found.get(("everboard_sends_total", kind, "too_fast"), 0) for kind in Kind) == 1
    sent = ("everboard_sends_total", "nomination_alert", "delivered")
    assert found[sent] > before[sent]
    for word in ("Ada", "Okafor", "camille", "U0CAMILLE", "Quorvane"):
        assert word not in text


async def test_what_waits_is_told_with_its_age(over_socket: Company) -> None:
    await over_socket.delivered()
    over_socket.sandbox.faults.refuse("chat.postMessage", "is_archived", times=None)
    async with over_socket.person("camille") as rep:
        await nominated(rep, "Ada Okafor")
    await over_socket.until(lambda: bool(over_socket.rows(Message, Message.status == Status.HELD.value)))
    _status, text = await asked(over_socket, "/metrics", metrics=True)
    found = figures(text)
    held = over_socket.rows(Message, Message.status == Status.HELD.value)
    assert 1 <= found["everboard_queue_messages", "interactive", "held"] <= len(held)
    assert found["everboard_queue_oldest_seconds", "interactive", "held"] >= 0


async def test_the_private_port_answers_the_load_balancer_too(over_socket: Company) -> None:
    assert await asked(over_socket, "/ready", metrics=True) == (200, "ready\n")

"""Calls that Slack refuses: what the answer says."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.sandbox.documented_errors import DOCUMENTED, EVERYWHERE, UNLISTED

JSON = dict[str, Any]


async def refusal(client: AsyncWebClient, method: str, **arguments: Any) -> JSON:
    """The answer of a call that must be refused."""
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=arguments)
    answer = caught.value.response.data
    assert isinstance(answer, dict)
    assert_documented(method, str(answer["error"]))
    return answer


def assert_documented(method: str, error: str) -> None:
    """Fail where Slack's documentation of a method that it has does not list the error, and nobody says why."""
    if method in DOCUMENTED:
        listed = DOCUMENTED[method] | EVERYWHERE | UNLISTED.get(method, {}).keys()
        assert error in listed, f"Slack does not say that {method} answers {error}"

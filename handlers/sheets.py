"""Rows of a report as a file in somebody's conversation with Everboard. Decides not which rows."""

from collections.abc import Awaitable
from dataclasses import dataclass

import structlog
from slack_sdk.errors import SlackApiError

from domain.errors import RuleError
from handlers.act import Act
from views.sheets import Sheet, said

log = structlog.get_logger(__name__)

NOT_ALLOWED = (
    "Everboard has no permission to send files here. Whoever installed it can add files:write and install it again; "
    "until then, everboard report with --rows writes the same file."
)
FAILED = "Slack did not take the file. Please try again in a moment; nothing was changed."


@dataclass(frozen=True, slots=True)
class Named:
    """What a file is called, and what stands in each of its lines."""

    file: str
    one: str
    many: str


async def send_sheet(act: Act, making: Awaitable[Sheet], named: Named) -> None:
    """Send the file as a direct message, and say so. Raises RuleError where Slack does not take it."""
    sheet = await making
    client = act.args.client
    try:
        opened = await client.conversations_open(users=act.user_id)
        words = said(sheet, named.one, named.many)
        await client.files_upload_v2(
            channel=opened["channel"]["id"],
            filename=named.file,
            content=sheet.data,
            title=named.file,
            initial_comment=words,
        )
    except SlackApiError as error:
        refusal = error.response.get("error")
        log.warning("file not sent", error=refusal)
        raise RuleError(NOT_ALLOWED if refusal == "missing_scope" else FAILED) from error
    await act.tell("You get it as a direct message from Everboard.")

"""How events are written to standard error. Decides no level."""

import logging
import sys

import structlog

CHATTY = ("apscheduler", "aiohttp.access", "slack_bolt", "slack_sdk", "alembic")
"""Libraries that would log whatever comes in and goes out, with names, words and tokens: warnings alone are kept."""


def configure(level: str, *, as_json: bool) -> None:
    """One line an event: JSON for machines, plain for a terminal."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = structlog.processors.JSONRenderer() if as_json else _for_a_terminal()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    tail: list[structlog.typing.Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if as_json:
        tail.append(structlog.processors.format_exc_info)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=[*tail, last], foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLevelName(level)))


def _for_a_terminal() -> structlog.dev.ConsoleRenderer:
    """With errors as Python writes them: the usual ones show every variable, names and tokens among them, and take
    seconds, in which nobody is answered."""
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)

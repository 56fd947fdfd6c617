"""Slack's Web API: one module a family of methods, one table of all of them."""

from sandbox.web_api import (
    attention,
    auth,
    blocks,
    channel_making,
    chat,
    connect_invites,
    conversations,
    files,
    functions,
    history,
    reactions,
    scheduling,
    usergroups,
    users,
    views,
)
from sandbox.web_api.calling import Method

_FAMILIES = (
    attention,
    auth,
    blocks,
    channel_making,
    chat,
    connect_invites,
    conversations,
    files,
    functions,
    history,
    reactions,
    scheduling,
    usergroups,
    users,
    views,
)

METHODS: dict[str, Method] = {method.name: method for family in _FAMILIES for method in family.METHODS}

__all__ = ["METHODS"]

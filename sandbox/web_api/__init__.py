"""Slack's Web API: one module a family of methods, one table of all of them."""

from sandbox.web_api import auth, chat, conversations, history, scheduling, usergroups, users, views
from sandbox.web_api.calling import Method

METHODS: dict[str, Method] = {
    method.name: method
    for family in (auth, chat, conversations, history, scheduling, usergroups, users, views)
    for method in family.METHODS
}

__all__ = ["METHODS"]

"""Names for the JSON that Slack and the sandbox exchange. Decides nothing: values are checked where they come in."""

from typing import Any

# Slack's objects are open dictionaries: apps send, and Slack adds, keys that no closed type could list.
JSON = dict[str, Any]

"""Enterprise organisations: which one a workspace belongs to, and how Slack names it. Decides no access."""

from sandbox.shapes import JSON


def enterprise_of(team: JSON) -> JSON | None:
    """The organisation of a workspace; None for one that stands alone."""
    if not team.get("enterprise_id"):
        return None
    return {"id": team["enterprise_id"], "name": team.get("enterprise_name", "")}


def enterprise_id(team: JSON) -> str | None:
    """The id of a workspace's organisation, if it has one."""
    return team.get("enterprise_id") or None

"""The page where a person allows an app into a workspace. Decides how it looks and what a bad address is told."""

from html import escape
from urllib.parse import urlencode

from aiohttp import web

from sandbox.oauth import Grant, OAuth, OAuthRefused
from sandbox.seeding import is_guest, is_person
from sandbox.site import Site
from sandbox.workspace import Workspace

_FIELDS = ("client_id", "scope", "redirect_uri", "state")

_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>:root{{color-scheme:light dark}}
body{{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:2rem auto;padding:0 1rem}}
label{{display:block;margin:1rem 0}}button,select{{font:inherit;padding:.4rem .8rem}}</style></head>
<body><main><h1>{title}</h1>{body}</main></body></html>"""


class OAuthPage:
    """`GET` and `POST /oauth/v2/authorize`."""

    def __init__(self, site: Site, oauth: OAuth) -> None:
        self._site = site
        self._oauth = oauth

    def routes(self) -> list[web.RouteDef]:
        """Where the server sends these requests."""
        return [
            web.get("/oauth/v2/authorize", self._ask),
            web.post("/oauth/v2/authorize", self._answer),
        ]

    async def _ask(self, request: web.Request) -> web.Response:
        """Show who asks for what."""
        values = {name: request.query.get(name, "") for name in _FIELDS}
        try:
            app = self._oauth.app(values["client_id"])
            self._oauth.redirect(app, values["redirect_uri"])
            scopes = self._oauth.scopes(app, values["scope"])
        except OAuthRefused as refused:
            return _sorry(str(refused))
        wishes = "".join(f"<li>{escape(scope)}</li>" for scope in sorted(scopes))
        hidden = "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in values.items()
        )
        body = (
            f"<p>{escape(app.name)} would like to:</p><ul>{wishes}</ul>"
            f'<form method="post">{hidden}'
            f'<label>Install it as <select name="who">{self._people(request)}</select></label>'
            '<button name="decision" value="allow">Allow</button> '
            '<button name="decision" value="cancel">Cancel</button></form>'
        )
        return _page(f"{app.name} is requesting permission", body)

    def _people(self, request: web.Request) -> str:
        """Every full member of every workspace, or of the one that the address names."""
        wanted = request.query.get("team", "")
        return "".join(
            f'<option value="{team}:{user["id"]}">{escape(user["real_name"])}, {escape(ws.world.team["name"])}</option>'
            for team, ws in self._site.workspaces.items()
            if wanted in ("", team)
            for user in ws.world.users.values()
            if is_person(user) and not user["deleted"] and not is_guest(user)
        )

    async def _answer(self, request: web.Request) -> web.Response:
        """Send the person back to the app, with a code or with their refusal."""
        try:
            form = await request.post()
        except ValueError:
            return _sorry("invalid_form_data")
        values = {name: str(form.get(name, "")) for name in _FIELDS}
        try:
            app = self._oauth.app(values["client_id"])
            back = self._oauth.redirect(app, values["redirect_uri"])
            scopes = self._oauth.scopes(app, values["scope"])
            workspace, user = self._who(str(form.get("who", "")))
        except OAuthRefused as refused:
            return _sorry(str(refused))
        told = {"state": values["state"]}
        if form.get("decision") == "allow":
            asked, now = values["redirect_uri"], self._site.monotonic()
            told = {"code": self._oauth.allow(Grant(app, workspace, user, scopes, back, asked, now)), **told}
        else:
            told = {"error": "access_denied", **told}
        raise web.HTTPFound(f"{back}{'&' if '?' in back else '?'}{urlencode(told)}")

    def _who(self, who: str) -> tuple[Workspace, str]:
        team, _, user = who.partition(":")
        workspace = self._site.workspaces.get(team)
        person = workspace.world.users.get(user) if workspace else None
        if workspace is None or person is None or person["deleted"] or is_guest(person) or not is_person(person):
            raise OAuthRefused("restricted_action")
        return workspace, user


def _sorry(error: str) -> web.Response:
    return _page("Something went wrong when authorizing this app.", f"<p>Error details: {escape(error)}</p>", 400)


def _page(title: str, body: str, status: int = 200) -> web.Response:
    text = _PAGE.format(title=escape(title), body=body)
    return web.Response(text=text, content_type="text/html", status=status)

"""The files of our web pages, and what a browser may do with each: use the style that stands in it, and no more."""

import base64
import hashlib
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

FOLDER = Path(__file__).parent / "pages"

pages = Environment(loader=FileSystemLoader(FOLDER), autoescape=True)


def policy(name: str, *, sends: bool = False) -> str:
    """The content security policy of one file. Its style is named by what it says, so that none can be put in its
    place; only a page that `sends` a form may, and only to us.
    """
    text = (FOLDER / name).read_text(encoding="utf-8")
    styles = [hashlib.sha256(style.encode()).digest() for style in re.findall(r"<style>(.*?)</style>", text, re.DOTALL)]
    allowed = " ".join(f"'sha256-{base64.b64encode(style).decode()}'" for style in styles)
    form = "'self'" if sends else "'none'"
    return f"default-src 'none'; style-src {allowed}; form-action {form}; base-uri 'none'; frame-ancestors 'none'"

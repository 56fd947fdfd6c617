"""Slack's markup: what becomes of it on screen."""

import pytest

from tests.page.conftest import Window

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# What stands in mrkdwn, and the HTML that it looks like.
LOOKS = {
    "*bold* _it_ ~gone~ `x * y`": "<strong>bold</strong> <em>it</em> <s>gone</s> <code>x * y</code>",
    "_*both*_": "<em><strong>both</strong></em>",
    "2 * 3 * 4, a*b*c, snake_case_name": "2 * 3 * 4, a*b*c, snake_case_name",
    "* not bold *": "* not bold *",
    "*open\nend*": "*open<br>end*",
    "&lt;b&gt; &amp;amp;": "&lt;b&gt; &amp;amp;",
    "<b>raw</b>": "&lt;b&gt;raw&lt;/b&gt;",
    "<https://x.example/?a=1&amp;b=2|a link>": (
        '<a href="https://x.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">a link</a>'
    ),
    "<javascript:alert(1)|click>": "&lt;javascript:alert(1)|click&gt;",
    "see https://x.example/a.": (
        'see <a href="https://x.example/a" target="_blank" rel="noopener noreferrer">https://x.example/a</a>.'
    ),
    "<@U0AMIR> <@U0NOBODY>": '<span class="mention">@Amir Haddad</span> <span class="mention">@U0NOBODY</span>',
    "<!here> <!subteam^S1|@team>": ('<span class="mention mention-me">@here</span> <span class="mention">@team</span>'),
    ":tada: :no_such_emoji: 10:30:00": '<span class="emoji" title=":tada:">🎉</span> :no_such_emoji: 10:30:00',
}

RENDER = """async (texts) => {
  const { mrkdwn } = await import("/page/mrkdwn.js");
  return texts.map((text) => {
    const frame = document.createElement("div");
    frame.append(...mrkdwn(text));
    return frame.innerHTML;
  });
}"""


async def test_inline_markup(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    shown = await page.evaluate(RENDER, list(LOOKS))
    expected = [f'<div class="lines" dir="auto">{html}</div>' for html in LOOKS.values()]
    assert shown == expected


async def test_blocks_of_text(window: Window) -> None:
    page = await window.go(as_="U0ROSA")
    line = '<div class="lines" dir="auto">{}</div>'
    looks = {
        "a\n&gt; q1\n> q2\nb": f"{line.format('a')}<blockquote>q1<br>q2</blockquote>{line.format('b')}",
        "&gt;&gt;&gt; all\nof it": "<blockquote>all<br>of it</blockquote>",
        "```\n*raw*\n```after": f'<pre tabindex="0">*raw*\n</pre>{line.format("after")}',
        "• one\n• two": line.format("• one<br>• two"),
    }
    assert await page.evaluate(RENDER, list(looks)) == list(looks.values())


async def test_dates_are_told_in_the_readers_zone(window: Window) -> None:
    page = await window.go(as_="U0NOOR")
    texts = [
        "<!date^1767225600^{date_num} {time}|x>",
        "<!date^1767225600^{date_long} {time_secs}|x>",
        "<!date^1767225600^{date_short}^https://x.example/|x>",
        "<!date^soon^{date}|x>",
    ]
    shown = await page.evaluate(RENDER.replace("frame.innerHTML", "frame.textContent"), texts)
    spaced = [text.replace("\u202f", " ") for text in shown]
    assert spaced == ["2026-01-01 5:00 AM", "Thursday, January 1, 2026 5:00:00 AM", "Jan 1, 2026", "x"]

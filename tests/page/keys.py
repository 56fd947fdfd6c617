"""Somebody without a mouse: goes where the focus leads, and never loses it."""

from playwright.async_api import Locator, Page, expect

MOST_STEPS = 120

# What has the focus, as somebody hears it; the page itself or nothing is a lost focus.
FOCUS = """() => {
  const node = document.activeElement;
  return !node || node === document.body ? null : node.outerHTML.slice(0, 160);
}"""


class Keys:
    """The keyboard of one window."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            await self.page.keyboard.press(key)

    async def write(self, text: str) -> None:
        """Type over what stands in the field that has the focus."""
        await self.page.keyboard.press("ControlOrMeta+a")
        await self.page.keyboard.type(text)

    async def to(self, wanted: Locator, key: str = "Tab") -> None:
        """Press a key until something has the focus. Fails when the focus is lost on the way, or never comes there."""
        await expect(wanted.first).to_be_visible()
        for _ in range(MOST_STEPS):
            if await wanted.and_(self.page.locator(":focus")).count():
                return
            await self.page.keyboard.press(key)
        raise AssertionError(f"{key} does not lead to {wanted} but to {await self.page.evaluate(FOCUS)}")

    async def use(self, wanted: Locator, key: str = "Tab") -> None:
        """Go to something and press Enter."""
        await self.to(wanted, key)
        await self.page.keyboard.press("Enter")

    async def kept(self) -> None:
        """The focus is somewhere: nothing that was closed or redrawn took it away."""
        await self.page.wait_for_timeout(0)
        assert await self.page.evaluate(FOCUS), "the focus is lost"

    async def act_as(self, words: str) -> None:
        """Become somebody else."""
        acting = self.page.get_by_role("button", name="Acting as")
        await self.to(acting, "Shift+Tab")
        await self.press("Enter")
        await self.page.keyboard.type(words)
        await self.press("Enter")
        await expect(acting).to_contain_text(words)
        await self.kept()

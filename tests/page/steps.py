"""What people do on the page again and again, and where they look."""

from playwright.async_api import Locator, Page, expect


def messages(where: Page | Locator) -> Locator:
    """The messages on screen, oldest first."""
    return where.locator(".message")


def rail(page: Page) -> Locator:
    """The navigation at the left."""
    return page.get_by_role("navigation", name="Channels and apps")


async def act_as(page: Page, words: str) -> None:
    """Switch to somebody by typing a part of their name, title or role."""
    await page.get_by_role("button", name="Acting as").click()
    await page.get_by_label("Find a person").fill(words)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Act as")).to_be_hidden()


async def type_command(page: Page, text: str) -> None:
    """Type into the composer of the channel and press Enter."""
    composer = page.get_by_role("textbox", name="Message")
    await composer.fill(text)
    await composer.press("Enter")

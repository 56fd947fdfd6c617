"""The order in which windows are drawn."""

import asyncio

import pytest

from handlers import windows
from handlers.windows import Windows


async def drawn(house: Windows, view_id: str, read: int) -> bool:
    async with house.drawing(view_id, read) as is_newest:
        return is_newest


@pytest.mark.asyncio
async def test_what_was_read_earlier_is_not_drawn_over_what_was_read_later() -> None:
    house = Windows()
    first, second = house.now(), house.now()
    assert await drawn(house, "V1", second)
    assert not await drawn(house, "V1", first)
    assert await drawn(house, "V2", first)  # another window
    assert await drawn(house, "V1", second)  # the same act draws twice
    assert await drawn(house, "V1", house.now())


@pytest.mark.asyncio
async def test_one_at_a_time() -> None:
    house, order = Windows(), []

    async def draw(read: int, pause: asyncio.Event | None = None) -> None:
        async with house.drawing("V1", read):
            if pause is not None:
                await pause.wait()
            order.append(read)

    pause = asyncio.Event()
    older = asyncio.create_task(draw(house.now(), pause))
    await asyncio.sleep(0)
    newer = asyncio.create_task(draw(house.now()))
    await asyncio.sleep(0)
    pause.set()
    await asyncio.gather(older, newer)
    assert order == [1, 2]


@pytest.mark.asyncio
async def test_it_forgets_old_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "KEPT", 2)
    house = Windows()
    newest = house.now(), house.now()
    for name in ("V1", "V2", "V3"):
        assert await drawn(house, name, newest[1])
    assert await drawn(house, "V1", newest[0])
    assert not await drawn(house, "V3", newest[0])

"""The team hears once of accounts whose advocates rest, and once when they need not any more."""

from datetime import timedelta

from sqlalchemy import select, update

from domain.messages import Kind
from domain.settings import Settings
from steps import account_risk
from steps.account_risk import MOST_TOLD
from storage.accounts import Account
from storage.outbox import Message
from tests.steps.crowd import PLAIN, Crowd
from tests.steps.crowd import crowd as crowd  # noqa: PLC0414  # a fixture
from tests.worlds import counted


def told(crowd: Crowd) -> list[Message]:
    """What the job has to say now."""
    query = select(Message).where(Message.kind == Kind.ACCOUNT_RISK.value).order_by(Message.id)

    def all_of_it() -> list[Message]:
        found: list[Message] = crowd.world.do(crowd.id, lambda session: list(session.scalars(query)))
        return found

    before = {one.id for one in all_of_it()}
    crowd.world.do(crowd.id, account_risk.tell, crowd.world.moment(), Settings())
    return [one for one in all_of_it() if one.id not in before]


def change(crowd: Crowd, name: str, **facts: object) -> None:
    """What an import would change of an advocate's account."""
    query = update(Account).where(Account.name == f"{name} Inc").values(**facts)
    crowd.world.do(crowd.id, lambda session: session.execute(query) and None)


def test_in_trouble_and_back_to_normal_are_told_once_each(crowd: Crowd) -> None:
    crowd.add("Ada", health="green")
    crowd.add("Bea")
    assert told(crowd) == []
    change(crowd, "Ada", health="red")
    [message] = told(crowd)
    assert message.target == "role:advocacy"
    assert "Ada Inc* is in trouble (health: red): Ada" in str(message.blocks)
    assert told(crowd) == []
    change(crowd, "Ada", health="green")
    [message] = told(crowd)
    assert "Back to normal" in str(message.blocks)
    assert "Ada Inc" in str(message.blocks)
    assert told(crowd) == []


def test_a_renewal_is_told_when_it_comes_near_and_when_it_is_over(crowd: Crowd) -> None:
    today = crowd.world.now.date()
    crowd.add("Ada", renewal_on=today + timedelta(days=31))
    assert told(crowd) == []
    crowd.world.now += timedelta(days=1)
    [message] = told(crowd)
    assert "Ada Inc* renews on " in str(message.blocks)
    crowd.world.now += timedelta(days=31)
    [message] = told(crowd)
    assert "Back to normal" in str(message.blocks)


def test_whose_advocates_nobody_asks_anyway_are_not_told(crowd: Crowd) -> None:
    crowd.add("Ada", health="red", state="retired")
    assert told(crowd) == []


def test_many_are_one_message_in_a_constant_number_of_statements(crowd: Crowd) -> None:
    many = MOST_TOLD + 5
    crowd.add_many({f"Ada {number:02}": PLAIN for number in range(many)}, health="yellow")
    with counted(crowd.world.db) as statements:
        [message] = told(crowd)
    assert f"{many} customer accounts stand otherwise than before." in message.text
    assert "And 5 more" in str(message.blocks)
    assert len(statements) < 16
    assert told(crowd) == [], "those that were only counted are told too"

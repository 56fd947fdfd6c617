"""Settings show what holds, and forms give back what they show."""

from types import SimpleNamespace

from domain.people import Function, Role
from domain.retention import KEPT
from domain.settings import NUMBERS, ChannelRole, Settings
from tests.views.reading import buttons, field, filled, read
from views import channels, people, roles, undelivered
from views import settings as view
from views.channels import Risk
from views.ids import Action

FOUND = Settings(
    channels={ChannelRole.ADVOCACY: "C0ADV"},
    function_groups={"S1": "sales"},
    role_groups={"S1": Role.TEAM.value, "S2": Role.LEADER.value},
)


def test_the_overview_shows_everything() -> None:
    shown = view.overview(FOUND, {ChannelRole.ADVOCACY: "C0ADV"}, {Role.TEAM: ["U0KIM", "U0SAM"]}, can_edit=True)
    text = read(shown)
    for part in (
        "A nomination is reviewed within *7 days*",
        "Alerts for the advocacy team: <#C0ADV>",
        "Wins, for everybody: none (there is no channel named advocacy-wins)",
        "Advocacy team: <@U0KIM> and <@U0SAM>",
        "Admin: nobody yet",
        "2 user groups stand for functions or roles",
    ):
        assert part in text
    changes = [button["action_id"] for button in buttons(shown).values()]
    assert Action.DEAD_LETTERS in changes


def test_a_member_may_look_but_not_change() -> None:
    shown = view.overview(FOUND, {}, {}, can_edit=False)
    assert buttons(shown) == {}
    assert "The program leader or an Everboard admin can change these." in read(shown)


def test_numbers_come_back_with_their_bounds_said() -> None:
    for shown, asked in ((view.numbers(FOUND), NUMBERS.keys() - KEPT.keys()), (view.kept(FOUND), KEPT.keys())):
        assert view.numbers_from(filled(shown)) == {key: str(NUMBERS[key].default) for key in asked}
    assert "1 to 60, usually 7. After a week the nominator thinks nobody cares." in read(view.numbers(FOUND))
    assert "30 to 3650, usually 730. After two years, asking again says more." in read(view.kept(FOUND))


def test_channels_come_back() -> None:
    shown = channels.channels(FOUND, {ChannelRole.WINS: "C0WIN"})
    chosen = channels.channels_from(filled(shown))
    assert chosen[ChannelRole.ADVOCACY] == "C0ADV"
    assert chosen[ChannelRole.WINS] == "C0WIN"
    assert chosen[ChannelRole.SALES] is None
    assert "choose a private channel" in read(shown)


def test_roles_come_back() -> None:
    shown = roles.roles({Role.ADMIN: ["U0KIM"]})
    chosen = roles.roles_from(filled(shown))
    assert chosen[Role.ADMIN] == ("U0KIM",)
    assert chosen[Role.TEAM] == ()
    assert field(shown, "admin")["optional"] is False


def test_more_holders_than_find_room_are_told_of() -> None:
    many = [f"U{at:05}" for at in range(140)]
    shown = roles.roles({Role.TEAM: many, Role.ADMIN: ["U0KIM"]})
    assert "40 more colleagues of this role, who find no room here, keep it" in read(shown)
    assert roles.roles_shown(shown)[Role.TEAM] == tuple(many[:100])
    assert roles.roles_shown(shown)[Role.LEADER] == ()


def test_user_groups_come_back() -> None:
    shown = roles.groups([("S2", "leads", "Leads"), ("S1", "emea", "EMEA"), ("S3", "all", "All")], FOUND)
    assert roles.groups_from(filled(shown)) == (FOUND.function_groups, FOUND.role_groups)
    assert "@emea (EMEA)" in read(shown)


def test_groups_that_mean_something_are_never_cut() -> None:
    many = [(f"S{at}", f"a{at}", "x") for at in range(10, 200)] + [("S1", "zz", "Last")]
    shown = roles.groups(many, FOUND)
    assert roles.groups_from(filled(shown))[0] == {"S1": "sales"}
    assert "And 101 more that stand for nothing yet." in read(shown)


def test_without_user_groups() -> None:
    assert "has no user groups" in read(roles.groups([], FOUND))


def test_unknown_people_are_named() -> None:
    assert "<@U0KIM>\n<@U0SAM>" in read(people.unknown_people([("U0KIM", "Kim"), ("U0SAM", "Sam")]))
    assert "Everybody's function is known." in read(people.unknown_people([]))


def test_problems_say_what_to_do() -> None:
    dead = SimpleNamespace(id="01M", target="U0KIM", status="dead", reason="user_not_found")
    held = SimpleNamespace(id="02M", target="role:advocacy", status="held", reason="not_in_channel")
    odd = SimpleNamespace(id="03M", target="C0X", status="dead", reason="<odd>")
    text = read(undelivered.problems([dead, held, odd]))
    assert "*To <@U0KIM>*\nSlack does not know this person any more." in text
    assert "*To the channel for: Alerts for the advocacy team*\nI'm not a member of the channel for" in text
    assert "*To <#C0X>*\n&lt;odd&gt;" in text
    assert buttons(undelivered.problems([dead]))["Try again"]["value"] == "01M"
    assert buttons(undelivered.problems([held])) == {}
    assert "Every message was delivered." in read(undelivered.problems([]))


def test_the_function_comes_back() -> None:
    form = people.about_you(None, None)
    typed = filled(form)
    typed["function"]["function"]["selected_option"] = {"value": "customer success"}
    typed["manager"]["manager"]["selected_user"] = "U0SAM"
    assert people.about_you_from(typed) == (Function.CUSTOMER_SUCCESS, "U0SAM")
    assert people.about_you_from(filled(people.about_you(Function.SALES, "U0KIM"))) == (Function.SALES, "U0KIM")


def test_what_is_risky_about_the_alerts_channel_is_said_where_it_is_chosen() -> None:
    risky = channels.channels(Settings(), {}, [Risk.PUBLIC, Risk.GUESTS])
    assert "is public" in read(risky)
    assert "has guests" in read(risky)
    assert "the channel for them" not in read(channels.channels(Settings(), {}))

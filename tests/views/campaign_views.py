"""What campaigns look like, with whatever words and numbers they may have. Does not decide what is right."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.campaigns import TEXT_LIMIT, Customer, End, Plan, Preview, Progress, Recipient, State
from domain.portfolio import Measured, Target
from tests.views import samples
from tests.views.reading import Shown
from views import campaign_messages, campaigns

_texts = samples.hostile.map(lambda text: text[:TEXT_LIMIT])
DAY = date(2026, 5, 3)
_plans = st.builds(
    lambda text, channels: Plan("01TARGET", text, tuple(f"C{at}" for at in range(channels)), DAY),
    _texts,
    st.integers(0, 10),
)
_recipients = st.builds(Recipient, st.sampled_from([None, "C1"]), st.just("U0SAM"), st.integers(0, 9999), st.booleans())
_measured = st.builds(
    lambda name: Measured(Target("01TARGET", name[:80], {}, 9, DAY), 3, 2),
    samples.hostile,
)
_previews = st.builds(
    Preview, _plans, _measured, st.lists(_recipients, min_size=1, max_size=90).map(tuple), st.integers(0, 9)
)
_progress = st.builds(
    Progress,
    st.just("01CAMPAIGN"),
    samples.hostile,
    st.sampled_from(State),
    st.sampled_from([None, *End]),
    _texts,
    st.sampled_from([None, "U0SAM"]),
    st.just(DAY),
    *(st.integers(0, 1000) for _ in range(7)),
    gone=st.lists(samples.hostile, max_size=30).map(tuple),
    stuck=st.sampled_from([(), ("C1", "U0SAM")]),
    may_run=st.booleans(),
)
_customers = st.lists(samples.hostile, min_size=1, max_size=20).map(
    lambda names: [Customer(f"01ACCOUNT{at}", name) for at, name in enumerate(names)]
)

ABOUT_CAMPAIGNS: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    campaigns.form: _plans.map(campaigns.form),
    campaigns.preview: _previews.map(campaigns.preview),
    campaigns.progress: _progress.map(campaigns.progress),
    campaign_messages.post: st.builds(campaign_messages.post, st.just("01C"), _texts, st.just(DAY)),
    campaign_messages.ask: st.builds(
        campaign_messages.ask, st.just("01C"), _texts, st.just(DAY), _customers, st.integers(20, 999)
    ),
    campaign_messages.closed: _texts.map(campaign_messages.closed),
    campaign_messages.gone: st.builds(
        campaign_messages.gone, _texts, st.lists(samples.hostile, min_size=1, max_size=30)
    ),
    campaign_messages.result: _progress.map(campaign_messages.result),
}

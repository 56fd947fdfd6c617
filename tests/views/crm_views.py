"""What people read of the CRM, with whatever it may say. Does not decide what is right."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from domain.crm import Refused, Thing
from domain.settings import Settings
from tests.views import samples
from tests.views.reading import Shown
from views import blocks, crm

_settings = st.builds(
    lambda name: Settings(crm_fields={"accounts": {"Health": name, "Segment": ""}}, crm_write_field=name),
    samples.hostile,
)
_refused = st.builds(Refused, st.sampled_from(Thing), samples.hostile, samples.hostile, samples.hostile)

ABOUT_CRM: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    crm.in_short: _settings.map(crm.in_short).map(blocks.section).map(lambda one: blocks.home([one])),
    crm.form: _settings.map(crm.form),
    crm.trouble: st.builds(crm.trouble, st.just("Salesforce"), samples.hostile),
    crm.has_left_crm: st.builds(
        crm.has_left_crm, samples.hostile, samples.hostile, st.just("Salesforce"), st.sampled_from([None, "01A"])
    ),
    crm.refused: st.lists(_refused, min_size=1, max_size=3).map(lambda some: crm.refused(some * 20)),
}

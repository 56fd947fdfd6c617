"""What erasing and the do-not-contact list look like, whoever they are about. Does not decide what is right."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from domain.do_not_contact import MOST, Entry, Origin
from domain.erasing import KINDS, Preview, Subject
from tests.views import request_samples, samples
from tests.views.reading import Shown
from views import do_not_contact, erasing

_ids = st.lists(st.just("01ARZ3NDEKTSV4RRFFQ69G5FAV"), max_size=20).map(tuple)
previews = st.builds(
    Preview,
    called=samples.hostile,
    subject=st.builds(Subject, _ids, _ids),
    counts=st.dictionaries(st.sampled_from(list(KINDS)), st.sampled_from([0, 1, 10**6])),
    has_email=st.booleans(),
    is_in_slack=st.booleans(),
)
entries = st.builds(
    Entry,
    samples.hostile,
    st.sampled_from(Origin),
    samples.instants,
    st.sampled_from([None, "U0SAM", "<!channel>"]),
    st.booleans(),
    st.booleans(),
)
_lists = st.lists(entries, max_size=MOST)

ABOUT_ERASING: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    erasing.removed: st.builds(erasing.removed),
    erasing.sought_anew: request_samples.cards.map(erasing.sought_anew),
    erasing.form: st.builds(erasing.form),
    erasing.preview: previews.map(erasing.preview),
    erasing.done: st.builds(erasing.done, is_listed=st.booleans()),
    do_not_contact.listed: st.builds(do_not_contact.listed, _lists, st.sampled_from([0, 5000])),
    do_not_contact.form: st.builds(do_not_contact.form),
    do_not_contact.lift_form: samples.hostile.map(do_not_contact.lift_form),
}

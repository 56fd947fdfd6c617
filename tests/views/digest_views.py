"""A month, with whatever names and numbers it may have. Does not decide what is right."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from domain.digest import WORDS_LIMIT, Digest
from tests.views import samples
from tests.views.health_views import adoptions, reports
from tests.views.reading import Shown
from tests.views.value_views import MONTH, values
from views import digest

_digests = st.builds(Digest, st.just(MONTH), values, adoptions, reports)
_words = samples.hostile.map(lambda text: text[:WORDS_LIMIT] or None)

ABOUT_DIGEST: dict[Callable[..., Any], st.SearchStrategy[Shown]] = {
    digest.preview: _digests.map(digest.preview),
    digest.message: st.builds(digest.message, _digests, _words, st.sampled_from([None, "U0SAM"])),
}

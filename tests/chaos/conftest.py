"""The sample company, as the end-to-end tests have it. Decides nothing."""

from tests.e2e.conftest import sample_template, sample_url

__all__ = ["sample_template", "sample_url"]

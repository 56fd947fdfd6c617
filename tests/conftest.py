"""What every test shares: how properties are searched, and databases to write to."""

import os

from hypothesis import settings

pytest_plugins = ["tests.databases", "tests.worlds"]

# A busy machine makes any single example slow now and then: that is no failure. In CI the same examples run
# every time, so that a red run is about the change at hand; here new ones are tried each time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

"""What all tests share: properties that come out alike on every run.

To look for new counterexamples: `pytest --hypothesis-profile=explore`.
"""

from hypothesis import settings

settings.register_profile(
    "repeatable", derandomize=True, database=None, deadline=None, max_examples=60
)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("repeatable")

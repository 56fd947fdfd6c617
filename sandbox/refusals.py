"""What a person is told when Slack will not do what they asked. The message is the sentence that they read."""


class Refused(Exception):
    """Slack's own client would show this sentence. Nothing was changed."""


GONE = "This is not there any more. Please look again: it may have changed."
"""Of what somebody wanted to use and the app has meanwhile drawn anew or taken away."""

"""What a person is told when Slack will not do what they asked. The message is the sentence that they read."""


class Refused(Exception):
    """Slack's own client would show this sentence. Nothing was changed."""

"""What one act changes, in one transaction, whoever asked: a click, a web page, a file or the clock.

Each step takes a session, who acts, the moment, and plain values, never Bolt's arguments. It checks the permission,
applies the rule, writes the rows, and puts the messages that follow into the outbox.
"""

"""Tables, queries, search, the outbox, migrations. Never commits: the edge owns the transaction."""

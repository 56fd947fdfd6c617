"""Block Kit from domain values: pure functions, no queries, no clocks. People's text is escaped here."""

"""The control API: what tests and the page ask of the workspace itself, beyond what Slack lets anybody do."""

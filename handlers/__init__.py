"""What comes in: Bolt listeners and web pages. Parse, decide, commit, speak."""

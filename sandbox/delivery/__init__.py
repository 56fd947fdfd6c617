"""How anything reaches the app: Socket Mode or signed HTTP. Does not decide what is sent."""

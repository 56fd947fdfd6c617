"""What the browser page and `Person` say to the sandbox, as PROTOCOL.md writes it down."""

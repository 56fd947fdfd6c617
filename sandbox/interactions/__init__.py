"""What people do with apps: commands, shortcuts, clicks, forms. Does not decide what apps answer."""

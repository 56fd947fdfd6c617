"""Wiring and the command line; nobody imports it."""

"""Reminders: a job of the system that runs `smartcli due --notify` at an hour, one module for each kind of system."""

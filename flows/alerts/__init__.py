"""Alerts: what readers asked to be told, decided from the tape, delivered at least once under a key."""

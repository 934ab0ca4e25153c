"""Gigawire as a service: what is deployed, what a person may set for a run, how it is set up and served."""

"""Colours and words of the ten deal types and five statuses, the same in dashboard and report."""

from __future__ import annotations

from typing import Literal

# Ten hues that keep a contrast of at least 3:1 on white and on the report's dark ground.
TYPE_COLOURS = {
    "compute": "#2f6fdb",
    "chips": "#8457d6",
    "lease": "#0e8f8b",
    "power": "#c77d0a",
    "build": "#a0643b",
    "equity": "#2f9152",
    "debt": "#6b7a90",
    "acquisition": "#d1495b",
    "joint_venture": "#c2559f",
    "partnership": "#7d8c2f",
}
TYPE_WORDS = {name: name.replace("_", " ").capitalize() for name in TYPE_COLOURS}
STATUS_WORDS = {
    "rumored": "Rumored",
    "announced": "Announced",
    "closed": "Closed",
    "amended": "Amended",
    "cancelled": "Cancelled",
}
BadgeColour = Literal["orange", "blue", "green", "violet", "red"]
STATUS_BADGES: dict[str, BadgeColour] = {
    "rumored": "orange",
    "announced": "blue",
    "closed": "green",
    "amended": "violet",
    "cancelled": "red",
}
CORROBORATION_WORDS = {
    "reported": "Reported",
    "corroborated": "Corroborated",
    "confirmed": "Confirmed",
    "disputed": "Disputed",
    "retracted": "Retracted",
}
CORROBORATION_BADGES: dict[str, BadgeColour] = {
    "reported": "orange",
    "corroborated": "blue",
    "confirmed": "green",
    "disputed": "red",
    "retracted": "red",
}

"""Records as rows of the warehouse's tables, by the step that makes them."""

from __future__ import annotations

from warehouse.rows import collected, read, resolved

__all__ = ["collected", "read", "resolved"]

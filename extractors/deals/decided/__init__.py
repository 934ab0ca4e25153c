"""People's decisions over the machine's deals: pure, the same whatever their order, applied anew at every run."""

from __future__ import annotations

from extractors.deals.decided.aliases import with_aliases
from extractors.deals.decided.apply import apply_decisions
from extractors.deals.decided.slots import FIXABLE, FixError, fixed

__all__ = ["FIXABLE", "FixError", "apply_decisions", "fixed", "with_aliases"]

"""What the reader's registry knows, as tables that marts can join. Replaced as a whole, only when it has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.records import ReferenceRate
from warehouse.append import Row, append
from warehouse.connection import transaction
from warehouse.load import Connection, add_rates

STATE = "core.registry_state"


def load_registry(
    con: Connection,
    tables: Mapping[str, Sequence[Row]],
    rates: Sequence[ReferenceRate] = (),
    *,
    registry_hash: str,
) -> bool:
    """Make each table hold exactly its rows, and add the rates that are not known yet.

    Gives False where the same registry is loaded already.
    """
    if con.execute(f"SELECT registry_hash FROM {STATE}").fetchall() == [(registry_hash,)]:
        return False
    with transaction(con):
        for table, rows in {**tables, STATE: [{"registry_hash": registry_hash}]}.items():
            con.execute(f"DELETE FROM {table}")
            append(con, table, rows)
        add_rates(con, rates)
    return True

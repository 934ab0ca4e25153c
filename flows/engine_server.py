"""A Prefect server of ours: ``python -m flows.engine_server FD run|service`` listens on an inherited socket.

It ends when its standard input ends, which is when the run that started it is gone, kill -9 included.
"""

from __future__ import annotations

import os
import socket
import sys
from threading import Thread


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    """Serves until the parent is gone or asks for the end."""
    Thread(target=_end_with_parent, daemon=True).start()
    listener = socket.socket(fileno=int(sys.argv[1]))
    import uvicorn
    from prefect.server.api.server import create_app

    # for one run: no UI, no scheduler; the services that record what the run does are there
    app = create_app(ephemeral=sys.argv[2] == "run", final=True)
    config = uvicorn.Config(app, log_level="error", access_log=False, timeout_keep_alive=60)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()

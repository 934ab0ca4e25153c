"""``python -m dashboards [--published PATH] [--port N] [--headless]``: start the dashboard's server."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from dashboards.release import DEFAULT, ENVIRONMENT, published_path

# Nothing is reported home, nothing listens outside this machine, no file is watched; the looks are in one place.
OPTIONS = {
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "type",
    "server.fileWatcherType": "none",
    "theme.light.primaryColor": "#1f5fbf",
    "theme.dark.primaryColor": "#7db0ff",
    "theme.baseRadius": "small",
    "theme.headingFontWeights": "[650,600,600]",
    "theme.headingFontSizes": '["2rem","1.35rem","1.15rem"]',
    "theme.metricValueFontSize": "1.75rem",
}


def arguments_of(argv: list[str]) -> argparse.Namespace:
    """The command line, read."""
    parser = argparse.ArgumentParser(prog="python -m dashboards", description="Show the published tape in a browser.")
    parser.add_argument(
        "--published", type=Path, default=None, help=f"published.duckdb (else ${ENVIRONMENT}, else {DEFAULT})"
    )
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--headless", action="store_true", help="do not open a browser")
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> None:
    """Serve until interrupted."""
    asked = arguments_of(sys.argv[1:] if argv is None else argv)
    published = (asked.published or published_path()).absolute()
    os.environ[ENVIRONMENT] = str(published)
    options = OPTIONS | {
        "server.port": str(asked.port),
        "server.address": asked.address,
        "server.headless": str(asked.headless).lower(),
    }
    # The first session pays for these two unless they are there before the server listens: 5 s against 3 s.
    import altair  # noqa: F401
    import pandas  # noqa: F401
    from streamlit.web import cli

    sys.argv = ["streamlit", "run", str(Path(__file__).with_name("app.py"))]
    sys.argv += [f"--{name}={value}" for name, value in options.items()]
    cli.main()


if __name__ == "__main__":
    main()

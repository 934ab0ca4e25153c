"""backup, restore: the data folder as one file that can be checked, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands import Config, DataDir, examples
from flows.terminal import say


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(epilog=examples("gigawire backup /mnt/backups", "gigawire backup tape.tar"))(backup)
    app.command(
        epilog=examples(
            "gigawire restore tape.tar --check",
            "gigawire restore tape.tar --data-dir tape",
            "gigawire restore tape.tar --force",
        )
    )(restore)


def backup(
    target: Annotated[Path, typer.Argument(help="The tar file to write, or a folder that gets one named by the time.")],
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Back up the warehouse, the archive, settings, feeds, decisions and watchlists into one file with checksums."""
    from flows.clock import now
    from flows.settings import load_settings
    from warehouse.backup import back_up

    settings = load_settings(config, data_dir=data_dir)
    path = target / f"gigawire-{now():%Y%m%dT%H%M%SZ}.tar" if target.is_dir() else target
    done = back_up(settings.warehouse, settings.data_dir, path, wait_seconds=settings.lock_seconds)
    print(done.path)
    say(f"{done.files:,} files, {done.byte_count / 1e6:,.1f} MB; release {done.release_id or 'none yet'}")


def restore(
    source: Annotated[Path, typer.Argument(help="What `gigawire backup` wrote.")],
    data_dir: DataDir = None,
    check: Annotated[bool, typer.Option("--check", help="Only read it whole and compare the checksums.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Over a data folder in use, which moves into its folder before-restore.")
    ] = False,
) -> None:
    """Put a backup back and publish it; refuses a data folder that is not empty."""
    from flows.settings import Settings, load_settings
    from flows.steps.publish import publish
    from warehouse.backup import check_backup
    from warehouse.backup import restore as put_back

    if check:
        whole = check_backup(source)
        say(f"{source} is whole: {whole.files:,} files, {whole.byte_count / 1e6:,.1f} MB")
        return
    # The folder's own settings come with the backup, so they are read after it.
    folder = data_dir or load_settings().data_dir
    done = put_back(source, folder, force=force, wait_seconds=Settings.model_fields["lock_seconds"].default)
    say(f"restored: {done.files:,} files in {folder}, each as it was backed up")
    settings = load_settings(data_dir=folder)
    if settings.lake:
        say("the backup is of a lake: `gigawire warehouse migrate --to` takes the file back there (docs/scale.md)")
        return
    published = publish(settings)
    same = "as when it was backed up" if published.release_id == done.release_id else f"was {done.release_id or 'none'}"
    say(f"published: release {published.release_id} ({same})")

"""`ausguck backup` and `ausguck restore`."""

import os
from argparse import Namespace
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bot import clock, folder
from bot.cli import DONE, NO, complain
from bot.cli.settings import configured
from bot.config import Config
from bot.config.bare import without_secrets
from bot.errors import Fault, StoreError
from bot.store import place
from bot.watch.files import name_of


def backup(arguments: Namespace) -> int:
    """Write the database, the configuration without its tokens, and the watchlists into a file."""
    from bot.store import backup as packing

    config = configured(arguments)
    where = _place(config, "make a backup with pg_dump, and copy config.toml and the watchlists")
    files = {**_lists(config), **_configuration(config)}
    existed = arguments.file.exists()
    size = packing.pack(where, arguments.file, files, replace=arguments.replace)
    if existed:
        complain(f"{arguments.file}: the file of that name was replaced")
    held = f"the database ({place.megabytes(size)}), {_counted(files)}"
    print(f"{arguments.file}: {place.megabytes(arguments.file.stat().st_size)}: {held}")
    return DONE


def restore(arguments: Namespace) -> int:
    """Put the contents of a backup in place; what was there is kept aside."""
    from bot.store.restoring import restore as restoring

    config = configured(arguments)
    where = _place(config, "restore it with pg_restore or psql")
    found = restoring(arguments.file, where, config.poll.every, clock.now())
    print(f"{where}: restored from {arguments.file}")
    if found.uncertain:
        print(f"{found.uncertain} messages waited then; they are told as perhaps not arrived")
    missing = _put_lists(config, found.files, found.aside)
    _put_configuration(config, found.files)
    if found.aside.exists():
        print(f"what was there before is in {found.aside}")
    return NO if missing else DONE


def _place(config: Config, instead: str) -> Path:
    """Return where the database is.

    Raises:
        StoreError: it is on a server, or the URL names none.
    """
    if place.is_postgresql(config.store.url):
        raise StoreError(Fault("store.url", "this is PostgreSQL, with tools of its own", instead))
    return place.sqlite_path(config.store.url, config.folder)


def _lists(config: Config) -> dict[str, bytes]:
    from bot.store.backup import LISTS

    found = {}
    for name, content in (folder.read_folder(config.path(config.watch.folder)) or {}).items():
        if isinstance(content, Fault):
            complain(f"not in the backup: {content}")
        else:
            found[f"{LISTS}{name}"] = content
    return found


def _configuration(config: Config) -> dict[str, bytes]:
    from bot.store.backup import CONFIG

    if config.source is None:
        return {}
    secrets = [
        each.get_secret_value() for each in (config.telegram.token, config.web.token) if each
    ]
    heartbeat = str(config.web.heartbeat_url or "")
    text = config.source.read_text(encoding="utf-8-sig")
    return {CONFIG: without_secrets(text, [*secrets, heartbeat], str(config.source)).encode()}


def _counted(files: Mapping[str, bytes]) -> str:
    from bot.store.backup import CONFIG

    lists = sum(name != CONFIG for name in files)
    said = f"{lists} watchlist{'s' * (lists != 1)}"
    return f"{said}, config.toml without its tokens" if CONFIG in files else said


def _put_lists(config: Config, files: Mapping[str, bytes], aside: Path) -> list[str]:
    """Write the backup's watchlists; return the names of those that cannot be written.

    What stands in a file that is written over is kept aside. A list that the backup does not know
    stays as it is.
    """
    from bot.store.backup import LISTS

    lists = config.path(config.watch.folder)
    restored = {n.removeprefix(LISTS): c for n, c in files.items() if n.startswith(LISTS)}
    present = folder.read_folder(lists) or {}
    missing = []
    for name, content in sorted(restored.items()):
        if present.get(name) == content:
            continue
        try:
            if isinstance(old := present.get(name), bytes):
                (aside / LISTS).mkdir(mode=0o700, parents=True, exist_ok=True)
                (aside / LISTS / name).write_bytes(old)
            folder.write(lists, name_of(name), content, alone=True)
        except OSError as error:
            complain(f"{lists / name}: cannot be written: {error.strerror}; {place.own(lists)}")
            missing.append(name)
    if restored:
        print(f"{lists}: {len(restored) - len(missing)} watchlists as in the backup")
    for name in sorted(present.keys() - restored.keys() if restored else ()):
        print(f"{lists / name}: is not in the backup, and was left as it is")
    return missing


def _put_configuration(config: Config, files: Mapping[str, bytes]) -> None:
    """Write the backup's config.toml where there is none; beside one that differs.

    It comes into force only if the operator has it so: it says where data and messages go.
    """
    from bot.store.backup import CONFIG

    content = files.get(CONFIG)
    with suppress(StoreError, ValueError):
        if content is None or _configuration(config).get(CONFIG) == content:
            return
    target = config.folder / ("config.restored.toml" if config.source else CONFIG)
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        complain(f"{target}: is there already, and was left as it is")
        return
    except OSError as error:
        complain(f"{target}: cannot be written: {error.strerror}; it is in the backup, a ZIP file")
        return
    with os.fdopen(handle, "wb") as file:
        file.write(content or b"")
    what = "yours was left as it is" if config.source else "look through it before you start"
    print(f"{target}: the configuration of the backup, without tokens; {what}")

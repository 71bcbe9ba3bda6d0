"""The first ten minutes on somebody's machine: what is missing, empty, or somebody else's."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.container.engine import Container, Engine
from tests.container.scene import USER, must, until

OWN = f"chown -R {USER}:{USER}"


def beginnings(engine: Engine, image: str, folder: Path) -> Iterator[str]:
    """Try each of them; yield what was as it must be.

    Args:
        engine: runs containers.
        image: the image.
        folder: where there is room for folders to mount.
    """
    with _mounted(folder) as place:
        _empty(engine, image, place)
    yield "An empty /config is laid out, and it runs."
    for whose, remedy in (
        ("token", f"chown {USER}:{USER} /run/secrets/token"),
        ("data", f"{OWN} /data"),
        ("config", f"{OWN} /config"),
        ("config/watchlists", f"{OWN} /config/watchlists"),
    ):
        with _mounted(folder) as place:
            (place / "config" / "config.toml").touch()
            _of_somebody_else(engine, image, place, (whose, remedy))
        yield f"If {whose} is somebody else's, one line names the remedy."


@contextmanager
def _mounted(folder: Path) -> Iterator[Path]:
    """Make what is to be mounted, for the bot's user."""
    place = folder / "beginning"
    (place / "config").mkdir(parents=True)
    (place / "data").mkdir()
    (place / "token").write_text("12345:sandbox\n", encoding="utf-8")
    for path in place.iterdir():
        os.chown(path, USER, USER)
    yield place
    shutil.rmtree(place)


def _container(engine: Engine, image: str, place: Path) -> Container:
    options = (
        "--env=AUSGUCK_TELEGRAM__TOKEN_FILE=/run/secrets/token",
        f"--volume={place / 'config'}:/config",
        f"--volume={place / 'data'}:/data",
        f"--volume={place / 'token'}:/run/secrets/token:ro",
    )
    # Without a network: the feeds that config.toml comes with are real.
    return Container(engine, image, f"ausguck-first-{os.getpid()}", (*options, "--network=none"))


def _empty(engine: Engine, image: str, place: Path) -> None:
    container = _container(engine, image, place)
    container.create()
    try:
        container.start()
        until(lambda: container.ask("ausguck", "health").code == 0, "health after a first start")
        written = place / "config" / "config.toml"
        must(written.is_file(), "there is no config.toml after a first start")
        must(written.stat().st_uid == USER, "the config.toml is not the bot's own")
        must(list(place.glob("config/watchlists/*.txt")), "there is no example watchlist")
        must(container.stop() == 0, "after a first start it ended with another code than 0")
    finally:
        container.remove()


def _of_somebody_else(engine: Engine, image: str, place: Path, what: tuple[str, str]) -> None:
    whose, remedy = what
    path = place / whose
    if not path.exists():
        path.mkdir()
    os.chown(path, 0, 0)
    path.chmod(0o700 if path.is_dir() else 0o400)
    ran = _container(engine, image, place).run()
    lines = ran.err.splitlines()
    must(ran.code == 2, f"with {whose} of somebody else it ended with {ran.code}: {ran.err}")
    must(len(lines) == 1, f"with {whose} of somebody else it said {ran.err!r}")
    must(remedy in lines[0], f"the remedy {remedy!r} is not in {lines[0]!r}")

"""Reads the configuration: file, environment, secret files; every fault at once, with its place."""

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.config.sections import SECTIONS, Config, FeedSection
from bot.errors import ConfigError, Fault
from bot.owner import mend

PREFIX = "AUSGUCK_"
PLACES = (Path("config.toml"), Path("/config/config.toml"))
# What pydantic says of these speaks of Python.
_WORDS = {
    "missing": "is missing",
    "tuple_type": "a list is written in brackets: [..., ...]",
    "model_type": "this is a section: write its name in brackets on a line of its own",
}


def load(named: Path | None, environ: Mapping[str, str] = os.environ) -> Config:
    """Read the configuration.

    Args:
        named: the file asked for by `--config`; else `AUSGUCK_CONFIG`, `./config.toml` and
            `/config/config.toml` are tried; where none is, the defaults hold.
        environ: the environment.

    Raises:
        ConfigError: with every fault at once.
    """
    source = _find(named, environ)
    text = _read(source) if source else ""
    values = _parse(text, source)
    faults = _take_unknown(values, text, source)
    variables = _overlay(values, environ, faults)
    folder = source.parent if source else Path()
    try:
        config = Config(**{**values, "folder": folder, "source": source})
    except ValidationError as error:
        faults += _explain(error, text, source, variables)
    if faults:
        raise ConfigError(*sorted(faults, key=lambda fault: (fault.line, fault.column)))
    return config


def reload(config: Config, environ: Mapping[str, str] = os.environ) -> Config:
    """Read the configuration again where it was read; one that was read nowhere is what it is.

    Raises:
        ConfigError: with every fault at once.
    """
    if config.source is None and not any(name.startswith(PREFIX) for name in environ):
        return config
    return load(config.source, environ)


def _find(named: Path | None, environ: Mapping[str, str]) -> Path | None:
    asked = named or (Path(environ[f"{PREFIX}CONFIG"]) if environ.get(f"{PREFIX}CONFIG") else None)
    if asked is None:
        return next((place for place in PLACES if _is_file(place)), None)
    if not _is_file(asked):
        where = "--config" if named else f"{PREFIX}CONFIG"
        raise ConfigError(Fault(str(asked), "there is no such file", f"check {where}"))
    return asked


def _is_file(place: Path) -> bool:
    """Tell whether there is a file; one that may not even be looked for is a fault."""
    try:
        return stat.S_ISREG(place.stat().st_mode)
    except PermissionError as error:
        raise ConfigError(_unreadable(place, error)) from None
    except OSError:
        return False


def _unreadable(source: Path, error: OSError) -> Fault:
    return Fault(str(source), f"cannot be read: {error.strerror}", mend(source, error))


def _read(source: Path) -> str:
    try:
        return source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(
            Fault(str(source), "the file is not UTF-8", "save it with the encoding UTF-8")
        ) from None
    except OSError as error:
        raise ConfigError(_unreadable(source, error)) from None


def _parse(text: str, source: Path | None) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (len(text.splitlines()), 1)
        what = re.sub(r" *\(at .*\)$", "", str(error))
        raise ConfigError(
            Fault(str(source), what, "see the commented config.toml", line, column)
        ) from None


def _take_unknown(values: dict[str, Any], text: str, source: Path | None) -> list[Fault]:
    """Take out sections and keys that nobody reads; each is a fault: a typing error, probably."""
    known: dict[str, list[str]] = {
        **{name: list(section.model_fields) for name, section in SECTIONS.items()},
        "feeds": list(FeedSection.model_fields),
    }
    faults = []
    for section, content in list(values.items()):
        if section not in known:
            del values[section]
            faults.append(_unknown(text, source, (section,), list(known)))
            continue
        blocks = content if isinstance(content, list) else [content]
        for number, block in enumerate(blocks):
            place = (section, number) if isinstance(content, list) else (section,)
            for key in set(block) - set(known[section]) if isinstance(block, dict) else ():
                del block[key]
                faults.append(_unknown(text, source, (*place, key), known[section]))
    return faults


def _unknown(
    text: str, source: Path | None, place: tuple[str | int, ...], known: list[str]
) -> Fault:
    near = get_close_matches(str(place[-1]), known, n=1, cutoff=0.5)
    remedy = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
    line, column = _locate(text, place)
    return Fault(str(source), f"{_dotted(place)} is unknown", remedy, line, column)


def _dotted(place: tuple[str | int, ...]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)


def _locate(text: str, place: tuple[str | int, ...]) -> tuple[int, int]:
    """Find the line and column of a key, else of its section; (0, 0) where neither is there."""
    section, block = str(place[0]), place[1] if len(place) > 1 else None
    key = next((part for part in place[1:] if isinstance(part, str)), None)
    current, count, begins = "", -1, (0, 0)
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\[?\s*([\w-]+)", line):
            current = header[1]
            count += current == section
        here = current == section and (not isinstance(block, int) or block == count)
        if here and header:
            begins = number, header.start(1) + 1
        elif here and key and (found := re.match(rf"\s*({re.escape(key)})\s*=", line)):
            return number, found.start(1) + 1
        elif not current and re.match(rf"{re.escape(section)}\s*[=.]", line):
            begins = number, 1
    return begins


def _overlay(
    values: dict[str, Any], environ: Mapping[str, str], faults: list[Fault]
) -> dict[tuple[str, str], str]:
    """Lay AUSGUCK_SECTION__KEY and its _FILE form over the file's values.

    Returns the variable that each section's key was taken from; adds what is wrong to `faults`.
    """
    taken = {}
    names = sorted(name for name in environ if name.startswith(PREFIX) and "__" in name)
    for name in sorted(names, key=lambda name: name.endswith("_FILE")):
        section, _, key = name.removeprefix(PREFIX).lower().partition("__")
        from_file = key.endswith("_file")
        key = key.removesuffix("_file")
        if section not in SECTIONS or key not in SECTIONS[section].model_fields:
            faults.append(_unknown_variable(name))
            continue
        try:
            value = _secret(environ[name]) if from_file else environ[name]
        except OSError as error:
            what = f"cannot read {environ[name]}: {error.strerror}"
            faults.append(Fault(name, what, mend(Path(environ[name]), error)))
            continue
        except ValueError:
            faults.append(Fault(name, f"{environ[name]} is no text in UTF-8"))
            continue
        block = values.setdefault(section, {})
        if isinstance(block, dict):
            block[key] = _items(value) if _is_list(section, key) else value
            taken[section, key] = name
    return taken


def _unknown_variable(name: str) -> Fault:
    known = [f"{s}__{key}".upper() for s in SECTIONS for key in SECTIONS[s].model_fields]
    near = get_close_matches(name.removeprefix(PREFIX).removesuffix("_FILE"), known, n=1)
    return Fault(name, "is unknown", f"did you mean {PREFIX}{near[0]}?" if near else "remove it")


def _secret(path: str) -> str:
    return Path(path).read_text(encoding="utf-8-sig").strip()


def _is_list(section: str, key: str) -> bool:
    return "tuple" in str(SECTIONS[section].model_fields[key].annotation)


def _items(value: str) -> list[str]:
    return [item.strip() for item in value.split(",") if item.strip()]


def _explain(
    error: ValidationError,
    text: str,
    source: Path | None,
    variables: Mapping[tuple[str, str], str],
) -> list[Fault]:
    faults = []
    for item in error.errors(include_url=False, include_input=False):
        place = item["loc"]
        what = _WORDS.get(item["type"], item["msg"].removeprefix("Value error, "))
        if place == ("feeds",):
            what = "above each feed stands a line [[feeds]]"
        variable = variables.get((str(place[0]), str(place[1]) if len(place) > 1 else ""))
        where, line, column = variable or str(source), 0, 0
        if not variable:
            line, column = _locate(text, place)
        faults.append(Fault(where, f"{_dotted(place)}: {what}", "", line, column))
    return faults

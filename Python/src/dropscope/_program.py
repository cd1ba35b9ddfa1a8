"""The program that came with this package, and the version that both have."""

from __future__ import annotations

import os
import sysconfig
from importlib import metadata
from typing import Iterator


class ProgramMissingError(Exception):
    """No program where the package's installation would have put it."""


def version() -> str:
    """The version of the installed package; of a folder that is not installed, a word that says so.

    The number itself stands in the program's source and is written into the package when a wheel
    is built.
    """
    try:
        return metadata.version("dropscope")
    except metadata.PackageNotFoundError:
        return "0+not.installed"


def program() -> str:
    """The path of the program, which is never looked for outside the package's installation."""
    places = list(dict.fromkeys(_places()))
    for place in places:
        if os.path.isfile(place) and os.access(place, os.X_OK):
            return place
    raise ProgramMissingError(
        "the program is not installed beside this package (looked for "
        + ", ".join(places)
        + "). Install a wheel that Scripts/wheel built."
    )


def _places() -> Iterator[str]:
    # The installation's own list is right wherever pip was told to put things (--user, --prefix).
    try:
        files = metadata.files("dropscope") or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == "dropscope" and file.parent.name in ("bin", "Scripts"):
            yield os.path.normpath(str(file.locate()))
    yield os.path.join(sysconfig.get_path("scripts"), "dropscope")

"""The special part of building dropscope: the wheel holds a program that Swift compiles.

`Scripts/wheel` compiles it, and names here the files and the tag that were found to be right. An
editable installation needs no program. A source distribution could not be built anywhere, since
the program's source is not in this folder, so there is none.
"""

from __future__ import annotations

import os
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ProgramHook(BuildHookInterface[Any]):
    """Puts the program and its pages into the wheel, and refuses a source distribution."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Completes what hatchling is about to build; raises where that would be incomplete."""
        if self.target_name == "sdist":
            raise SystemExit(
                "dropscope has no source distribution: its program is written in Swift, and the "
                "source lies outside this folder. Build a wheel with Scripts/wheel in a clone."
            )
        if version == "editable":
            return
        program = os.environ.get("DROPSCOPE_WHEEL_PROGRAM")
        share = os.environ.get("DROPSCOPE_WHEEL_SHARE")
        tag = os.environ.get("DROPSCOPE_WHEEL_TAG")
        if not (program and share and tag):
            raise SystemExit(
                "A wheel of dropscope holds a program that is written in Swift, which this command "
                "does not build. Run Scripts/wheel in a clone, and install the file that it names."
            )
        build_data["pure_python"] = False
        build_data["tag"] = tag
        build_data["shared_scripts"] = {program: "dropscope"}
        build_data["shared_data"] = {share: "share"}

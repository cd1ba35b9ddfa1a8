"""`python -m dropscope`: the program itself, in place of this process."""

from __future__ import annotations

import os
import sys

from dropscope._program import ProgramMissingError, program


def main() -> None:
    """Becomes the program, with the arguments as they are."""
    try:
        path = program()
        os.execv(path, [path, *sys.argv[1:]])
    except ProgramMissingError as error:
        sys.exit(f"dropscope: {error}")
    except OSError as error:
        sys.exit(f"dropscope: {path} cannot be started: {error.strerror}")


if __name__ == "__main__":
    main()

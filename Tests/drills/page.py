"""The parts of docs/reliability.md that drills own: what stands between two markers."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"


def write(part: str, lines: list[str]) -> None:
    """Writes a part of the page again."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    before, found, rest = PAGE.read_text().partition(f"{begin}\n")
    _, ends, after = rest.partition(end)
    if not (found and ends):
        raise SystemExit(f"{PAGE} takes a line '{begin}' and a line '{end}' behind it")
    PAGE.write_text(before + "\n".join([begin, *lines, end]) + after)

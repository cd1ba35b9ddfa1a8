"""Drills: the program is played in, killed, starved and cut off, and must hold its promises."""

"""Puts the stack pointer of a thread to the end of its stack, as too deep a recursion leaves it."""

from __future__ import annotations

import ctypes
import os
import platform
import re
from pathlib import Path

SEIZE, INTERRUPT, DETACH = 0x4206, 0x4207, 17
GET_REGISTERS, SET_REGISTERS, GENERAL = 0x4204, 0x4205, 1
ALL_THREADS = 0x40000000
#: The places of the stack pointer, and of the system call that would be made again, in the
#: registers that the kernel hands over.
STACK_POINTER, SYSTEM_CALL = 19, 15
NO_CALL = 0xFFFFFFFFFFFFFFFF


class Registers(ctypes.Structure):
    """Where the registers of a thread are."""

    _fields_ = [("base", ctypes.c_void_p), ("bytes", ctypes.c_size_t)]


def obstacle() -> str | None:
    """The reason why no stack can be made to overflow here; None where it can."""
    if platform.machine() != "x86_64":
        return "the registers of a thread are known for x86-64 only"
    scope = Path("/proc/sys/kernel/yama/ptrace_scope")
    if scope.exists() and int(scope.read_text()) > 1:
        return "this system allows nobody to trace a process"
    return None


def trace(request: int, thread: int, first: int = 0, second: int = 0) -> None:
    """Makes a request about a thread of another process."""
    library = ctypes.CDLL(None, use_errno=True)
    library.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    library.ptrace.restype = ctypes.c_long
    if library.ptrace(request, thread, first, second) < 0:
        raise OSError(ctypes.get_errno(), f"request {request:#x} about thread {thread}")


def end_of_stack(process: int, pointer: int) -> int:
    """The lowest address of the memory that the pointer is in."""
    for line in Path(f"/proc/{process}/maps").read_text().splitlines():
        found = re.match(r"([0-9a-f]+)-([0-9a-f]+) ", line)
        if found and int(found[1], 16) <= pointer < int(found[2], 16):
            return int(found[1], 16)
    raise OSError(f"no memory of process {process} is at {pointer:#x}")


def threads(process: int) -> list[int]:
    """The threads of a process, the oldest first."""
    return sorted(int(name) for name in os.listdir(f"/proc/{process}/task"))


def overflow(process: int, thread: int) -> None:
    """Leaves a thread without stack."""
    trace(SEIZE, thread)
    trace(INTERRUPT, thread)
    os.waitpid(thread, ALL_THREADS)
    words = (ctypes.c_uint64 * 64)()
    registers = Registers(ctypes.addressof(words), ctypes.sizeof(words))
    trace(GET_REGISTERS, thread, GENERAL, ctypes.addressof(registers))
    words[STACK_POINTER] = end_of_stack(process, words[STACK_POINTER]) + 16
    words[SYSTEM_CALL] = NO_CALL
    trace(SET_REGISTERS, thread, GENERAL, ctypes.addressof(registers))
    trace(DETACH, thread)

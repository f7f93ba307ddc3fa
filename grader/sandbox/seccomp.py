"""Compile the list of allowed system calls into a program for the kernel's filter (classic BPF).

    load the architecture      another one (32-bit calls from injected code)  -> kill the process
    load the number            x32's range                                   -> kill the process
    binary search by number    allowed -> ALLOW    only attacks -> KILL    refused -> EPERM    unknown -> ENOSYS
                               ioctl, fcntl, prlimit64, tgkill -> by their arguments

A range tree, because the kernel runs the program for every number when it is installed. Where the process's own
number is asked for, the program holds PID; the sandbox puts the true one in after the fork, at
``Filter.pid_offsets``.
"""

import errno
import platform
import struct
from dataclasses import dataclass

from grader.sandbox import syscalls

__all__ = ["ALLOW", "ARCHITECTURES", "ENOSYS", "EPERM", "KILL", "PID", "Filter", "compile_filter"]

ALLOW, KILL = 0x7FFF0000, 0x80000000
EPERM, ENOSYS = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
PID = 0x7FABCDEF  # no process has this number: pid_max is 4194304 at most

_LOAD, _JUMP, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x05, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _X32 = 0, 4, 0x40000000
_FARTHEST = 255

_IOCTLS = (0x5401, 0x5413, 0x541B, 0x5450, 0x5451, 0x802C542A)  # TCGETS, TIOCGWINSZ, FIONREAD, FIO(N)CLEX, TCGETS2
_FCNTLS = (0, 1, 2, 3, 4, 1030, 1032)  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, constant


@dataclass(frozen=True, slots=True)
class Filter:
    """A compiled program as the kernel takes it, and where the process's own number goes."""

    program: bytes
    pid_offsets: tuple[int, ...]


def compile_filter(machine: str = "") -> Filter | None:
    """Compile the filter for an architecture (this machine's by default); None where there is no table for it."""
    machine = machine or platform.machine()
    if machine not in ARCHITECTURES:
        return None
    code = [_load(_ARCHITECTURE), (_EQUAL, 1, 0, ARCHITECTURES[machine]), _give(KILL), _load(_NUMBER)]
    if machine == "x86_64":
        code += [(_AT_LEAST, 0, 1, _X32), _give(KILL)]
    code += _search(_ranges(machine))
    offsets = tuple(8 * at + 4 for at, instruction in enumerate(code) if instruction[3] == PID)
    return Filter(b"".join(struct.pack("=HBBI", *instruction) for instruction in code), offsets)


def _load(offset: int) -> Instruction:
    return (_LOAD, 0, 0, offset)


def _give(verdict: int) -> Instruction:
    return (_RETURN, 0, 0, verdict)


def _argument(number: int, *, high: bool = False) -> Instruction:
    """Load one half of an argument; both architectures are little-endian."""
    return _load(16 + 8 * number + 4 * high)


def _one_of(values: tuple[int, ...]) -> list[Instruction]:
    """Allow when the loaded word is one of ``values``, refuse otherwise."""
    code: list[Instruction] = []
    for value in values:
        code += [(_EQUAL, 0, 1, value), _give(ALLOW)]
    return [*code, _give(EPERM)]


def _is_zero() -> list[Instruction]:
    """Go on when the loaded word is 0, refuse otherwise."""
    return [(_EQUAL, 1, 0, 0), _give(EPERM)]


def _checks() -> dict[str, list[Instruction]]:
    """Return the code for each call that depends on its arguments."""
    only_read = [_argument(2), *_is_zero(), _argument(2, high=True), *_is_zero()]
    return {
        "ioctl": [_argument(1), *_one_of(_IOCTLS)],
        "fcntl": [_argument(1), *_one_of(_FCNTLS)],
        "tgkill": [_argument(0), *_one_of((PID,))],
        "prlimit64": [*only_read, _argument(0), *_one_of((0, PID))],
    }


def _ranges(machine: str) -> list[tuple[int, list[Instruction]]]:
    """Return (first number, code) for each stretch of numbers with the same fate, in order."""
    fates: dict[int, list[Instruction]] = {}
    for table, verdict in ((syscalls.ALLOWED, ALLOW), (syscalls.DEADLY, KILL), (syscalls.ABSENT, ENOSYS)):
        fates |= {number: [_give(verdict)] for number in table[machine].values()}
    checks = _checks()
    fates |= {number: checks[name] for name, number in syscalls.CHECKED[machine].items()}
    ranges: list[tuple[int, list[Instruction]]] = []
    for number in range(syscalls.NEWEST + 1):
        fate = fates.get(number, [_give(EPERM)])
        if not ranges or ranges[-1][1] != fate:
            ranges.append((number, fate))
    return [*ranges, (syscalls.NEWEST + 1, [_give(ENOSYS)])]


def _search(ranges: list[tuple[int, list[Instruction]]]) -> list[Instruction]:
    """Return a binary search over ranges; a conditional jump reaches 255 instructions, a plain one any number."""
    if len(ranges) == 1:
        return ranges[0][1]
    middle = len(ranges) // 2
    below, above = _search(ranges[:middle]), _search(ranges[middle:])
    boundary = ranges[middle][0]
    if len(below) <= _FARTHEST:
        return [(_AT_LEAST, len(below), 0, boundary), *below, *above]
    return [(_AT_LEAST, 0, 1, boundary), (_JUMP, 0, 0, len(below)), *below, *above]

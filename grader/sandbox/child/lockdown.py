"""What a process gives up before a student's code is loaded: files, network, processes, time, memory.

Whatever can be made once is made in the zygote (``give_up_for_good``, ``Landlock``, ``Seccomp``); a fork is
left with a few system calls (``seal``). Each layer that was asked for must take hold, or LockdownError ends the
fork before it touches anything of a student's.

Layers and what each stops, outermost first: no capabilities and no way to gain any (no_new_privs); not
dumpable, so that siblings cannot look inside; Landlock: files can be read only beneath the named paths, nothing
can be written, TCP and signals and abstract sockets end at the process; resource limits; seccomp: an allow-list
of system calls. Linux only.
"""

import contextlib
import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from typing import Any

try:
    import resource
except ImportError:  # Windows: the portable runner gets on without
    resource = None  # type: ignore[assignment]

__all__ = [
    "Landlock",
    "LockdownError",
    "Seccomp",
    "abi",
    "die_with_parent",
    "give_up_for_good",
    "seal",
    "set_limits",
    "sweep",
]

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 22, 24
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, SECCOMP_MODE_FILTER = 38, 47, 4, 2
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same numbers on every architecture
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
BASE_RIGHTS, NEW_RIGHTS = (1 << 13) - 1, {2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
BIND_AND_CONNECT_TCP, SCOPE_SOCKETS_AND_SIGNALS, LOG_SAME_EXEC_OFF = 3, 3, 1
LAST_CAPABILITY = 63
DESCRIPTORS = 32


_library: Any = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None


class LockdownError(Exception):
    """A layer did not take hold; the text names it."""


def _call(name: str, result: int) -> int:
    """Return what a call returned, or raise naming the layer."""
    if result < 0:
        raise LockdownError(f"{name}: {os.strerror(ctypes.get_errno())}")
    return result


def _prctl(*arguments: int) -> int:
    return _library.prctl(*(ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:5]))


def die_with_parent(signal: int) -> None:
    """Ask the kernel for a signal when the process (or the thread) that started this one is gone."""
    _call("pdeathsig", _prctl(PR_SET_PDEATHSIG, signal))


def give_up_for_good(uid: int) -> None:
    """Drop capabilities, and another user's rights where ``uid`` is not 0; once, in the zygote."""
    for capability in range(LAST_CAPABILITY + 1):
        _prctl(PR_CAPBSET_DROP, capability)  # refused without CAP_SETPCAP: then there is nothing to drop
    _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    if uid:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    header = struct.pack("=Ii", 0x20080522, 0)
    _call("capabilities", _library.capset(header, bytes(24)))
    _call("no_new_privs", _prctl(PR_SET_NO_NEW_PRIVS, 1))
    _call("dumpable", _prctl(PR_SET_DUMPABLE, 0))
    if resource is not None:
        for limit in ("CORE", "MEMLOCK", "MSGQUEUE"):
            resource.setrlimit(getattr(resource, f"RLIMIT_{limit}"), (0, 0))


def sweep() -> None:
    """Kill and reap whatever else runs in this process namespace; only ever called as its first process."""
    if not _library.kill(-1, 9):
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)


def abi() -> int:
    """Return which version of Landlock the kernel has; 0 for none."""
    return max(_library.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1)), 0)


class Landlock:
    """A ruleset, made before the fork; ``restrict`` is one system call."""

    def __init__(self, readable: Iterable[str]) -> None:
        version = abi()
        if not version:
            raise LockdownError("Landlock: the kernel has none")
        rights = BASE_RIGHTS | sum(bit for since, bit in NEW_RIGHTS.items() if version >= since)
        fields = 1 if version < 4 else 2 if version < 6 else 3
        attributes = struct.pack("=QQQ", rights, BIND_AND_CONNECT_TCP, SCOPE_SOCKETS_AND_SIGNALS)[: 8 * fields]
        self.fd = _call(
            "Landlock", _library.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
        )
        self._flags = LOG_SAME_EXEC_OFF if version >= 7 else 0
        for path in readable:
            self._allow(path, READ_FILE | (READ_DIR if os.path.isdir(path) else 0))
        self._allow("/dev/null", READ_FILE | WRITE_FILE)

    def _allow(self, path: str, rights: int) -> None:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            rule = struct.pack("=Qi", rights, fd)
            _call(f"Landlock: {path}", _library.syscall(ADD_RULE, self.fd, 1, rule, 0))
        finally:
            os.close(fd)

    def restrict(self) -> None:
        """Put the rules on this process, for good."""
        _call("Landlock", _library.syscall(RESTRICT_SELF, self.fd, self._flags))


class Seccomp:
    """A compiled filter, made before the fork; the process's own number is put in at the last moment."""

    def __init__(self, program: bytes, pid_offsets: Iterable[int]) -> None:
        self._program = ctypes.create_string_buffer(program, len(program))
        self._offsets = tuple(pid_offsets)
        self._header = ctypes.create_string_buffer(
            struct.pack("@HxxxxxxQ", len(program) // 8, ctypes.addressof(self._program))
        )
        self._address = ctypes.addressof(self._header)

    def install(self) -> None:
        """Put the filter on this process, for good."""
        pid = os.getpid()
        for offset in self._offsets:
            struct.pack_into("=I", self._program, offset, pid)
        _call("seccomp", _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, self._address))


def set_limits(limits: dict[str, Any], *, strict: bool) -> None:
    """Set the resource limits of one job; without ``strict`` only those that spare the machine."""
    if resource is None:
        return
    cpu = int(limits["cpu_seconds"])
    _lower(resource.RLIMIT_CPU, cpu, cpu + 1)
    _lower(resource.RLIMIT_CORE, 0, 0)
    if sys.platform == "linux":  # elsewhere it is not kept, or kills the interpreter
        _lower(resource.RLIMIT_AS, int(limits["memory_bytes"]), int(limits["memory_bytes"]))
    if strict:
        _lower(resource.RLIMIT_FSIZE, 0, 0)
        _lower(resource.RLIMIT_NPROC, 0, 0)
        _lower(resource.RLIMIT_NOFILE, DESCRIPTORS, DESCRIPTORS)


def _lower(which: int, soft: int, hard: int) -> None:
    """Lower one limit; one that is lower already stays."""
    assert resource is not None  # noqa: S101 - asked by the caller
    try:
        resource.setrlimit(which, (soft, hard))
    except (ValueError, OSError):  # it would have to be raised
        pass
    else:
        return
    _, highest = resource.getrlimit(which)
    if highest != resource.RLIM_INFINITY:
        soft, hard = min(soft, highest), min(hard, highest)
    resource.setrlimit(which, (soft, hard))


def seal(
    descriptors: tuple[int, int, int], limits: dict[str, Any], layers: tuple[Landlock | None, Seccomp | None]
) -> None:
    """Seal a fresh fork: (output, requests, replies) become 1 and 2, 3, 4; but for 0, nothing else stays open."""
    landlock, seccomp = layers
    output, requests, replies = descriptors
    os.dup2(
        os.open("/dev/null", os.O_RDONLY), 0
    )  # its own: flags on a shared one would be notes to the next student
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.dup2(requests, 3)
    os.dup2(replies, 4)
    if landlock is not None:
        landlock.restrict()
    os.closerange(5, 1 << 20)
    set_limits(limits, strict=True)
    if seccomp is not None:
        seccomp.install()

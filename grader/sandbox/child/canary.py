"""Try what must not be possible, and tell what was.

Run in a fork that is sealed like any other, before the first student's. If a layer that should be on lets its
canary live, the trusted side refuses to grade.
"""

import os
import socket
from collections.abc import Callable
from typing import Any, NoReturn

import frame

__all__ = ["sing"]


def sing(job: dict[str, Any], replies: int) -> NoReturn:
    """Answer with the attempts that succeeded, and leave."""
    attempts: dict[str, Callable[[], object]] = {
        "read /etc/passwd": lambda: _read("/etc/passwd"),
        "read a file outside": lambda: _read(job["planted"]),
        "look into /proc": lambda: os.listdir("/proc/1"),
        "write a file": lambda: os.close(os.open("canary", os.O_WRONLY | os.O_CREAT, 0o600)),
        "open a socket": _connect,
        "start a process": _fork,
        "keep a descriptor": _extra_descriptors,
    }
    done: list[str] = []
    for name, attempt in attempts.items():
        try:
            attempt()
        except OSError:
            continue
        done.append(name)
    os.write(replies, frame.pack({"kind": "canary", "done": done}))
    os._exit(0)


def _read(path: str) -> None:
    fd = os.open(path, os.O_RDONLY)
    os.read(fd, 1)
    os.close(fd)


def _connect() -> None:
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).close()


def _fork() -> None:
    if not os.fork():
        os._exit(0)


def _extra_descriptors() -> None:
    """Find an open descriptor other than 0 to 4."""
    for fd in range(5, 4096):
        try:
            os.fstat(fd)
        except OSError:
            continue
        return
    raise OSError

"""Which layers this machine offers, found out by trying, and the level of isolation that they add up to.

    full        bubblewrap and seccomp (and Landlock where the kernel has it)
    container   Landlock and seccomp: what Docker, Kubernetes and hosted graders leave
    weak        a Linux without Landlock: student code can read what this user can
    none        any other system: deadlines and limits on output only

What is found here is only what can be hoped for. The canary of ``forkserver`` sees whether it holds.
"""

import ctypes
import platform
import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache

from grader.model.outcome import Isolation
from grader.sandbox.child import lockdown
from grader.sandbox.seccomp import ARCHITECTURES, KILL

__all__ = ["MUST_FAIL", "Layers", "probe"]

_SECCOMP = {"x86_64": 317, "aarch64": 277}
_GET_ACTION_AVAIL = 2

_ALWAYS = frozenset({"open a socket", "start a process", "keep a descriptor"})
_READING = frozenset({"read /etc/passwd", "read a file outside", "look into /proc"})
_WRITING = frozenset({"write a file"})
MUST_FAIL = {
    Isolation.FULL: _ALWAYS | _READING | _WRITING,
    Isolation.CONTAINER: _ALWAYS | _READING | _WRITING,
    Isolation.WEAK: _ALWAYS,
}


@dataclass(frozen=True, slots=True)
class Layers:
    """What this machine offers; the words say why something is not there."""

    is_linux: bool
    bwrap: str  # the path of the program, where it works
    bwrap_words: str
    landlock: int  # the version of its interface; 0 is none
    seccomp: bool
    seccomp_words: str

    @property
    def level(self) -> Isolation:
        """The strongest level that these layers add up to."""
        return next(level for level in Isolation if self.offers(level))

    def offers(self, level: Isolation) -> bool:
        """Whether a level can be hoped for."""
        if level in (Isolation.NOTHING_RUN, Isolation.FULL_CGROUP):
            return False
        if level is Isolation.FULL:
            return bool(self.bwrap) and self.seccomp
        if level is Isolation.CONTAINER:
            return self.landlock > 0 and self.seccomp
        return level is Isolation.NONE or (self.is_linux and self.seccomp)


@lru_cache(maxsize=1)
def probe() -> Layers:
    """Try each layer once."""
    if sys.platform != "linux":
        words = f"{platform.system()} has none"
        return Layers(is_linux=False, bwrap="", bwrap_words=words, landlock=0, seccomp=False, seccomp_words=words)
    bwrap, bwrap_words = _try_bwrap()
    seccomp, seccomp_words = _try_seccomp()
    return Layers(True, bwrap, bwrap_words, lockdown.abi(), seccomp, seccomp_words)


def _try_bwrap() -> tuple[str, str]:
    """Start something in all namespaces; return the program's path, and words."""
    bwrap, true = shutil.which("bwrap"), shutil.which("true")
    if not bwrap or not true:
        return "", "bubblewrap is not installed"
    options = ("--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1", "--cap-drop", "ALL")
    command = [bwrap, *options, "--ro-bind", "/", "/", "--", true]
    try:
        tried = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        return "", f"bubblewrap cannot be started: {error}"
    if tried.returncode:
        return "", f"bubblewrap is not allowed namespaces: {tried.stderr.strip()[-200:]}"
    return bwrap, f"{bwrap} makes a private root and namespaces"


def _try_seccomp() -> tuple[bool, str]:
    """Ask the kernel whether a filter may kill a process; harmless."""
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        return False, f"there is no list of system calls for {machine}"
    library = ctypes.CDLL(None, use_errno=True)
    if library.syscall(_SECCOMP[machine], _GET_ACTION_AVAIL, 0, struct.pack("=I", KILL)):
        return False, "the kernel has no system call filter"
    return True, "an allow-list of system calls"

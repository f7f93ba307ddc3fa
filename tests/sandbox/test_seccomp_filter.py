"""The compiled filter, run by an emulator of the kernel's machine that shares nothing with the compiler."""

import errno
import re
import struct
from pathlib import Path

import pytest

from grader.sandbox import syscalls
from grader.sandbox.seccomp import ARCHITECTURES, PID, compile_filter

ALLOW, KILL = 0x7FFF0000, 0x80000000
REFUSED, ABSENT = 0x50000 + errno.EPERM, 0x50000 + errno.ENOSYS
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


def _emulate(program: bytes, number: int, arch: int, arguments: tuple[int, ...] = ()) -> int:
    """Run a program as `Documentation/networking/filter.rst` says; return its verdict."""
    data = struct.pack("<IIQ6Q", number, arch, 0, *(*arguments, 0, 0, 0, 0, 0, 0)[:6])
    accumulator = at = 0
    for _ in range(len(program)):
        code, if_true, if_false, constant = struct.unpack_from("<HBBI", program, 8 * at)
        at += 1
        if code == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, constant)
        elif code == 0x15:
            at += if_true if accumulator == constant else if_false
        elif code == 0x35:
            at += if_true if accumulator >= constant else if_false
        elif code == 0x05:
            at += constant
        elif code == 0x06:
            return constant
        else:
            raise AssertionError(f"instruction {code:#x} is not known here")
    raise AssertionError("the program does not end")


@pytest.fixture(params=sorted(ARCHITECTURES))
def machine(request):
    return request.param


@pytest.fixture
def verdict(machine):
    program = compile_filter(machine).program

    def get(number: int, *arguments: int, arch: int = ARCHITECTURES[machine]) -> int:
        return _emulate(program, number, arch, arguments)

    return get


def _numbers(machine: str) -> dict[str, int]:
    tables = (syscalls.ALLOWED, syscalls.CHECKED, syscalls.DEADLY, syscalls.ABSENT)
    return {name: number for table in tables for name, number in table[machine].items()}


def test_every_number_has_the_verdict_of_its_list(machine, verdict):
    wanted = dict.fromkeys(range(syscalls.NEWEST + 1), REFUSED)
    wanted |= dict.fromkeys(syscalls.ALLOWED[machine].values(), ALLOW)
    wanted |= dict.fromkeys(syscalls.DEADLY[machine].values(), KILL)
    wanted |= dict.fromkeys(syscalls.ABSENT[machine].values(), ABSENT)
    for number in set(wanted) - set(syscalls.CHECKED[machine].values()):
        assert verdict(number) == wanted[number], number


@pytest.mark.parametrize("number", [syscalls.NEWEST + 1, 500, 1000, 0x3FFFFFFF])
def test_number_that_is_not_known_does_not_exist(verdict, number):
    assert verdict(number) == ABSENT


def test_another_architecture_kills(machine, verdict):
    for arch in (0, 0x40000003, *(set(ARCHITECTURES.values()) - {ARCHITECTURES[machine]})):
        assert verdict(0, arch=arch) == KILL


def test_numbers_of_x32_kill():
    program = compile_filter("x86_64").program
    for number in (0x40000000, 0x40000000 + 59, 0xFFFFFFFF):
        assert _emulate(program, number, ARCHITECTURES["x86_64"]) == KILL


def test_arguments_decide_where_they_must(machine, verdict):
    number = syscalls.CHECKED[machine]
    assert verdict(number["ioctl"], 1, 0x5401) == ALLOW  # TCGETS: isatty
    assert verdict(number["ioctl"], 1, 0x5412) == REFUSED  # TIOCSTI: type into the terminal
    assert verdict(number["fcntl"], 1, 3) == ALLOW  # F_GETFL
    for command in (5, 6, 7, 8, 1024, 1026, 1031):  # locks, owner, leases, notifications, the pipe's size
        assert verdict(number["fcntl"], 1, command) == REFUSED
    assert verdict(number["tgkill"], PID, 7, 6) == ALLOW
    assert verdict(number["tgkill"], 1, 1, 9) == REFUSED
    assert verdict(number["prlimit64"], 0, 7, 0, 1) == ALLOW
    assert verdict(number["prlimit64"], PID, 7, 0, 1) == ALLOW
    assert verdict(number["prlimit64"], 1, 7, 0, 1) == REFUSED
    assert verdict(number["prlimit64"], 0, 7, 1, 0) == REFUSED
    assert verdict(number["prlimit64"], 0, 7, 1 << 32, 0) == REFUSED  # the high half counts too


def test_own_number_goes_where_the_offsets_say(machine):
    made = compile_filter(machine)
    assert len(made.pid_offsets) == 2
    program = bytearray(made.program)
    for offset in made.pid_offsets:
        assert struct.unpack_from("<I", program, offset) == (PID,)
        struct.pack_into("<I", program, offset, 4242)
    number, arch = syscalls.CHECKED[machine]["tgkill"], ARCHITECTURES[machine]
    assert _emulate(bytes(program), number, arch, (4242, 1, 6)) == ALLOW
    assert _emulate(bytes(program), number, arch, (PID, 1, 6)) == REFUSED


def test_program_fits_into_the_kernel(machine):
    program = compile_filter(machine).program
    assert len(program) % 8 == 0
    assert len(program) // 8 <= 4096


def test_lists_do_not_overlap(machine):
    tables = [set(table[machine].values()) for table in (syscalls.ALLOWED, syscalls.CHECKED, syscalls.DEADLY)]
    assert (
        sum(map(len, tables))
        == len(set().union(*tables))
        == len({*_numbers(machine)}) - len(syscalls.ABSENT[machine])
    )


def test_numbers_are_the_kernels(machine):
    """Held against the kernel's own headers where they are installed."""
    header = HEADERS[machine]
    if not header.exists():
        pytest.skip(f"{header} is not installed")
    text = header.read_text()
    known = {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)\s", text)}
    known |= {"newfstatat": known.get("newfstatat", known.get("fstatat", 0))}
    wrong = {name: number for name, number in _numbers(machine).items() if known.get(name) != number}
    assert wrong == {}


def test_nothing_dangerous_is_allowed(machine):
    dangerous = {
        *("execve", "execveat", "fork", "vfork", "clone", "clone3", "socket", "socketpair", "connect", "kill"),
        *("ptrace", "bpf", "unshare", "setns", "mount", "io_uring_setup", "keyctl", "memfd_create", "shmget"),
        *("setrlimit", "prctl", "seccomp", "chmod", "unlink", "rename", "link", "symlink", "truncate", "flock"),
        *("sendmsg", "recvmsg", "msgget", "semget", "setpriority", "sched_setaffinity", "personality", "chroot"),
    }
    assert not dangerous & set(syscalls.ALLOWED[machine])


def test_machine_without_a_list_has_no_filter():
    assert compile_filter("riscv64") is None

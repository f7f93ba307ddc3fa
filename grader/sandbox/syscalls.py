"""The numbers of the system calls that the filter knows, by what becomes of them: x86_64/aarch64, "-": absent.

From the kernel's own tables (``asm/unistd_64.h`` and ``asm-generic/unistd.h`` of Linux 6.1). Every other number
up to the newest one listed there is refused with EPERM, which a program meets as a clean PermissionError;
anything newer does not exist (ENOSYS), so that a C library falls back on what it knows.
"""

__all__ = ["ABSENT", "ALLOWED", "CHECKED", "DEADLY", "NEWEST"]

NEWEST = 450

# Computing, reading, waiting, asking about oneself.
_ALLOWED = """
    read=0/63 write=1/64 close=3/57 fstat=5/80 lseek=8/62 mmap=9/222 mprotect=10/226 munmap=11/215 brk=12/214
    pread64=17/67 preadv=295/69 preadv2=327/286 readv=19/65 writev=20/66 pwritev=296/70 pwritev2=328/287
    msync=26/227 mremap=25/216 madvise=28/233 membarrier=324/283 fadvise64=221/223 dup=32/23 dup2=33/-
    dup3=292/24 pipe=22/- pipe2=293/59 close_range=436/436 open=2/- openat=257/56 stat=4/- lstat=6/-
    newfstatat=262/79 statx=332/291 access=21/- faccessat=269/48 faccessat2=439/439 readlink=89/-
    readlinkat=267/78 getdents=78/- getdents64=217/61 getcwd=79/17 chdir=80/49 fchdir=81/50 statfs=137/43
    fstatfs=138/44 umask=95/166 poll=7/- ppoll=271/73 select=23/- pselect6=270/72 epoll_create=213/-
    epoll_create1=291/20 epoll_ctl=233/21 epoll_wait=232/- epoll_pwait=281/22 epoll_pwait2=441/441
    rt_sigaction=13/134 rt_sigprocmask=14/135 rt_sigreturn=15/139 rt_sigpending=127/136 rt_sigtimedwait=128/137
    rt_sigsuspend=130/133 sigaltstack=131/132 pause=34/- alarm=37/- getitimer=36/102 setitimer=38/103
    restart_syscall=219/128 time=201/- times=100/153 gettimeofday=96/169 clock_gettime=228/113
    clock_getres=229/114 nanosleep=35/101 clock_nanosleep=230/115 getrusage=98/165 getrlimit=97/163
    sysinfo=99/179 uname=63/160 getcpu=309/168 getpid=39/172 gettid=186/178 getppid=110/173 getpgid=121/155
    getpgrp=111/- getsid=124/156 getuid=102/174 geteuid=107/175 getgid=104/176 getegid=108/177 getresuid=118/148
    getresgid=120/150 getgroups=115/158 capget=125/90 getpriority=140/141 sched_yield=24/124
    sched_getaffinity=204/123 sched_getparam=143/121 sched_getscheduler=145/120 sched_get_priority_max=146/125
    sched_get_priority_min=147/126 arch_prctl=158/- set_tid_address=218/96 set_robust_list=273/99
    get_robust_list=274/100 rseq=334/293 futex=202/98 getrandom=318/278 exit=60/93 exit_group=231/94
"""

# Let through for some arguments only: ``grader.sandbox.seccomp`` says which.
_CHECKED = """
    ioctl=16/29 fcntl=72/25 prlimit64=302/261 tgkill=234/131
"""

# Nothing but an attack calls these from Python and NumPy: the process is killed, and the status says why.
_DEADLY = """
    ptrace=101/117 process_vm_readv=310/270 process_vm_writev=311/271 process_madvise=440/440
    process_mrelease=448/448 kcmp=312/272 bpf=321/280 perf_event_open=298/241 userfaultfd=323/282
    io_uring_setup=425/425 io_uring_enter=426/426 io_uring_register=427/427 keyctl=250/219 add_key=248/217
    request_key=249/218 mount=165/40 umount2=166/39 move_mount=429/429 open_tree=428/428 fsopen=430/430
    fsconfig=431/431 fsmount=432/432 fspick=433/433 mount_setattr=442/442 pivot_root=155/41 setns=308/268
    unshare=272/97 pidfd_open=434/434 pidfd_send_signal=424/424 pidfd_getfd=438/438 open_by_handle_at=304/265
    memfd_secret=447/447 vmsplice=278/75 init_module=175/105 finit_module=313/273 delete_module=176/106
    kexec_load=246/104 kexec_file_load=320/294 swapon=167/224 swapoff=168/225 reboot=169/142 iopl=172/-
    ioperm=173/- modify_ldt=154/- acct=163/89 quotactl=179/60 quotactl_fd=443/443 lookup_dcookie=212/18
"""

# Newer forms of older calls, whose arguments a filter cannot see.
_ABSENT = """
    clone3=435/435 openat2=437/437 futex_waitv=449/449
"""


def _table(text: str) -> dict[str, dict[str, int]]:
    """Read a list of numbers into one table for each architecture."""
    found: dict[str, dict[str, int]] = {"x86_64": {}, "aarch64": {}}
    for entry in text.split():
        name, _, numbers = entry.partition("=")
        for machine, number in zip(found, numbers.split("/"), strict=True):
            if number != "-":
                found[machine][name] = int(number)
    return found


ALLOWED, CHECKED, DEADLY, ABSENT = map(_table, (_ALLOWED, _CHECKED, _DEADLY, _ABSENT))

"""Run a student's code where it can do no harm and knows no answer. ``runner`` is the door.

    runner        Runner, open_runner: the strongest level that the machine gives
    forkserver    the trusted side of a warm process that forks once for each job
    exchange      one job's pipes: carries bytes between a fork and its conversation
    fallback      the portable runner: a fresh process for each job, not isolated
    conversation  what may be said in which order, and what an end means; no input or output of its own
    wire          the strict reading of what comes back; ``requests`` is what goes out, ``fields`` single fields
    launch        starts the warm process in bubblewrap's private root, or bare; ``runtime`` is what it needs
    seccomp       compiles the lists of ``syscalls`` for the kernel
    levels        what this machine can do, tried out
    doctor        the same, told to a person
    child/        the untrusted side; stands alone

May not know banks, answers or numerics. This file imports nothing.
"""

"""Run a student's code where it can do no harm and knows no answer. ``runner`` is the door.

    runner        Runner, open_runner: the strongest level that the machine gives
    forkserver    the trusted side of a warm process that forks once for each job
    fallback      the portable runner: a fresh process for each job, not isolated
    conversation  what may be said in which order, and what a death means; no input or output of its own
    wire          what crosses: requests out, strictly decoded replies in
    bwrap         the private root around the warm process
    seccomp       the system calls that are let through, compiled for the kernel
    levels        what this machine can do, tried out
    doctor        the same, told to a person
    child/        the untrusted side; stands alone

May not know banks, answers or numerics. This file imports nothing.
"""

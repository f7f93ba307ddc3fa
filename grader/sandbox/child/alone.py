"""One job in a process of its own, where nothing can be isolated: macOS, Windows, or by request.

The same harness and the same messages as in a fork. Descriptor 0 brings the requests and 1 takes the answers;
both are moved out of the way first, so that a print from C cannot land among the answers. The working directory
is a fresh folder for the student's files.
"""

import os
import sys
from typing import NoReturn

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.extend(sys.argv[1:])  # where the packages are

import frame
import harness
import lockdown


def main() -> NoReturn:
    """Take the job, then do what a fork does."""
    requests, replies = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt

        for fd in (requests, replies):
            msvcrt.setmode(fd, os.O_BINARY)
    os.write(replies, frame.pack({"kind": "begun"}))
    work = harness.Harness()
    work.prepare(os.getcwd())
    job = work.begin(requests, replies)
    lockdown.set_limits(job["limits"], strict=False)
    import random

    import numpy as np

    random.seed(job["seed"])
    np.random.seed(job["seed"])  # noqa: NPY002 - the old generator is what many submissions use
    harness.hide_ourselves()
    work.serve(job, requests, replies)


if __name__ == "__main__":
    main()

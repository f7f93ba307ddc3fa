"""The untrusted side: files that run inside the sandbox, next to a student's code.

Only the standard library, NumPy and one another: the folder is bound into the sandbox alone, without the
package around it, and its files import each other as top-level modules. Nothing here may be believed by the
trusted side; whatever is checked here is checked again there.

    zygote    the warm process: imports everything once, then forks for each job
    alone     the same for one job, where nothing can be isolated
    frame     the layout of a message, shared with the trusted side
    lockdown  what a fork gives up before a student's code is loaded
    folder    the private folder: a fork lays out its files, the zygote empties it
    harness   loads the module, makes the calls, answers
    source    finds and loads a module; ``notebook`` reads one from a notebook
    values    arguments in the asked form, results as arrays
    blame     an exception in the student's own lines
    speech    what is printed and warned
    canary    tries what must not be possible
    rehearsal plays one small job before any fork
"""

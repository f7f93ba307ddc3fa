"""The nouns, all frozen, in the order in which a submission meets them.

    inputs    what may cross into the sandbox: a student's files and the calls to make
    outcome   what comes back from it: untrusted values, already decoded
    question  what an author writes: checks, cases, rules
    key       the true answers; nothing under ``grader.sandbox`` may import it
    grade     what people read: scores, messages, remarks
    cluster   who is wrong in the same way that no known mistake explains, and on what it can be seen

This file imports nothing, so that importing one noun does not import its neighbours.
"""

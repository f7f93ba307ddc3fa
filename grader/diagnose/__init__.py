"""Say which known mistake a wrong answer looks like: every mistake is run, and what it gives is compared.

    catalogue   a topic's reference with one or two of its steps replaced
    signature   what a function gives on every case: numbers, shapes, exceptions
    known       the signatures of all known mistakes of one question, kept in a file
    pairs       two mistakes at once, where one does not explain an answer
    match       which of them a student's outcomes are, with evidence, or that none is
    plain       whether an answer works nothing out, so that it shows no mistake
    digits      which form of a formula loses digits as an answer does, where ordinary values are right
    crash       which of them it is where errors are raised, and no wrong number came back
    compared    one result of one case: what came back beside what was wanted
    related     the relations that are tried between them
    relations   what holds between got and wanted on all cases, where no known mistake matches
    behaviour   a wrong answer that nothing explains, summed up
    suspects    which steps of the reference may be the wrong one
    cluster     who is wrong in the same way
    below       what a function builds on, the deepest first
    memory      what was worked out before
    tell        the findings of a whole submission, each told once, at its root

Nothing here knows a topic, and nothing knows how code was run. This file imports nothing.
"""

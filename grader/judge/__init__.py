"""Hold what came back against the true answers, and say it in words and points.

    compare   one value against one true value, under a rule
    verdict   every case of every check: right, wrong, or how the call ended
    near      near misses: another name, another order of axes, a forgotten return
    paste     a failing call as Python that can be pasted and run
    extent    on which cases a check fails, and the one that stands for them
    words     sentences and numbers for students
    cause     what is wrong on a case, in a sentence; of a hidden one next to nothing
    evidence  what is shown of a failing case
    depend    which wrong function another builds on
    remarks   what is worth saying and costs nothing
    score     points, status, remarks: the grade of a question

Nothing here knows how the code was run.
"""

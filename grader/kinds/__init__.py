"""One file or folder for each kind of question: what is written, what can be wrong with it, what it becomes.

    kind         what a kind is, and what it says when something is wrong
    registry     the kinds, by name
    view         looks at what was written without trusting its shape
    names        what is said about names that lead nowhere
    quantities   shares, points and shapes as they are written
    limits       limits laid over limits
    fields       the building blocks of shapes (pydantic, imported late)
    code/        a function to write

What the questions of a quiz share:

    quizfields, quizfaults, quizbuild      fields, faults, building, figures
    variant      what was drawn for one student, and texts with it filled in
    choices      choices: which are shown, their letters, what each is worth
    number, tolerance, formulas            numbers and formulas that are asked for
    rubric       what a text must say, point by point
    printed      runs an author's code for what it prints

A new kind is a new file with a ``KIND``, and its name in the registry; nothing else changes. A kind knows no
files, lines and columns: it says what is wrong by path, and ``grader.bank`` knows where that stands. Nor does it
know where its items are written, or how responses are marked. This file imports nothing.
"""

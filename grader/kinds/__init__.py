"""One folder for each kind of question: what is written, what can be wrong with it, what it becomes.

    kind         what a kind is, and what it says when something is wrong
    registry     finds the kinds: every folder here
    view         looks at what was written without trusting its shape
    names        what is said about names that lead nowhere
    quantities   shares, points and shapes as they are written
    limits       limits laid over limits
    fields       the building blocks of shapes (pydantic, imported late)
    code/        a function to write

A new kind is a new folder whose ``__init__`` has a ``KIND``; nothing else changes. A kind knows nothing of files,
lines and columns: it says what is wrong by path, and ``grader.bank`` knows where that stands. This file imports
nothing.
"""

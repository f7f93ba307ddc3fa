"""Test the tests: hold an assessment's cases against every known mistake, and against solutions that are right.

    calls      call a trusted function as the sandbox calls a student's
    kill       which check and which case tells which mistake from the right answer
    same       whether a mistake changes a function at all: on exact numbers
    met        whether a mistake is made at all on what is tried
    apart      whether two functions differ by more than rounding
    alike      which mistakes cannot be told from each other, and whether that is declared
    trials     inputs to try, the simplest first
    propose    a case that tells apart what the bank does not, proven, to paste
    paste      a case as YAML
    solutions  whether right solutions in other styles get full marks
    pairs      of two mistakes made at once, how many can be told
    story      all of it for one assessment: findings, matrices
    terminal   the matrices as text        page   the same as HTML

Mistakes and solutions are an author's own files, and trusted as the reference is: they run in this process.
This file imports nothing.
"""

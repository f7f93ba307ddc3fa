"""Quizzes: from an assessment and a code to one student's sheet, and from a sheet and answers to marks.

codes      variant codes: short, readable, checked
sheet      makes a student's sheet: every question posed, with its key beside it
marking    what a response is worth, part by part

Knows no target and no file format; writers are in ``grader.export``.
"""

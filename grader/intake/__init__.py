"""Folders of students into submissions: regular files only, nothing executed, no link followed.

    submissions/              find     which folders are students
        ada/                  read     one folder into a Submission, with notes on what is left out
            lstm.py           near     the file that was probably meant, where a file is missing
            data/w.txt

Nothing here knows a question; the names of the files that count are handed in.
"""

from grader.intake.find import find_submissions, student_id
from grader.intake.near import near_file
from grader.intake.read import read_submission

__all__ = ["find_submissions", "near_file", "read_submission", "student_id"]

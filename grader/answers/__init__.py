"""What came back for a quiz, read into ``Answers``: whatever it holds, nothing raises and nothing is lost.

file        a student's answers.yaml, as far as it can be read
salvage     what stands in a file that is no YAML as a whole, entry by entry
table       a table with the answers of a whole class

Numbers are handed on as they were written ("0.50"): how many digits somebody wrote may matter.
Knows no question but its id, no key and no marks.
"""

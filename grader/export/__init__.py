"""Sheets as files: one writer a target, over neutral items.

writer     what a target is
registry   the targets by name
html       pages to work in, to practise with, and answer keys

A target knows no kind of question, and a file for students is made of a handout, which holds no key.
"""

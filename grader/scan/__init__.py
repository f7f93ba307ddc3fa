"""Filled sheets, scanned or photographed, to a table of answers.

    picture   files -> grey pictures, one a page
    plan      where on which page of a sheet is what, laid out again from the code on the page
    flatten   a picture of a page -> the page as it was printed: corners found, perspective undone
    bubbles   how dark each bubble is -> empty, marked, or unsure
    leaf      one page: whose it is, its bubbles, pictures of what was written
    gather    all pages of all sheets -> answers, and what a person must look at
    table     answers.csv
    listing   scan.html and scan-list.csv: what a person must look at, each with its picture
    story     the whole, in some processes

Nothing is guessed: what is unsure stays out of the answers, and stands in the list.
"""

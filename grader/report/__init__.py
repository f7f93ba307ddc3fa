"""What people read: pages for students and for the class, words in the terminal.

    safe          text that nobody here wrote, made fit to be shown; names of pages; cells of a spreadsheet
    verdict       statuses in words and shapes, points, what of an evidence may be shown
    markdown      an author's Markdown with formulas -> HTML
    environment   Jinja, with a course's own templates before the shipped ones
    plot          got, wanted and their gap over the input, as SVG (finding: the same in words; svg: how to draw)
    page          one student
    classpage     the class, in bounded memory (tally: its sums; histogram: its scores, as SVG)
    terminal      `grader check`

Nothing here knows how code was run or how it was judged; it shows grades.
"""

"""Texts that people mark: one question at a time over the whole class, in a browser on this machine.

    texts     what waits: each student's text, with the question as that student had it
    alike     which texts are near each other
    desk      what is decided, version by version, and how it is taken back
    keeping   reviews.yaml: all decisions as a file, and back
    guard     who may ask, and what an answer may do in a browser
    pages     what is shown
    site      which address does what
    serve     the socket, and the one thread that does the work
    story     all of it, in order

Nothing here marks a text by itself.
"""

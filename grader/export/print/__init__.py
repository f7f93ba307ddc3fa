"""Sheets on paper: what Typst is given, as JSON, and Typst itself.

    maths       LaTeX -> Typst
    text        Markdown -> nodes, in which no text is ever taken for markup
    questions   items as nodes; the fields in which they are answered have names
    keys        keys as nodes
    identity    what the code on each page says: whose sheet it is, which variant, which page
    press       the templates, and Typst

The templates are ``templates/sheet/*.typ``. What a sheet looks like depends on its items, the paper and the
templates, never on whose it is: ``grader scan`` lays a sheet out again from its variant's code.
"""

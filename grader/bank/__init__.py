"""From YAML to checked questions, with line and column in every complaint.

    scalars     what a plain word means by YAML 1.2's core schema
    syntax      what a YAML parser complains about, in words that help
    yaml12      bytes -> plain values, and where each of them stands
    schema      the shape of a bank and of an assessment (pydantic), and their JSON Schema for editors
    messages    what pydantic found, said in words
    known       files whose shape was found right before
    complaints  gathers everything that is wrong with a file, in the order of the file
    reference   imports the author's ``reference.py``
    topic       one folder: its bank and its reference
    shipped     where names lead: topics and assessments beside a file, or shipped
    load        all of it together: an ``Assessment`` or a ``Topic``, or every complaint at once
    validate    proves that a bank is sound, beyond its shape

May not know the sandbox. This file imports nothing, so that reading YAML does not import pydantic or NumPy.
"""

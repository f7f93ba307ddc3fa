"""What is asked and what is right: the inputs of every case, the answer key, and proofs about the references.

This file imports nothing.
"""

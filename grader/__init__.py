"""Grade deep-learning homework: sealed, exact, fast, and it names the mistake.

This file imports nothing on purpose: Python runs it before any submodule, also where student code runs.
"""

__version__ = "0.1.0"

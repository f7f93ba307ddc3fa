"""Arithmetic that knows no topic.

    ulp         how far a float is from the true value
    probes      named sets of interesting inputs
    exact       evaluate a function until every float64 of the answer is proven
    condition   how much a function magnifies what its inputs are off by
    derivative  hold a derivative against numerical differentiation in high precision

Only ``exact``, ``condition`` and ``derivative`` need python-flint. This file imports nothing.
"""

"""Arithmetic that knows no topic.

    ulp         how far a float is from the true value
    probes      named sets of interesting inputs
    exact       evaluate a function until every float64 of the answer is proven
    condition   how much a function magnifies what its inputs are off by
    derivative  hold a derivative against numerical differentiation in high precision
    slopes      gradients of a function that is only known by its values, in plain float64

Only ``exact``, ``condition`` and ``derivative`` need python-flint. This file imports nothing.
"""

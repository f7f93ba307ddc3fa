"""Known mistakes about activations, one file for each function that they begin in."""

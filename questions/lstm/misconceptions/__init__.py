"""Known mistakes about the LSTM, in the order of its formulas: one step forward, all steps, all steps back."""

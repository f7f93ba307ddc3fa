"""Nothing is computed here."""

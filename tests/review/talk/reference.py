"""Nothing here is computed."""

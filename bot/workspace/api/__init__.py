"""The Web API: one file per method family."""

"""Promises: what our side commits itself to in a reply, and by when."""

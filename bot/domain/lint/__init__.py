"""Lint: what our side must never say to a customer, in drafts and in agents' own words."""

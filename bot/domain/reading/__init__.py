"""Reading: what a customer's message says, and the words that show it."""

"""Letters: what goes out beside the conversation, on paper or to be forwarded."""

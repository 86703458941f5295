"""What people do: one implementation for page and control API. Each act takes a JSON body and answers one."""

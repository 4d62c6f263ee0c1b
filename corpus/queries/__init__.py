"""The language of queries: its fields, its dates, what completes them, and what they mean to the index."""

"""The headless core of korea-reader: captures in, documents, entities, hits and citations out."""

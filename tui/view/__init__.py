"""Pure functions from model to rows: nothing here knows a widget."""

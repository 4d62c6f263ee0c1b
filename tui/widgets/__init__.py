"""The panes and the one view of rows that they are built on."""

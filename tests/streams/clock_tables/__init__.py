"""For each clock of the law a table of cases, whose dates were worked out by hand from the law."""

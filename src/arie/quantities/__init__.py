"""What a QTY span says: value, bounds, hedge and what is counted; rules and tables, no model."""

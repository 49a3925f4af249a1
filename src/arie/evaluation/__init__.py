"""Documents in, scores out: gold and predicted labels compared; knows no model."""

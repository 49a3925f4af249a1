"""Training: configs and labelled files in, a model folder out. Needs the extra `train`."""

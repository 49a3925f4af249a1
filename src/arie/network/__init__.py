"""The network in torch: encoder, tagger and relation head, how it is stored and exported. Needs torch."""

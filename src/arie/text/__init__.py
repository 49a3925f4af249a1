"""Raw text in, words, sentences, normal forms and windows out; no model, no labels."""

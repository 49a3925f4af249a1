"""Files in, documents out: one format a file, one row a format in `FORMATS`."""

"""From the network's numbers to spans and links, in numpy."""

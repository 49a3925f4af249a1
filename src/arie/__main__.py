"""`python -m arie` is the command `arie`."""

import sys

from arie.cli import main

sys.exit(main())

"""`python -m extractor` is the command `extractor`."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    try:
        from extractor.cli import main
    except KeyboardInterrupt:  # Ctrl-C before there is anything to stop
        sys.exit(130)
    main()

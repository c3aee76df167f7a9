"""The command `extractor`, also as `python -m extractor`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; Ctrl-C before there is anything to stop ends it quietly."""
    try:
        from extractor.cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()

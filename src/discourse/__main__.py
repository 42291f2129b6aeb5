"""The command line, as ``python -m discourse``."""

from discourse.cli import main

if __name__ == "__main__":  # else a process that is spawned would run it again
    main()

"""`python -m gtdlike`: the command line."""

from gtdlike.cli import main

if __name__ == "__main__":
    main()

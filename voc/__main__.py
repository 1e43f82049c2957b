"""`python -m voc` is the command `voc`."""

from voc.cli import main

if __name__ == "__main__":
    main()

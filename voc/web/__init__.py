"""The HTML edge: survey pages for customers, the console for colleagues, sign-in."""

"""What a policy says and how it is written down: rules, clocks, windows, shares, variants, sentences, versions."""

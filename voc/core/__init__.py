"""What every room stands on: settings, access, verbs, errors, database, jobs, events, live bus, clock, ids, logs, expressions."""

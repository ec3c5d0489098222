"""What may be said: event types, code lists, municipalities, time rules, errors, settings."""

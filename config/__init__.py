"""Settings, addresses, Vietnamese formats and the docgen command line: the only room that knows everyone."""

"""A CSV file, whoever wrote it -> a series, or one sentence why not."""

"""Yahoo Finance: daily prices, kept on disk for a day."""

"""What one training leaves, on disk too."""

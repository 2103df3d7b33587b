"""What is known of the run that is looked at, and how it becomes what the stage shows."""

"""What a worker is asked: pure functions of picklable arguments. Importing them costs no torch."""

"""What a trained network says, beside the naive forecast, and whether it is any better."""

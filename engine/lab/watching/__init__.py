"""What the workers really did: their CPU clocks sampled by a thread that never waits for the GIL it watches."""

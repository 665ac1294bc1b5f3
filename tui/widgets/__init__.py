"""What is drawn: each widget takes frozen values and gives messages back; none knows the engine or another widget."""

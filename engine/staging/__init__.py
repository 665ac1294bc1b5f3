"""From folded operations to passes of stages with their parameters. Chooses kernels; compiles and runs none."""

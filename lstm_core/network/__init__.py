"""The network: one timestep's equations, cells unrolled over layers and time, and the traces of all they compute."""

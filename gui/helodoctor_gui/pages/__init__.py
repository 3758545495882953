"""The seven pages of the walk, one file each. They show and collect; :mod:`helodoctor.steps` decides."""

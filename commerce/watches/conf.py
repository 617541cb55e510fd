MOST = 500  # things that one member watches

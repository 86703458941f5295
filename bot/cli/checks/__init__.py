"""What ``fencun doctor`` looks at: each module yields ``Check`` values and raises nothing of its own."""

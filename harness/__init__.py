"""Every effect of the judge: packages on disk, the sandbox, JAX, reports and the command line."""

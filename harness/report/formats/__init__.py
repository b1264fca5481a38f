"""Reports for other programs: one pure renderer a module, each with `render(results)`."""

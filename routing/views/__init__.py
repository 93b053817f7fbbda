"""Pages of routing: `what_if` for employees, `contact` for everybody."""

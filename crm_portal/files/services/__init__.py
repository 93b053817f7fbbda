"""Commands of files: `receiving` takes one in, `settling` makes it clean or failed, `sweeping` clears what is left."""

"""The law of the shared pages: who may do what there."""

"""The frameworks that dropscope is timed beside, each training the same task on one thread."""

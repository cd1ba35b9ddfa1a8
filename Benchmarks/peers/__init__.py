"""The frameworks that dropscope is compared with, each training the same task on one thread."""

"""The formats a publication list travels in; each reader and writer is a file of its own."""

"""`jixiao preview`: a document as it looks now, in a browser on this machine, made again when a file is saved."""

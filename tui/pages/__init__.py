"""Pages: records composed into blocks of text that the explorer paints and the command line prints."""

"""What each operator of ImageMagick becomes, by families; the folder is the list."""

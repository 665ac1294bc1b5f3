"""The app in a browser: a web server that runs it on a pseudo-terminal for each page. It draws nothing itself."""

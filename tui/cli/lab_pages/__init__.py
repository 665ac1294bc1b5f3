"""What `safelight lab` prints: tables, time lines, pages of help. It measures nothing itself."""

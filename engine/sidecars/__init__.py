"""Small files beside a picture: its edits, and its rating for other programs. The picture itself is never touched."""

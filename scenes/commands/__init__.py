"""The commands of `gd`, thin: what they do is in `scenes.export`."""

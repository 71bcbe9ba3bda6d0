"""Pure: figures as pictures. The only door to Pillow."""

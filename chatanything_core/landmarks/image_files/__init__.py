"""What files of pictures hold besides plain pixels: colour profiles, films, formats of plug-ins."""

"""What Athena is heard by: her own clips, how they are handed out, and whose turn it is on a loudspeaker."""

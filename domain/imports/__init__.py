"""What the columns and cells of an imported file mean. Decides nothing about files and nothing about storing."""

"""What ministries propose, and who may amend what."""

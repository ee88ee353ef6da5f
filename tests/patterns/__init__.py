"""The pattern library: every layout and component of the design with its examples, for those who build pages."""

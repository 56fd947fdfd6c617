"""The rules of customer advocacy, pure: no I/O, no clock, no unseeded randomness."""

"""Speed and memory, side by side with what docgen is compared to; `make bench`."""

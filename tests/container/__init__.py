"""The image as others run it, against the sandbox: `make container-test`."""

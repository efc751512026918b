"""Messages generated from proto/gengap/v1 when the package is built."""

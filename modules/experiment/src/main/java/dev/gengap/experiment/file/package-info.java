/** Reading experiment files: the table of keys, the grid, and every error with its line. */
package dev.gengap.experiment.file;

/** The command line: where the process starts, the tree of its commands, and how they fail. */
package dev.gengap.cli;

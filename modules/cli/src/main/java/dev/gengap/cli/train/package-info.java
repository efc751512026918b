/** Training offline, from files. */
package dev.gengap.cli.train;

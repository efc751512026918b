/** Where commands write, and in what form. */
package dev.gengap.cli.console;

/** Which backend a command computes with. */
package dev.gengap.cli.backend;

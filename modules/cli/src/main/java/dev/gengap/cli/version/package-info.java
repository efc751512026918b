/** Which Gengap this is. */
package dev.gengap.cli.version;

/** The verb {@code data}: what data sets there are, and how to get them. */
package dev.gengap.cli.data;

/** The command that shows what a network is made of. */
package dev.gengap.cli.network;

/** How fast this machine trains, multiplies and convolves. */
package dev.gengap.cli.bench;

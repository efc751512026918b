/** What this machine has to compute on. */
package dev.gengap.cli.devices;

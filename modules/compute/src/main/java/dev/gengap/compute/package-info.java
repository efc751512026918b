/** What a backend must offer so that networks can be run on it, whatever it computes with. */
package dev.gengap.compute;

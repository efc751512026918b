/** Data sets, what is done to them, and the words all modules share about them. */
package dev.gengap.data;

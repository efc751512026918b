/** The crop before a condition and the scaling after it. */
package dev.gengap.data.preprocess;

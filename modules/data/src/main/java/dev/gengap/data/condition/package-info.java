/** The conditions of a randomization experiment, applied to a data set. */
package dev.gengap.data.condition;

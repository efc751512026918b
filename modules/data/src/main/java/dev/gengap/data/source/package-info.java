/** Where data sets come from: files in their publishers' layout, or drawn from a seed. */
package dev.gengap.data.source;

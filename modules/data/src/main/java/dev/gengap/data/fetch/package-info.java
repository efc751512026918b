/** Downloads of data sets from their publishers. */
package dev.gengap.data.fetch;

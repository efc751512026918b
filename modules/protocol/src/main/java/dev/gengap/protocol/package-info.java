/** The messages on the wire: schema versions, the table of topics, and splitting into chunks. */
package dev.gengap.protocol;

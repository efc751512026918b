/** What a measure compiles against: what it may ask of a snapshot, and what it answers. */
package dev.gengap.measures.api;

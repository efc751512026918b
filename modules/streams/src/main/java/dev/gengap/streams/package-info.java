/** Everything that travels through Kafka; the only package that imports Kafka's clients. */
package dev.gengap.streams;

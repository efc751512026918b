/** The embedded Kafka broker: the only package that imports Kafka's server classes. */
package dev.gengap.broker;

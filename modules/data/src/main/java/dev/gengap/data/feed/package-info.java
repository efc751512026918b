/** The deterministic stream of minibatches of one run. */
package dev.gengap.data.feed;

/** What there is to measure: snapshots announced, less what has been published about them. */
package dev.gengap.experiment.ledger;

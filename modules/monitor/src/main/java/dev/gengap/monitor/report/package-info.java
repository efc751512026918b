/** The page that shows an experiment's results: a table and charts, read from its run folder. */
package dev.gengap.monitor.report;

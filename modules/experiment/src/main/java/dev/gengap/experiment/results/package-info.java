/** Run folders: everything an experiment leaves behind, written so that a crash spoils nothing. */
package dev.gengap.experiment.results;

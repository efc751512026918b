/** What an experiment will take, said before it starts. */
package dev.gengap.experiment.plan;

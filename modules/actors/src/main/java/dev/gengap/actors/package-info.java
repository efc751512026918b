/** Who does what, and when: feeders, trainers, measure groups and the experiment over them. */
package dev.gengap.actors;

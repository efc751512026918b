package dev.gengap.actors;

/**
 * Where the minibatches of one assignment travel.
 *
 * @param run the run's id, as records carry it
 * @param incarnation of the assignment
 * @param lane number of the lane, from 0
 */
record LaneAddress(String run, int incarnation, int lane) {}

package dev.gengap.data.source;

import dev.gengap.data.ImageShape;

/**
 * What a data set is and whether it can be loaded.
 *
 * @param name as written in an experiment file
 * @param what one line of prose
 * @param shape of one image
 * @param classes number of classes
 * @param train training examples of the whole set
 * @param test test examples of the whole set
 * @param available whether it can be loaded now
 * @param where the folder it was found in, or how to get it
 */
public record DataSetDescription(
    String name,
    String what,
    ImageShape shape,
    int classes,
    int train,
    int test,
    boolean available,
    String where) {}

/** Random changes to training images, new in every epoch and the same wherever they are made. */
package dev.gengap.data.augment;

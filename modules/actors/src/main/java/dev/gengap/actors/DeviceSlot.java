package dev.gengap.actors;

/**
 * A place for one trainer.
 *
 * @param number among the slots of all devices, from 0: also its lane's
 * @param offer the device it is on
 */
record DeviceSlot(int number, DeviceOffer offer) {}

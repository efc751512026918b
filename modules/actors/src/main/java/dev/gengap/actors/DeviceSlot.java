package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import dev.gengap.experiment.Device;

/**
 * A place for one trainer.
 *
 * @param number among the slots of all devices, from 0: also its lane's; that of a slot that has
 *     gone is used again
 * @param node where its device is
 * @param index of the device among the node's
 * @param device which one
 */
record DeviceSlot(int number, ActorRef<NodeActor.Command> node, int index, Device device) {}

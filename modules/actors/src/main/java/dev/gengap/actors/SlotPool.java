package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import dev.gengap.compute.DeviceException;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.RunPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The slots of all devices of all nodes: which are free, which runs they may take, and which
 * devices have failed. A run whose network has k slots takes a k-th of its device.
 *
 * <p>Confined to its owner.
 */
final class SlotPool {
  /** Thirds and the like do not add up to exactly 1. */
  private static final double FULL = 1 + 1e-9;

  /** A device and what is on it. */
  private final class Place {
    private final ActorRef<NodeActor.Command> node;
    private final NodeReport.Offered offer;
    private final Deque<DeviceSlot> free = new ArrayDeque<>();
    private final Map<DeviceSlot, RunPlan> taken = new HashMap<>();
    private DeviceException failure;

    Place(ActorRef<NodeActor.Command> node, NodeReport.Offered offer) {
      this.node = node;
      this.offer = offer;
    }

    /** Whether the run may be trained here, now or later. */
    boolean suits(RunPlan run) {
      String backend = run.config().compute().backend();
      return failure == null && offer.device().kind().backend().equals(backend);
    }

    boolean hasRoom(RunPlan run) {
      return !free.isEmpty() && load() + part(run) <= FULL;
    }

    double load() {
      return taken.values().stream().mapToDouble(this::part).sum();
    }

    private double part(RunPlan run) {
      return 1.0 / experiment.slotsOf(run, offer.slots());
    }
  }

  private final Experiment experiment;
  private final List<Place> places = new ArrayList<>();
  private final BitSet numbers = new BitSet();

  SlotPool(Experiment experiment) {
    this.experiment = experiment;
  }

  /** Adds the slots of a node's devices, which were not there. */
  void add(ActorRef<NodeActor.Command> node, List<NodeReport.Offered> devices) {
    for (int index = 0; index < devices.size(); index++) {
      NodeReport.Offered offer = devices.get(index);
      Place place = new Place(node, offer);
      places.add(place);
      for (int i = 0; i < experiment.slotsOn(offer.slots()); i++) {
        int number = numbers.nextClearBit(0);
        numbers.set(number);
        place.free.add(new DeviceSlot(number, node, index, offer.device()));
      }
    }
  }

  /** The node has gone, with its slots; their numbers go to others. */
  void remove(ActorRef<NodeActor.Command> node) {
    for (Place place : places) {
      if (place.node.equals(node)) {
        place.free.forEach(slot -> numbers.clear(slot.number()));
        place.taken.keySet().forEach(slot -> numbers.clear(slot.number()));
      }
    }
    places.removeIf(place -> place.node.equals(node));
  }

  /** Whether every slot is taken: of a device that failed, none are, and yet it trains nothing. */
  boolean isFull() {
    return !places.isEmpty()
        && places.stream().allMatch(place -> place.failure == null && place.free.isEmpty());
  }

  /** One more than the highest number of a slot. */
  int bound() {
    return numbers.length();
  }

  /** Takes a slot for {@code run}, on the emptiest device that has room for it. */
  Optional<DeviceSlot> take(RunPlan run) {
    Optional<Place> emptiest =
        places.stream()
            .filter(place -> place.suits(run) && place.hasRoom(run))
            .min((a, b) -> Double.compare(a.load(), b.load()));
    return emptiest.map(
        place -> {
          DeviceSlot slot = place.free.remove();
          place.taken.put(slot, run);
          return slot;
        });
  }

  /** The run on {@code slot} has left it; nothing happens if the slot has gone with its node. */
  void release(DeviceSlot slot) {
    place(slot)
        .filter(place -> place.taken.remove(slot) != null)
        .ifPresent(place -> place.free.add(slot));
  }

  /** The device of {@code slot} takes no more runs. */
  void retire(DeviceSlot slot, DeviceException failure) {
    place(slot).filter(place -> place.failure == null).ifPresent(place -> place.failure = failure);
  }

  /** Whether a device is left that may train {@code run}. */
  boolean mayTrain(RunPlan run) {
    return places.stream().anyMatch(place -> place.suits(run));
  }

  /** What the user has to know when no device is left for {@code run}. */
  UserError noneFor(RunPlan run) {
    String backend = run.config().compute().backend();
    List<Problem> problems = new ArrayList<>();
    for (Place place : places) {
      if (place.offer.device().kind().backend().equals(backend)) {
        problems.addAll(problems(place));
      }
    }
    if (problems.isEmpty()) {
      problems.add(
          Problem.of("", "devices", "none", "one that backend " + backend + " computes on"));
    }
    return new UserError(problems);
  }

  private static List<Problem> problems(Place place) {
    Throwable cause = Causes.of(place.failure);
    if (cause instanceof UserError user) {
      return user.problems();
    }
    return List.of(
        Problem.of(
                "", place.offer.device().toString(), cause.getMessage(), "a device that computes")
            .withRemedy("mend it, or name others in devices.use; the same command carries on"));
  }

  private Optional<Place> place(DeviceSlot slot) {
    return places.stream()
        .filter(place -> place.taken.containsKey(slot) || place.free.contains(slot))
        .findFirst();
  }
}

package dev.gengap.systemtests.cluster;

import java.time.Duration;

/**
 * What happens to one process of a cluster.
 *
 * @param victim which kind of process
 * @param which one of several of the kind, from 0, modulo how many there are
 * @param freezes whether it is frozen by SIGSTOP and goes on by SIGCONT, or ends by SIGKILL and is
 *     started again
 * @param progress part of the experiment's training after which it happens, in [0, 1)
 * @param pause until the process is back
 */
record Disturbance(Victim victim, int which, boolean freezes, double progress, Duration pause) {

  /** Kinds of processes. */
  enum Victim {
    FEEDER,
    TRAINER,
    MEASURE,
    /** The node that hosts the coordinator at the time. */
    HOST,
    BROKER
  }

  @Override
  public String toString() {
    return "%s %s at %.2f for %.1f s"
        .formatted(freezes ? "freeze" : "kill", victim, progress, pause.toMillis() / 1e3);
  }
}

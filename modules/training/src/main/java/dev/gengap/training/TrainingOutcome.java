package dev.gengap.training;

import java.util.Optional;

/**
 * How a training loop ended.
 *
 * @param reason why
 * @param description the same for people, such as {@code train-loss 0.0098 <= 0.01, checked 4 times
 *     an epoch}
 * @param steps steps done
 * @param epochs epochs completed
 * @param train what the newest check of the training loss found in this call; empty without one
 * @param test the newest evaluation of the test set in this call; empty without one
 */
public record TrainingOutcome(
    Reason reason,
    String description,
    long steps,
    int epochs,
    Optional<Evaluation> train,
    Optional<Evaluation> test) {

  /** Why a training loop ended. */
  public enum Reason {
    /** A check found the training loss at or below the stop rule's threshold. */
    TRAIN_LOSS_REACHED,
    /** The held-out loss has not improved for as long as the stop rule waits. */
    EARLY_STOPPED,
    /** The stop rule's epochs are used up. */
    MAX_EPOCHS,
    /** The stop rule's steps are used up. */
    MAX_STEPS,
    /** The listener asked for it; the run can go on from its last resumable state. */
    STOPPED,
    /** A minibatch's loss was not a finite number. */
    DIVERGED
  }
}

package dev.gengap.actors;

import dev.gengap.compute.DeviceException;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.protocol.v1.Failure;
import dev.gengap.protocol.v1.Failure.Kind;
import dev.gengap.protocol.v1.FailureProblem;

/**
 * Failures that go from one process to another: what matters there is whether the user can mend
 * them, or whether it is a device's fault, and what to say.
 */
final class Failures {
  private Failures() {}

  static Failure encode(Throwable failure) {
    Throwable cause = Causes.of(failure);
    Failure.Builder message = Failure.newBuilder().setMessage(text(cause));
    if (cause instanceof UserError user) {
      message.setKind(Kind.USER);
      user.problems().forEach(problem -> message.addProblems(encode(problem)));
    } else {
      message.setKind(Causes.device(failure).isPresent() ? Kind.DEVICE : Kind.OTHER);
    }
    return message.build();
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static FailureProblem encode(Problem problem) {
    return FailureProblem.newBuilder()
        .setPlace(problem.place())
        .setName(problem.name())
        .setValue(problem.value())
        .setExpected(problem.expected())
        .setRemedy(problem.remedy())
        .build();
  }

  static RuntimeException decode(Failure failure) {
    return switch (failure.getKind()) {
      case USER -> new UserError(failure.getProblemsList().stream().map(Failures::decode).toList());
      case DEVICE -> new DeviceException(failure.getMessage());
      case OTHER, KIND_UNSPECIFIED, UNRECOGNIZED -> new RemoteFailure(failure.getMessage());
    };
  }

  private static Problem decode(FailureProblem problem) {
    return new Problem(
        problem.getPlace(),
        problem.getName(),
        problem.getValue(),
        problem.getExpected(),
        problem.getRemedy());
  }
}

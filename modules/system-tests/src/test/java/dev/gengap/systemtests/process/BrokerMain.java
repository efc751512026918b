package dev.gengap.systemtests.process;

import dev.gengap.broker.EmbeddedBroker;
import java.nio.file.Path;

/** Serves a broker over the folder it is given until its process is killed. */
final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] args) throws InterruptedException {
    EmbeddedBroker.start(
        Path.of(args[0]),
        problem -> {
          throw new IllegalStateException(problem);
        });
    Thread.currentThread().join();
  }
}

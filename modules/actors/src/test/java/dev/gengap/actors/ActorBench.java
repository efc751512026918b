package dev.gengap.actors;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;

/** The actor system of tests, configured as the real one. */
final class ActorBench {
  private ActorBench() {}

  /** The caller shuts it down. */
  static ActorTestKit start() {
    return ActorTestKit.create(
        ConfigFactory.parseString("akka.actor.testkit.typed.single-expect-default = 30 s")
            .withFallback(ConfigFactory.load(ConfigFactory.parseResources("gengap-actors.conf"))));
  }
}

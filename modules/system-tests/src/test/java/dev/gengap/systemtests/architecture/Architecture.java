package dev.gengap.systemtests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;

/** The rules of the architecture. */
final class Architecture {
  private static final String[] KAFKA_CLIENTS = {
    "org.apache.kafka.clients..", "org.apache.kafka.common.."
  };

  private Architecture() {}

  static ArchRule nd4jIsConfined() {
    return confined(resideInAPackage("org.nd4j.."), "dev.gengap.compute.nd4j..");
  }

  static ArchRule kafkaClientsAreConfined() {
    // The broker configures itself with constants that the clients share.
    return confined(
        resideInAnyPackage(KAFKA_CLIENTS), "dev.gengap.streams..", "dev.gengap.broker..");
  }

  static ArchRule kafkaServerIsConfined() {
    DescribedPredicate<JavaClass> server =
        resideInAnyPackage("kafka..", "org.apache.kafka..")
            .and(not(resideInAnyPackage(KAFKA_CLIENTS)))
            .as("are Kafka's server classes");
    return confined(server, "dev.gengap.broker..");
  }

  static ArchRule akkaIsConfined() {
    return confined(resideInAPackage("akka.."), "dev.gengap.actors..");
  }

  static ArchRule aparapiIsConfined() {
    return confined(resideInAPackage("com.aparapi.."), "dev.gengap.compute.aparapi..");
  }

  static ArchRule theConsoleBelongsToTheCommandLine() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("dev.gengap.cli..")
        .should(ACCESS_STANDARD_STREAMS);
  }

  static ArchRule packagesAreFreeOfCycles() {
    return slices().matching("dev.gengap.(**)").should().beFreeOfCycles();
  }

  /**
   * Arrows between modules only point up the list.
   *
   * @param modules the modules from the one that knows nothing of the others to the one that wires
   *     them all
   * @param moduleOf the module of a class, empty for classes that are not Gengap's
   */
  static ArchRule modulesOnlyKnowThoseAbove(
      List<String> modules, Function<JavaClass, String> moduleOf) {
    return classes().should(new OnlyDependUpward(modules, moduleOf));
  }

  private static ArchRule confined(DescribedPredicate<JavaClass> library, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat(library);
  }
}

package dev.gengap.systemtests.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.gengap.systemtests.architecture.fixture.low.Low;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final Pattern MODULE_IN_POM = Pattern.compile("<module>modules/(.*)</module>");
  private static final Pattern MODULE_IN_LOCATION = Pattern.compile("/modules/([^/]+)/target/");

  private static JavaClasses gengap;
  private static JavaClasses fixtures;
  private static List<String> modules;

  @BeforeAll
  static void importClasses() throws IOException {
    gengap =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gengap");
    fixtures = new ClassFileImporter().importPackagesOf(ArchitectureTest.class);
    modules =
        MODULE_IN_POM
            .matcher(Files.readString(Path.of("../../pom.xml")))
            .results()
            .map(found -> found.group(1))
            .toList();
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(Architecture.nd4jIsConfined(), "UsesNd4j"),
        Arguments.of(Architecture.kafkaClientsAreConfined(), "UsesKafkaClients"),
        Arguments.of(Architecture.kafkaServerIsConfined(), "UsesKafkaServer"),
        Arguments.of(Architecture.akkaIsConfined(), "UsesAkka"),
        Arguments.of(Architecture.aparapiIsConfined(), "UsesAparapi"),
        Arguments.of(Architecture.theConsoleBelongsToTheCommandLine(), "PrintsToTheConsole"),
        Arguments.of(Architecture.packagesAreFreeOfCycles(), "cycle.one.One"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rule_ofGengap_holds(ArchRule rule, String violator) {
    rule.check(gengap);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rule_ofItsFixture_fails(ArchRule rule, String violator) {
    assertThatThrownBy(() -> rule.check(fixtures))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(violator);
  }

  @Test
  void modules_ofGengap_onlyKnowThoseAbove() {
    assertThat(modules).startsWith("core").endsWith("cli", "bench", "system-tests");
    Architecture.modulesOnlyKnowThoseAbove(modules, ArchitectureTest::moduleOf).check(gengap);
  }

  @Test
  void modules_ofTheirFixture_knowOneBelow() {
    ArchRule rule =
        Architecture.modulesOnlyKnowThoseAbove(
            List.of("low", "high"), type -> type.getPackageName().replaceFirst(".*\\.", ""));

    assertThatThrownBy(
            () -> rule.check(new ClassFileImporter().importPackages(Low.class.getPackageName())))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("high.High");
  }

  @Test
  void akka_onTheClassPath_hasNoLicenceCheck() {
    assertThat(resource("akka/actor/ActorSystem.class")).isTrue();
    assertThat(resource("akka/actor/dungeon/LicenseKeySupplier.class")).isFalse();
  }

  private static boolean resource(String name) {
    return ArchitectureTest.class.getClassLoader().getResource(name) != null;
  }

  /** The module whose build made {@code type}; empty for classes that are not Gengap's. */
  private static String moduleOf(JavaClass type) {
    return type.getSource()
        .map(source -> MODULE_IN_LOCATION.matcher(source.getUri().toString()))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .orElse("");
  }
}

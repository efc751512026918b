package dev.gengap.systemtests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** bin/gengap in a checkout of its own, with programs that stand in for Java and Maven. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bin/gengap is a bash script")
class LauncherIT {
  @TempDir private Path folder;

  private Path checkout;
  private Path tools;

  private record Result(int code, String out, String err) {}

  @BeforeEach
  void layOutACheckout() throws IOException {
    checkout = Files.createDirectories(folder.resolve("a checkout"));
    tools = Files.createDirectories(folder.resolve("jdk/bin"));
    Files.createDirectories(checkout.resolve("bin"));
    Files.createDirectories(checkout.resolve("proto"));
    Files.createDirectories(checkout.resolve(".mvn"));
    Files.createDirectories(checkout.resolve("modules/cli/src/main"));
    Files.createFile(checkout.resolve("pom.xml"));
    Files.createFile(checkout.resolve("modules/cli/pom.xml"));
    Files.copy(
        Path.of("../../bin/gengap"),
        checkout.resolve("bin/gengap"),
        StandardCopyOption.COPY_ATTRIBUTES);
    tool("javac", "");
    tool(
        "java",
        "[[ $1 != -version ]] || { echo 'openjdk version \"17.0.1\"' >&2; exit; }\n"
            + "printf '%s\\n' \"${@: -2}\"");
    maven("3.8.7", "mkdir -p modules/cli/target/classes\n: > modules/cli/target/classpath");
  }

  @Test
  void firstRun_builds_thenRunsWithItsArguments() throws Exception {
    Result result = run("data", "--json");

    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("data\n--json\n");
    assertThat(result.err()).startsWith("gengap: building (the log is ");
  }

  @Test
  void secondRun_buildsNothing() throws Exception {
    run("--version");

    Result result = run("--version");

    assertThat(result.err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void run_afterASourceChanged_buildsAgain() throws Exception {
    run("--version");
    Path source = Files.createFile(checkout.resolve("modules/cli/src/main/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    run("--version");

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void run_withoutOneOfItsJars_buildsAgain() throws Exception {
    run("--version");
    Files.writeString(checkout.resolve("modules/cli/target/classpath"), "/gone.jar");

    run("--version");

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void run_throughALinkFromElsewhere_findsItsCheckout() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("gengap"), Path.of("a checkout/bin/gengap"));

    Result result = finish(start(link, folder, "--version"));

    assertThat(result.code()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void firstRuns_atOnce_buildOnce() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(start(checkout.resolve("bin/gengap"), folder, "--version"));
    }

    for (Process process : processes) {
      assertThat(finish(process).code()).isZero();
    }
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void build_thatFails_namesItsLog() throws Exception {
    maven("3.8.7", "echo '[ERROR] no compiler'; exit 1");

    Result result = run("--version");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("[ERROR] no compiler\n")
        .endsWith("gengap: the build failed; the log is " + real("target/build.log") + "\n");
    assertThat(checkout.resolve("target/build-stamp")).doesNotExist();
  }

  @Test
  void installation_ofABuild_runsWithoutMavenAndSources() throws Exception {
    maven(
        "3.8.7",
        "mkdir -p modules/cli/target/classes\ntouch a.jar b.jar\n"
            + "printf '%s:%s' \"$PWD/a.jar\" \"$PWD/b.jar\" > modules/cli/target/classpath");
    run("--version");
    for (String file : List.of("docker/install", "LICENSE", "NOTICE")) {
      Path copy = checkout.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of("../..").resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createDirectories(checkout.resolve("config"));
    Path installed = folder.resolve("an installation");

    Result install =
        finish(start(checkout.resolve("docker/install"), folder, installed.toString()));
    Files.delete(tools.resolve("mvn"));
    Files.delete(checkout.resolve("a.jar"));
    Result result = finish(start(installed.resolve("bin/gengap"), folder, "data", "--json"));

    assertThat(install).isEqualTo(new Result(0, "", ""));
    assertThat(result).isEqualTo(new Result(0, "data\n--json\n", ""));
    assertThat(installed.resolve("lib/a.jar")).exists();
    assertThat(installed.resolve("modules/cli/target/classpath"))
        .hasContent(installed.toRealPath() + "/lib/a.jar:" + installed.toRealPath() + "/lib/b.jar");
  }

  @Test
  void java_missing_saysWhatToInstall() throws Exception {
    Files.delete(tools.resolve("java"));

    Result result = run("--version");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .startsWith(
            "gengap: java: not found (expected: Java 17 or later); Debian: apt-get install");
  }

  @Test
  void maven_tooOld_saysWhatToInstall() throws Exception {
    maven("3.6.3", "");

    Result result = run("--version");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("gengap: mvn: version 3.6 (expected: 3.8 or later); Debian: apt-get install");
  }

  private void maven(String version, String build) throws IOException {
    tool(
        "mvn",
        "[[ $1 != -version ]] || { echo 'Apache Maven "
            + version
            + "'; exit; }\n"
            + "echo built >> builds\n"
            + build);
  }

  private void tool(String name, String body) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Result run(String... args) throws Exception {
    return finish(start(checkout.resolve("bin/gengap"), folder, args));
  }

  private Process start(Path program, Path directory, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", tools.getParent().toString());
    environment.put("PATH", tools + ":" + environment.get("PATH"));
    environment.remove("GENGAP_JAVA_OPTS");
    return builder.start();
  }

  private static Result finish(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out, err);
  }

  private long builds() throws IOException {
    return Files.readAllLines(checkout.resolve("builds")).size();
  }

  private Path real(String path) throws IOException {
    return checkout.toRealPath().resolve(path);
  }
}

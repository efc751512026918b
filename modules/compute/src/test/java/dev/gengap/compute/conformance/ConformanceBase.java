package dev.gengap.compute.conformance;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Workspace;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A backend that is asked what it has to do, with one workspace for each precision. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ConformanceBase {
  private final Map<Precision, Workspace> workspaces = new EnumMap<>(Precision.class);
  private Backend backend;

  /** A new backend; closed by the suite. */
  protected abstract Backend newBackend();

  @BeforeAll
  void openBackend() {
    backend = newBackend();
  }

  @AfterAll
  void closeBackend() {
    workspaces.values().forEach(Workspace::close);
    backend.close();
  }

  /** What it computes with, for parameterized tests. */
  final Stream<Precision> precisions() {
    return backend.precisions().stream();
  }

  /** The workspace that all tests of the class share. */
  final Workspace workspace(Precision precision) {
    return workspaces.computeIfAbsent(precision, backend::newWorkspace);
  }

  /** A workspace of the test's own. Caller closes. */
  final Workspace newWorkspace(Precision precision) {
    return backend.newWorkspace(precision);
  }
}

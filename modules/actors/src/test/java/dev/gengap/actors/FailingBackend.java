package dev.gengap.actors;

import dev.gengap.compute.Backend;
import dev.gengap.compute.BackendInfo;
import dev.gengap.compute.CrossEntropy;
import dev.gengap.compute.Operation;
import dev.gengap.compute.ParameterUpdate;
import dev.gengap.compute.Precision;
import dev.gengap.compute.SgdUpdate;
import dev.gengap.compute.Workspace;
import dev.gengap.compute.nd4j.Nd4jBackend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * ND4J on the CPU, until an operation is launched that is one too many: that launch, and every one
 * after it, throws.
 */
final class FailingBackend implements Backend {
  private static final Set<Class<?>> LAUNCHED =
      Set.of(Operation.class, CrossEntropy.class, SgdUpdate.class, ParameterUpdate.class);

  private final Backend working = Nd4jBackend.create(1);
  private final AtomicLong launches;
  private final Supplier<RuntimeException> failure;

  /**
   * @param launches that succeed; counted down, so that backends may share it
   */
  FailingBackend(AtomicLong launches, Supplier<RuntimeException> failure) {
    this.launches = launches;
    this.failure = failure;
  }

  @Override
  public BackendInfo info() {
    return working.info();
  }

  @Override
  public Workspace newWorkspace(Precision precision) {
    return counting(Workspace.class, working.newWorkspace(precision));
  }

  @Override
  public void close() {
    working.close();
  }

  /** A proxy, since it does the same for whatever a workspace can prepare. */
  private <T> T counting(Class<T> type, Object target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(target, method, arguments)));
  }

  private Object call(Object target, Method method, Object[] arguments) throws Throwable {
    boolean launch =
        LAUNCHED.contains(method.getDeclaringClass()) && method.getName().equals("run");
    if (launch && launches.decrementAndGet() < 0) {
      throw failure.get();
    }
    Object result;
    try {
      result = method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    Class<?> type = method.getReturnType();
    return LAUNCHED.contains(type) ? counting(type, result) : result;
  }
}

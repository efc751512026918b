package dev.gengap.systemtests.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.function.Function;

/** A class may know those of its own module and of the modules listed before it. */
final class OnlyDependUpward extends ArchCondition<JavaClass> {
  private final List<String> modules;
  private final Function<JavaClass, String> moduleOf;

  OnlyDependUpward(List<String> modules, Function<JavaClass, String> moduleOf) {
    super("only depend on classes of its own module and of those above it in the root pom");
    this.modules = modules;
    this.moduleOf = moduleOf;
  }

  @Override
  public void check(JavaClass origin, ConditionEvents events) {
    int own = modules.indexOf(moduleOf.apply(origin));
    for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
      int other =
          modules.indexOf(moduleOf.apply(dependency.getTargetClass().getBaseComponentType()));
      if (own < 0 || other > own) {
        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
      }
    }
  }
}

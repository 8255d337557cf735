package dev.patchbay.provisioning;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatchers;

/** Loads the write path anew, without a rule: the program itself has no switches. */
final class WithoutRule extends ClassLoader {
  private static final List<String> OWN =
      List.of("dev.patchbay.provisioning.", "dev.patchbay.plan.", "dev.patchbay.journal.");

  private final List<Rule.Switch> switches;

  WithoutRule(List<Rule.Switch> switches) {
    super(WithoutRule.class.getClassLoader());
    this.switches = switches;
  }

  /** What goes wrong in the rule's scenario. */
  @SuppressWarnings("unchecked")
  List<String> hunt(Rule rule, Path directory) throws ReflectiveOperationException {
    var hunt = loadClass(RuleHunt.class.getName()).getDeclaredConstructor();
    hunt.setAccessible(true);
    return ((BiFunction<String, Path, List<String>>) hunt.newInstance())
        .apply(rule.name(), directory);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (OWN.stream().noneMatch(name::startsWith)) {
        return super.loadClass(name, resolve);
      }
      var known = findLoadedClass(name);
      return known != null ? known : defined(name);
    }
  }

  private Class<?> defined(String name) throws ClassNotFoundException {
    try {
      var bytes = bytes(name);
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private byte[] bytes(String name) throws IOException, ClassNotFoundException {
    var off = switches.stream().filter(it -> it.type().getName().equals(name)).toList();
    if (off.isEmpty()) {
      try (var file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (file == null) {
          throw new ClassNotFoundException(name);
        }
        return file.readAllBytes();
      }
    }
    return without(off.getFirst().type(), off);
  }

  private static byte[] without(Class<?> type, List<Rule.Switch> off) throws IOException {
    DynamicType.Builder<?> builder =
        new ByteBuddy().redefine(type, ClassFileLocator.ForClassLoader.of(type.getClassLoader()));
    for (Rule.Switch each : off) {
      requireMethod(each);
      builder = builder.method(ElementMatchers.named(each.method())).intercept(each.off());
    }
    try (var made = builder.make()) {
      return made.getBytes();
    }
  }

  private static void requireMethod(Rule.Switch off) {
    Set<String> methods =
        java.util.Arrays.stream(off.type().getDeclaredMethods())
            .map(java.lang.reflect.Method::getName)
            .collect(Collectors.toSet());
    if (!methods.contains(off.method())) {
      throw new IllegalStateException(off.type() + " has no method " + off.method());
    }
  }
}

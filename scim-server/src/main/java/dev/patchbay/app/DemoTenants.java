package dev.patchbay.app;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The tenants of a demo, at least one. */
record DemoTenants(List<DemoTenant> each) {
  private static final String ALL = "all";
  private static final String FIRST = "portsip";

  DemoTenants {
    each = List.copyOf(each);
  }

  /**
   * One tenant with an emulated PBX.
   *
   * @param name of the tenant
   * @param dialect of its PBX
   */
  record DemoTenant(String name, String dialect) {}

  /** One tenant of each dialect, called as that. */
  static DemoTenants all() {
    return new DemoTenants(
        Dialects.byName().keySet().stream().map(it -> new DemoTenant(it, it)).toList());
  }

  /** One tenant: {@code demo} with PortSIP, else called as its dialect. */
  static DemoTenants of(String dialect) {
    String name = Dialects.named(dialect).name();
    return new DemoTenants(List.of(new DemoTenant(name.equals(FIRST) ? "demo" : name, name)));
  }

  /** Reads the flag: a dialect, or all. */
  static final class Converter implements ITypeConverter<DemoTenants> {
    @Override
    public DemoTenants convert(String text) {
      try {
        return text.equals(ALL) ? all() : of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "expected one of " + String.join(", ", new DialectNames()) + ", " + ALL);
      }
    }
  }
}

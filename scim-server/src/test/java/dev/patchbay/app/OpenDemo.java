package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.Emulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** What {@code demo} runs, within a test: the bridge with an emulated PBX for each tenant. */
public final class OpenDemo implements AutoCloseable {
  private final Demo.Tokens tokens;
  private final DemoTenants all;
  private final Demo demo;

  private OpenDemo(Path directory, DemoTenants tenants) throws IOException {
    all = tenants;
    tokens = Demo.Tokens.random(tenants);
    demo =
        Demo.open(
            new Demo.Setup(
                tenants,
                0,
                OptionalInt.of(0),
                DataDirectory.make(directory),
                tokens,
                TokenHash.randomToken(),
                "attribute"),
            Emulators::start);
  }

  /** As {@code demo --pbx all}. */
  public static OpenDemo all(Path directory) throws IOException {
    return new OpenDemo(directory, DemoTenants.all());
  }

  /** As {@code demo --pbx} with that dialect. */
  public static OpenDemo of(Path directory, String dialect) throws IOException {
    return new OpenDemo(directory, DemoTenants.of(dialect));
  }

  /** Each is called as its PBX's dialect. */
  public List<String> tenants() {
    return all.each().stream().map(DemoTenants.DemoTenant::name).toList();
  }

  public URI scimUrl(String tenant) {
    return demo.scimUrl(tenant);
  }

  /** The identity provider's. */
  public Secret token(String tenant) {
    return all.each().stream()
        .filter(it -> it.name().equals(tenant))
        .map(tokens::of)
        .findFirst()
        .orElseThrow();
  }

  public Emulator pbx(String tenant) {
    return demo.pbx(tenant);
  }

  @Override
  public void close() throws IOException {
    demo.close();
  }
}

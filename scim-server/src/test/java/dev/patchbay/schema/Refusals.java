package dev.patchbay.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;

/** What a request is refused for. */
public final class Refusals {
  private Refusals() {}

  /** Asserts that {@code step} is refused as {@code kind}; the detail is left to look at. */
  public static AbstractStringAssert<?> refused(Refusal.Kind kind, Runnable step) {
    var refusal = catchThrowableOfType(Refusal.class, step::run);
    assertThat(refusal).as("refusal").isNotNull();
    assertThat(refusal.kind()).as(refusal.detail()).isEqualTo(kind);
    return assertThat(refusal.detail());
  }
}

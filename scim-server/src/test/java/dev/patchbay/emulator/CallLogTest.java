package dev.patchbay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallLogTest {

  @Test
  void theOldestCallsGoWhenThereAreTooMany() {
    var log = new CallLog(2);
    for (String path : new String[] {"/1", "/2", "/3"}) {
      log.add(
          new RecordedCall("GET", path, Optional.empty(), Optional.empty(), 0, Optional.empty()));
    }

    log.change(0, call -> call.answered(200));

    assertThat(log.lines()).containsExactly("GET /2", "GET /3");
  }
}

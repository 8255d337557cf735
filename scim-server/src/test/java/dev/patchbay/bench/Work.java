package dev.patchbay.bench;

import dev.patchbay.bench.Connection.Answer;
import java.util.function.Consumer;

/** A request to be sent by whichever connection is free, and what to do with its answer. */
@SuppressWarnings("ArrayRecordComponent") // bytes for the wire, which nobody compares
sealed interface Work {
  byte[] request();

  void answered(Answer answer);

  record Plain(byte[] request) implements Work {
    @Override
    public void answered(Answer answer) {}
  }

  record Noted(byte[] request, Consumer<Answer> note) implements Work {
    @Override
    public void answered(Answer answer) {
      note.accept(answer);
    }
  }

  /** There is nothing left to do. */
  record None() implements Work {
    @Override
    public byte[] request() {
      return new byte[0];
    }

    @Override
    public void answered(Answer answer) {}
  }
}

package dev.patchbay.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Requests that are sent at the same time. */
final class Together {
  private Together() {}

  /** The answers to so many requests, in the order of their numbers 0 to {@code count - 1}. */
  static List<Answer> send(int count, IntFunction<Answer> request) {
    var begin = new CountDownLatch(1);
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      var sent = new ArrayList<Future<Answer>>();
      for (int i = 0; i < count; i++) {
        int number = i;
        sent.add(
            senders.submit(
                () -> {
                  begin.await();
                  return request.apply(number);
                }));
      }
      begin.countDown();
      return answers(sent);
    }
  }

  private static List<Answer> answers(List<Future<Answer>> sent) {
    var answers = new ArrayList<Answer>();
    for (Future<Answer> each : sent) {
      try {
        answers.add(each.get());
      } catch (InterruptedException | ExecutionException e) {
        throw new AssertionError(e);
      }
    }
    return answers;
  }
}

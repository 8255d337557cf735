package dev.patchbay.chaos;

import java.util.List;
import java.util.Random;

/** One sender's way to the bridges: each request goes to any of those that listen. */
record Balancer(List<Http> bridges, Random random) {
  Reply send(Request request) throws InterruptedException {
    int first = random.nextInt(bridges.size());
    for (int i = 0; i < bridges.size(); i++) {
      var reply = bridges.get((first + i) % bridges.size()).send(request);
      if (!(reply instanceof Reply.NotSent)) {
        return reply;
      }
    }
    return new Reply.NotSent();
  }
}

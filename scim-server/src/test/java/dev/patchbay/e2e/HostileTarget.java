package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A whole bridge with a user and a group in it, which hostile requests are sent to. */
final class HostileTarget implements AutoCloseable {
  /** What one request may allocate, all in all: above what it may hold at any moment. */
  private static final long MAX_ALLOCATED = 64L << 20;

  /** Of the processor, which no busy machine makes longer: 0.34 s is the most that was seen. */
  private static final Duration MAX_WORK = Duration.ofSeconds(1);

  private static final OperatingSystemMXBean WORK =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Longer than any error needs to be, shorter than what was sent to provoke it. */
  private static final int MAX_ERROR = 2000;

  /** "Not supported" is a true answer to a strange question; these are not. */
  private static final Set<Integer> OUR_FAULT = Set.of(500, 502, 503, 504);

  private final RunningBridge bridge;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final String user;
  private final String group;

  private HostileTarget(RunningBridge bridge) {
    this.bridge = bridge;
    this.user = bridge.scim().createUser("kept@corp.example").is(201).id();
    this.group = bridge.scim().createGroup("Kept", user).is(201).id();
    headers.put("Host", "127.0.0.1");
    headers.put("Authorization", bridge.scim().http().headers().get("Authorization"));
    headers.put("Content-Type", "application/scim+json");
    headers.put("Connection", "close");
  }

  static HostileTarget in(Path directory) {
    return new HostileTarget(RunningBridge.in(directory));
  }

  /** Reads a request; {@code <<user>>} and {@code <<group>>} are the ids of what is there. */
  HostileRequest request(String text) {
    var named = text.replace("<<user>>", user).replace("<<group>>", group);
    return HostileRequest.parse(named, bridge.scim().http().base().getPath(), headers);
  }

  /** Sends it, and asserts that it is answered and gets no more than a request may have. */
  Answer send(HostileRequest request) {
    var answer = sendBroken(request);
    assertThat(answer).as("an answer").isPresent();
    return answer.get();
  }

  /** {@link #send} for what may be no HTTP: that may be ended without an answer. */
  Optional<Answer> sendBroken(HostileRequest request) {
    long before = allocated();
    long began = WORK.getProcessCpuTime();
    var answer = RawHttp.send(bridge.scim().http().base().getPort(), request);
    var worked = Duration.ofNanos(WORK.getProcessCpuTime() - began);
    long spent = allocated() - before;
    assertThat(spent).as("allocated bytes").isLessThan(MAX_ALLOCATED);
    assertThat(worked).as("processor time").isLessThan(MAX_WORK);
    var line = new String(request.head(), StandardCharsets.ISO_8859_1).lines().findFirst();
    answer.ifPresent(it -> check(it, line.orElse("").contains("HEAD")));
    return answer;
  }

  private static void check(Answer answer, boolean head) {
    assertThat(OUR_FAULT).as(answer.text()).doesNotContain(answer.status());
    if (answer.status() >= 400 && !head) {
      answer.isError(answer.status(), answer.at("/scimType"));
      assertThat(answer.text()).hasSizeLessThan(MAX_ERROR);
    }
  }

  /** Asserts that everybody is on the PBX, and everything can still be read. */
  void assertIsWell() {
    var users = bridge.settled().scim().get("/Users?count=1000").is(200).json().path("Resources");
    bridge.scim().get("/Groups?count=1000").is(200);
    assertThat(bridge.pbx().users())
        .extracting(it -> it.path("extension_number").asText())
        .containsExactlyInAnyOrderElementsOf(users.findValuesAsText("extensionNumber"));
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }

  @Override
  public void close() {
    bridge.close();
  }
}

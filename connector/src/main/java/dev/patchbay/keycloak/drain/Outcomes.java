package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.outbox.Work;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Says what came of each thing that was sent: a line in the log, a count in Keycloak's metrics. */
final class Outcomes {
  private static final Logger LOG = Logger.getLogger("dev.patchbay.keycloak");

  private static final Pattern STATUS = Pattern.compile("(HTTP \\d{3}), .*", Pattern.DOTALL);

  private Outcomes() {}

  static void sent(Target target, Kind kind, String item, String action) {
    LOG.infof("sent kind=%s id=%s action=%s target=%s", kind, item, action, target.config().name());
    count(target, action);
  }

  static void membersSent(Target target, String group, int joined, int left) {
    LOG.infof(
        "sent kind=GROUP id=%s action=members joined=%d left=%d target=%s",
        group, joined, left, target.config().name());
    count(target, "members");
  }

  static void deferred(Target target, Work work, Duration retryIn, String reason) {
    LOG.warnf(
        "deferred kind=%s id=%s target=%s retryIn=%ds reason=\"%s\"",
        work.kind(), work.item(), target.config().name(), retryIn.toSeconds(), brief(reason));
    count(target, "deferred");
  }

  static void blocked(Target target, Work work, String reason) {
    LOG.errorf(
        "blocked kind=%s id=%s target=%s attempts=%d reason=\"%s\"",
        work.kind(), work.item(), target.config().name(), work.attempts() + 1, brief(reason));
    count(target, "blocked");
  }

  static void held(Target target, Kind kind, long leavers, long all) {
    LOG.errorf(
        "held kind=%s target=%s leavers=%d all=%d: more than brakePercent allows at once; release"
            + " or mend it",
        kind, target.config().name(), leavers, all);
    count(target, "held");
  }

  static void unusable(String targetId, Duration retryIn, String reason) {
    LOG.warnf(
        "target not usable id=%s retryIn=%ds reason=\"%s\"",
        targetId, retryIn.toSeconds(), brief(reason));
  }

  static void compared(Target target, Comparison comparison) {
    LOG.infof(
        "compared target=%s kind=%s looked=%d different=%d",
        target.config().name(), comparison.kind(), comparison.compared(), comparison.different());
  }

  /** Without the target's own words, which name people; the status has them. */
  private static String brief(String reason) {
    return STATUS.matcher(reason).replaceFirst("$1").replaceAll("\\p{Cntrl}", " ");
  }

  private static void count(Target target, String outcome) {
    Metrics.counter("patchbay.deliveries", "target", target.id(), "outcome", outcome).increment();
  }
}

package dev.patchbay.reconcile;

import java.time.Duration;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each class of findings, without personal data; people who still work are an alarm. */
final class ReportLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.patchbay.reconcile");

  /** Enough to begin with; the report has them all. */
  private static final int NAMED = 20;

  private ReportLog() {}

  static void write(Report report) {
    alarm(report);
    for (FindingClass each : FindingClass.values()) {
      long count = report.count(finding -> FindingClass.of(finding) == each);
      if (count > 0) {
        LOG.info("drift found pbx={} class={} count={}", report.tenant(), each.word(), count);
      }
    }
    var took = Duration.between(report.startedAt(), report.endedAt()).toMillis();
    var compared = report.compared();
    if (compared.failure().isPresent()) {
      LOG.warn(
          "comparison ended early pbx={} took={}ms reason=\"{}\"",
          report.tenant(),
          took,
          compared.failure().get());
      return;
    }
    LOG.info(
        "comparison done pbx={} repair={} users={} groups={} findings={} took={}ms",
        report.tenant(),
        Report.word(report.policy()),
        compared.users(),
        compared.groups(),
        compared.findings().size(),
        took);
  }

  private static void alarm(Report report) {
    long count = report.count(Finding::alarming);
    if (count == 0) {
      return;
    }
    var ids =
        report.compared().findings().stream()
            .filter(Finding::alarming)
            .limit(NAMED)
            .map(it -> it.subject().entry().orElse("(deleted)"))
            .collect(Collectors.joining(" "));
    LOG.error(
        "alarm: people who left can work pbx={} count={} users={}", report.tenant(), count, ids);
  }
}

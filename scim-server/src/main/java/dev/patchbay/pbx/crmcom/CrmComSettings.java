package dev.patchbay.pbx.crmcom;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.http.PbxConnection;
import dev.patchbay.pbx.http.RequestLimits;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How to reach one CRM.COM and what users are made from there; each key is in
 * docs/reference/pbx/crmcom.md.
 *
 * @param templates by the role that stands for them
 * @param tokenLife how long a token is good for, used or not
 * @param dates how dates are written
 * @param duplicateAfterLoss what "there is such a user" means after an unanswered create
 */
record CrmComSettings(
    PbxConnection connection,
    CrmComLogin login,
    Map<String, CrmComTemplate> templates,
    Duration tokenLife,
    DateTimeFormatter dates,
    DuplicateAfterLoss duplicateAfterLoss) {
  private static final RequestLimits USUAL = new RequestLimits(4, 0);

  /** What "there is such a user" means when a create is sent again after it was given up. */
  enum DuplicateAfterLoss {
    /** The first one was done: the user is ours. */
    ADOPT,
    /** A person has to look. */
    BLOCK
  }

  static CrmComSettings from(Section section) {
    var templates = new LinkedHashMap<String, CrmComTemplate>();
    section
        .sections("templates")
        .forEach((role, template) -> templates.put(role, CrmComTemplate.from(template)));
    if (templates.isEmpty()) {
      section.reject("templates", "expected at least one template to make users from");
    }
    return new CrmComSettings(
        PbxConnection.from(section, USUAL),
        CrmComLogin.from(section),
        templates,
        section.duration(
            "token-life", Duration.ofHours(2), Duration.ofSeconds(10), Duration.ofDays(1)),
        section
            .value(
                "date-format",
                "a pattern of year, month and day such as dd/MM/uuuu",
                CrmComSettings::dates)
            .orElse(DateTimeFormatter.ISO_LOCAL_DATE),
        section.choice("duplicate-after-loss", DuplicateAfterLoss.ADOPT));
  }

  /** One that tells each day from any other. */
  private static DateTimeFormatter dates(String pattern) {
    var dates = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    var day = LocalDate.of(2025, 11, 23);
    try {
      if (LocalDate.parse(day.format(dates), dates).equals(day)) {
        return dates;
      }
    } catch (DateTimeException lessThanADay) {
      throw new IllegalArgumentException(lessThanADay);
    }
    throw new IllegalArgumentException("loses a part of the date");
  }
}

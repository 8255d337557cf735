package dev.patchbay.pbx.crmcom;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.http.PbxConnection;
import dev.patchbay.pbx.http.RequestLimits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to reach one CRM.COM and what users are made from there; each key is in
 * docs/reference/pbx/crmcom.md.
 *
 * @param templates by the role that stands for them
 * @param tokenLife how long a token is good for, used or not
 * @param duplicateAfterLoss what "there is such a user" means after an unanswered create
 */
record CrmComSettings(
    PbxConnection connection,
    CrmComLogin login,
    Map<String, CrmComTemplate> templates,
    Duration tokenLife,
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
        section.choice("duplicate-after-loss", DuplicateAfterLoss.ADOPT));
  }
}

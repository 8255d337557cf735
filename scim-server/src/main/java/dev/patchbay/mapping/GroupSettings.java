package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.patchbay.config.Section;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What groups mean that do not say it themselves, which is all that identity providers send. The
 * first rule that fits counts, once, when the group is made.
 */
public record GroupSettings(List<Rule> rules) {
  private static final java.util.regex.Pattern PART = java.util.regex.Pattern.compile("\\$(\\d)");

  /** Every group means what groups usually mean on its PBX. */
  public static final GroupSettings NONE = new GroupSettings(List.of());

  public GroupSettings {
    rules = List.copyOf(rules);
  }

  /**
   * Which groups are of a kind.
   *
   * @param displayName must match the whole name, without regard to case
   * @param target of what stands in the PBX already; {@code $1} and so on are the name's groups
   */
  public record Rule(
      Optional<Pattern> displayName,
      Optional<String> externalId,
      String kind,
      Optional<String> target) {
    public Rule {
      if (displayName.isEmpty() && externalId.isEmpty()) {
        throw new IllegalArgumentException("expected display-name or external-id");
      }
      if (GroupKind.needsTarget(kind) && target.isEmpty()) {
        throw new IllegalArgumentException("kind '" + kind + "' needs a target");
      }
    }

    private Optional<Choice> choose(ObjectNode group) {
      var name = group.path("displayName").asText();
      boolean named = externalId.map(group.path("externalId").asText()::equals).orElse(true);
      var match = displayName.map(pattern -> pattern.matcher(name));
      return named && match.map(Matcher::matches).orElse(true)
          ? Optional.of(new Choice(kind, target.map(it -> filled(it, match))))
          : Optional.empty();
    }

    private static String filled(String target, Optional<Matcher> match) {
      return PART.matcher(target).replaceAll(it -> part(match, Integer.parseInt(it.group(1))));
    }

    private static String part(Optional<Matcher> match, int number) {
      var part = match.map(it -> it.group(number)).orElse("");
      return java.util.regex.Matcher.quoteReplacement(part);
    }
  }

  /** What a rule makes of a group. */
  public record Choice(String kind, Optional<String> target) {}

  public Optional<Choice> choose(ObjectNode group) {
    return rules.stream().flatMap(rule -> rule.choose(group).stream()).findFirst();
  }

  /** Reads a tenant's {@code mapping.groups}. */
  static GroupSettings from(
      Section mapping, KnownPbx pbx, RoleSettings roles, Templates templates) {
    var kinds = pbx.offers().map(GroupKind::offered).orElseGet(GroupKind::all);
    var rules = new ArrayList<Rule>();
    for (Section entry : mapping.list("groups")) {
      entry
          .read(it -> rule(it, kinds))
          .ifPresent(
              rule -> {
                checkGiven(entry, rule, pbx, roles, templates);
                rules.add(rule);
              });
    }
    return new GroupSettings(rules);
  }

  /** What only the group's name tells is looked at when the group is made. */
  private static void checkGiven(
      Section entry, Rule rule, KnownPbx pbx, RoleSettings roles, Templates templates) {
    var target = rule.target().filter(it -> !PART.matcher(it).find());
    if (rule.kind().equals(Granted.ROLE.word())) {
      target
          .map(it -> roles.role(it).orElse(it))
          .ifPresent(
              role ->
                  new RoleRestrictions(pbx, roles.allowPrivileged()).check(entry, "target", role));
    }
    if (rule.kind().equals(Granted.TEMPLATE.word())) {
      var known = templates.all().keySet();
      target
          .filter(it -> !known.contains(it))
          .ifPresent(it -> entry.rejectWord("target", "the name of a template", it, known));
    }
  }

  private static Rule rule(Section entry, List<String> kinds) {
    var pattern = entry.value("display-name", Transform.Replace.FORM, GroupSettings::pattern);
    var kind =
        entry.has("kind")
            ? entry.word("kind", new LinkedHashSet<>(kinds)).orElse("")
            : entry.string("kind");
    var target = entry.optionalString("target");
    if (target.isPresent() && !kind.isEmpty() && !GroupKind.needsTarget(kind)) {
      entry.reject("target", "a group of kind '" + kind + "' stands for nothing that has a name");
    }
    var rule = new Rule(pattern, entry.optionalString("external-id"), kind, target);
    if (target.isPresent() && !fits(target.get(), pattern)) {
      entry.reject("target", "display-name has no such part");
    }
    return rule;
  }

  /** In any case: names are unique so, too. */
  private static Pattern pattern(String text) {
    return Transform.Replace.pattern("(?i)" + text);
  }

  /** Whether each {@code $n} is a part of the pattern. */
  private static boolean fits(String target, Optional<Pattern> pattern) {
    int parts = pattern.map(it -> it.matcher("").groupCount()).orElse(0);
    return PART.matcher(target).results().allMatch(it -> Integer.parseInt(it.group(1)) <= parts);
  }
}

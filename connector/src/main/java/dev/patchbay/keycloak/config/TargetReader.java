package dev.patchbay.keycloak.config;

import dev.patchbay.keycloak.config.TargetConfig.Limits;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.component.ComponentModel;

/** Turns a component's text into a target, or says what is wrong with it. */
final class TargetReader {
  private final ComponentModel component;
  private final Vault vault;

  TargetReader(ComponentModel component, Vault vault) {
    this.component = component;
    this.vault = vault;
  }

  TargetConfig read() {
    return new TargetConfig(
        component.getId() == null ? "" : component.getId(), // none yet while it is being created
        component.getName(),
        url(Setting.SCIM_URL),
        authentication(),
        users(),
        new GroupFilter(Set.copyOf(groups())),
        choice(Setting.GROUP_NAMES, GroupNaming.class),
        roles(),
        attributes(),
        Set.copyOf(all(Setting.MS365_ALIASES)),
        choice(Setting.ON_REMOVAL, RemovalPolicy.class),
        choice(Setting.UNKNOWN_ACCOUNTS, UnknownAccounts.class),
        limits());
  }

  private Limits limits() {
    return new Limits(
        number(Setting.BRAKE_PERCENT, 0, 100),
        Duration.ofMinutes(number(Setting.RECONCILE_MINUTES, 0, 525_600)),
        number(Setting.BATCH_SIZE, 1, 1000),
        number(Setting.PARALLEL, 1, 32),
        number(Setting.REQUESTS_PER_SECOND, 1, 10_000),
        Duration.ofSeconds(number(Setting.REQUEST_TIMEOUT_SECONDS, 1, 120)),
        number(Setting.MAX_ATTEMPTS, 1, 1000));
  }

  private Authentication authentication() {
    String token = vault.reveal(text(Setting.TOKEN));
    if (!token.isEmpty()) {
      return new Authentication.BearerToken(token);
    }
    if (!text(Setting.TOKEN).isEmpty()) {
      throw new SettingException(Setting.TOKEN, "the vault has no such secret");
    }
    if (text(Setting.OAUTH_TOKEN_URL).isEmpty()) {
      throw new SettingException(Setting.TOKEN, "a bearer token, or oauthTokenUrl, is needed");
    }
    return new Authentication.ClientCredentials(
        url(Setting.OAUTH_TOKEN_URL),
        required(Setting.OAUTH_CLIENT_ID),
        vault.reveal(required(Setting.OAUTH_CLIENT_SECRET)),
        text(Setting.OAUTH_SCOPE));
  }

  private UserFilter users() {
    String who = text(Setting.USERS);
    return switch (who) {
      case "all" -> new UserFilter.Everyone();
      case "group" -> new UserFilter.InGroup(path(Setting.USERS_IN, required(Setting.USERS_IN)));
      case "role" -> new UserFilter.WithRole(required(Setting.USERS_IN));
      case "attribute" -> {
        var pair = pair(Setting.USERS_IN, required(Setting.USERS_IN));
        yield new UserFilter.WithAttribute(pair.getKey(), pair.getValue());
      }
      default -> throw unknown(Setting.USERS, who);
    };
  }

  private List<String> groups() {
    return all(Setting.GROUPS).stream()
        .map(each -> each.equals("*") ? each : path(Setting.GROUPS, each))
        .toList();
  }

  private Map<String, String> roles() {
    var roles = new LinkedHashMap<String, String>();
    for (String each : all(Setting.ROLES)) {
      var pair = each.contains("=") ? pair(Setting.ROLES, each) : Map.entry(each, each);
      if (roles.put(pair.getKey(), pair.getValue()) != null) {
        throw new SettingException(Setting.ROLES, "'" + pair.getKey() + "' is there twice");
      }
    }
    return roles;
  }

  private List<AttributeMapping> attributes() {
    var mappings = new ArrayList<AttributeMapping>();
    // Keycloak keeps no order, and another order would be sent as a change
    for (String each : all(Setting.ATTRIBUTES).stream().sorted().toList()) {
      var pair = pair(Setting.ATTRIBUTES, each);
      var mapping = AttributeMapping.of(pair.getKey(), pair.getValue());
      if (!mappings.stream().allMatch(mapping::goesWith)) {
        throw new SettingException(
            Setting.ATTRIBUTES, "'" + pair.getKey() + "' has another value already");
      }
      mappings.add(mapping);
    }
    return List.copyOf(mappings);
  }

  private static Map.Entry<String, String> pair(Setting setting, String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw new SettingException(setting, "expected name=value, was '" + text + "'");
    }
    return Map.entry(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  private static String path(Setting setting, String text) {
    if (!text.startsWith("/") || text.length() == 1 || text.endsWith("/")) {
      throw new SettingException(
          setting, "expected the path of a group, such as /sales, was '" + text + "'");
    }
    return text;
  }

  private URI url(Setting setting) {
    URI url =
        HttpUrls.parse(required(setting))
            .orElseThrow(
                () ->
                    new SettingException(
                        setting,
                        "expected https://host/path, without user or query, was "
                            + shown(required(setting))));
    if (HttpUrls.isReadableOnTheWay(url) && !Boolean.parseBoolean(text(Setting.PLAIN_HTTP))) {
      throw new SettingException(
          setting, "expected https, since http shows the token on the way; or plainHttp true");
    }
    return url;
  }

  private static String shown(String url) {
    return url.contains("@") ? "one with a user" : "'" + url + "'"; // and a password
  }

  private <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
    String text = text(setting);
    for (E each : type.getEnumConstants()) {
      if (each.name().equalsIgnoreCase(text)) {
        return each;
      }
    }
    throw unknown(setting, text);
  }

  private static SettingException unknown(Setting setting, String text) {
    var options = setting.options();
    return new SettingException(setting, "expected one of " + options + ", was '" + text + "'");
  }

  private int number(Setting setting, int least, int most) {
    String text = text(setting);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, in the same words
    }
    throw new SettingException(
        setting, "expected " + least + " to " + most + ", was '" + text + "'");
  }

  private String required(Setting setting) {
    String text = text(setting);
    if (text.isEmpty()) {
      throw new SettingException(setting, "is needed");
    }
    return text;
  }

  private String text(Setting setting) {
    String value = component.get(setting.key());
    return value == null || value.isBlank() ? setting.byDefault() : value.strip();
  }

  /** Values of a list; the console joins them by ##. */
  private List<String> all(Setting setting) {
    var values = component.getConfig().getList(setting.key());
    return values.stream()
        .flatMap(each -> List.of(each.split("##")).stream())
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .distinct()
        .toList();
  }
}

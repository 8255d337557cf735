package dev.patchbay.mapping;

import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The settings of a phone account: which attribute stands for which field, and in what form. What
 * has no value is the user's own.
 */
final class ProfileFields {
  private static final String PBX = ResourceTypes.PBX_USER;
  private static final String PORTSIP = ResourceTypes.PORTSIP_USER;
  private static final String IPCORTEX = ResourceTypes.IPCORTEX_USER;
  private static final String XELION = ResourceTypes.XELION_USER;
  private static final String CRMCOM = ResourceTypes.CRMCOM_USER;

  /**
   * Where a field comes from.
   *
   * @param paths attribute names from the resource down; the first is told of in refusals
   */
  private record Source(List<List<String>> paths, Function<ScimUser, Optional<String>> value) {}

  private static final Map<PbxField, Source> SOURCES = new EnumMap<>(PbxField.class);

  static {
    flag(PbxField.RECORD_AUDIO, PBX, "recordAudio");
    flag(PbxField.RECORD_VIDEO, PBX, "recordVideo");
    flag(PbxField.DO_NOT_DISTURB, PBX, "doNotDisturb");
    flag(PbxField.AUTOMATIC_CALLBACK, PBX, "automaticCallback");
    flag(PbxField.HOT_DESKING, PBX, "hotDesking");
    flag(PbxField.VOICEMAIL_PIN_REQUIRED, PBX, "voicemail", "pinRequired");
    flag(PbxField.VOICEMAIL_NOTIFY, PBX, "voicemail", "notifyByEmail");
    flag(PbxField.VOICEMAIL_ATTACH, PBX, "voicemail", "attachAudio");
    flag(PbxField.VOICEMAIL_DELETE, PBX, "voicemail", "deleteAfterEmail");
    language(PbxField.VOICEMAIL_LANGUAGE, PBX, "voicemail", "promptLanguage");
    word(
        PbxField.VOICEMAIL_TIME,
        List.of("DISABLE", "12_HOUR_CLOCK", "24_HOUR_CLOCK"),
        PBX,
        "voicemail",
        "announceDateTime");
    text(PbxField.TIME_ZONE, "timezone");
    SOURCES.put(
        PbxField.LOCALE,
        new Source(
            List.of(List.of("locale"), List.of("preferredLanguage")),
            user -> user.text("locale").or(() -> user.text("preferredLanguage"))));
    of(PbxField.OUTBOUND_CALLER_IDS, ProfileLists::callerIds, PBX, "outboundCallerIds");
    SOURCES.put(
        PbxField.OFFICE_HOURS,
        new Source(
            List.of(List.of(PBX, "officeHours"), List.of(PBX, "officeHoursMode")),
            OfficeHours::text));
    ForwardingRules.TYPES.forEach(
        (type, field) -> of(field, user -> ForwardingRules.text(user, type), PBX, "forwarding"));
    word(PbxField.SMS, List.of("DISABLE", "ALLOW", "ALLOW_WITH_SENDER_ID"), PORTSIP, "sms");
    flag(PbxField.ANONYMOUS_OUTBOUND, PORTSIP, "anonymousOutbound");
    flag(PbxField.DELIVER_CALLER_ID, PORTSIP, "deliverOutboundCallerId");
    word(
        PbxField.SIP_INTERFACE,
        List.of(
            "WEB_DOMAIN",
            "PUBLIC_IPV4",
            "PUBLIC_IPV6",
            "PRIVATE_IPV4",
            "PRIVATE_IPV6",
            "SBC_DOMAIN"),
        PORTSIP,
        "interface");
    word(PbxField.PREFERRED_TRANSPORT, List.of("UDP", "TCP", "TLS"), PORTSIP, "preferredTransport");
    of(PbxField.BLFS, ProfileLists::blfs, PORTSIP, "blfs");
    of(PbxField.CUSTOM_OPTIONS, ProfileLists::customOptions, PORTSIP, "customOptions");
    flag(PbxField.CAN_FORWARD, IPCORTEX, "canForward");
    flag(PbxField.XMPP_ADD, IPCORTEX, "xmppAdd");
    flag(PbxField.XMPP_AUTH, IPCORTEX, "xmppAuth");
    word(PbxField.WEBRTC, List.of("-1", "0", "1", "2", "3"), IPCORTEX, "webrtc");
    word(PbxField.TEAMS, List.of("-1", "0", "1"), IPCORTEX, "teams");
    flag(PbxField.EMAIL_RECORDINGS, IPCORTEX, "emailRecordings");
    flag(PbxField.DELETE_RECORDINGS, IPCORTEX, "deleteRecordings");
    flag(PbxField.STORE_RECORDINGS, IPCORTEX, "storeRecordings");
    flag(PbxField.LINKABLE, IPCORTEX, "linkable");
    text(PbxField.VACATION_NUMBER, IPCORTEX, "vacationNumber");
    word(PbxField.VACATION_MODE, List.of("off", "all", "myext", "owned"), IPCORTEX, "vacationMode");
    text(PbxField.OWNED_PHONE, IPCORTEX, "ownedPhone");
    flag(PbxField.LICENSED, XELION, "licensed");
    text(PbxField.PHONE_HOST, XELION, "phoneHost");
    text(PbxField.IP_ADDRESS, CRMCOM, "ipAddress");
  }

  private ProfileFields() {}

  static Set<PbxField> all() {
    return SOURCES.keySet();
  }

  /** Where a field comes from; nowhere if it is none of these. */
  static List<List<String>> sources(PbxField field) {
    var source = SOURCES.get(field);
    return source == null ? List.of() : source.paths();
  }

  /** The value the resource gives the field; refused, naming the attribute, in another form. */
  static Optional<String> value(PbxField field, ScimUser user) {
    var source = SOURCES.get(field);
    return source == null ? Optional.empty() : source.value().apply(user);
  }

  /** The attribute as a sender knows it, such as {@code voicemail.pinRequired}. */
  static String attribute(PbxField field) {
    return named(sources(field).getFirst());
  }

  /** The attributes, as {@link dev.patchbay.schema.PhoneAccount} names them, of no field held. */
  static Set<String> absent(Set<PbxField> held) {
    var absent = new HashSet<String>();
    SOURCES.forEach((field, source) -> labels(source).forEach(absent::add));
    SOURCES.forEach(
        (field, source) ->
            labels(source).filter(it -> held.contains(field)).forEach(absent::remove));
    return absent;
  }

  /** The attributes of these fields by name, with the schema each stands in; the core one: "". */
  static Map<String, String> attributes(Predicate<PbxField> held) {
    var attributes = new TreeMap<String, String>();
    SOURCES.forEach(
        (field, source) -> {
          if (held.test(field)) {
            source.paths().forEach(path -> attributes.put(top(path), urn(path)));
          }
        });
    return attributes;
  }

  private static String urn(List<String> path) {
    return path.size() > 1 ? path.getFirst() : "";
  }

  private static String top(List<String> path) {
    return path.size() > 1 ? path.get(1) : path.getFirst();
  }

  /** Those of the core schema are served whatever the PBX holds. */
  private static Stream<String> labels(Source source) {
    return source.paths().stream()
        .filter(path -> path.size() > 1)
        .map(
            path ->
                path.getFirst().equals(PBX) ? named(path) : path.getFirst() + ":" + named(path));
  }

  private static String named(List<String> path) {
    return String.join(".", path.subList(path.size() > 1 ? 1 : 0, path.size()));
  }

  private static void of(
      PbxField field, Function<ScimUser, Optional<String>> value, String... path) {
    SOURCES.put(field, new Source(List.of(List.of(path)), value));
  }

  private static void text(PbxField field, String... path) {
    of(field, user -> user.text(path), path);
  }

  /** What is neither true nor false the schema has refused. */
  private static void flag(PbxField field, String... path) {
    text(field, path);
  }

  private static void word(PbxField field, List<String> words, String... path) {
    of(field, user -> user.text(path).map(text -> word(text, words, path)), path);
  }

  private static String word(String text, List<String> words, String... path) {
    return words.stream()
        .filter(text::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(() -> invalid(named(List.of(path)), "one of " + String.join(", ", words)));
  }

  private static void language(PbxField field, String... path) {
    of(
        field,
        user ->
            user.text(path)
                .map(
                    text -> {
                      if (!text.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")) {
                        throw invalid(named(List.of(path)), "a language such as en-US");
                      }
                      return text;
                    }),
        path);
  }

  static Refusal invalid(String attribute, String expected) {
    return new Refusal(Refusal.Kind.INVALID_VALUE, attribute + " must be " + expected);
  }
}

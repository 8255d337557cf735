package dev.patchbay.pbx.crmcom;

import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.Attempt;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxFields;
import dev.patchbay.pbx.api.PbxPace;
import dev.patchbay.pbx.api.PbxPermissions;
import dev.patchbay.pbx.api.PbxReading;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxTraffic;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.api.UnreadablePbx;
import dev.patchbay.pbx.crmcom.CrmComAnswers.Asked;
import dev.patchbay.pbx.crmcom.CrmComSettings.DuplicateAfterLoss;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.PbxHttp;
import dev.patchbay.pbx.http.TokenKeeper;
import dev.patchbay.pbx.http.TokenKeeper.Token;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One CRM.COM. It can make users, and neither show, change nor delete them. */
final class CrmComAdapter implements UnreadablePbx {
  /** CRM.COM documents none; this is what passwords made up by us look like. */
  private static final PasswordPolicy POLICY =
      new PasswordPolicy(1, 64, false, false, false, false, false, false);

  private final CrmComSettings settings;
  private final PbxHttp http;
  private final CrmComAnswers answers;
  private final TokenKeeper tokens;
  private final Clock clock;

  CrmComAdapter(String pbx, CrmComSettings settings, PbxHttp http, Clock clock) {
    this.settings = settings;
    this.http = http;
    this.answers = new CrmComAnswers(pbx);
    this.tokens = new TokenKeeper(pbx, this::signIn, clock);
    this.clock = clock;
  }

  @Override
  public PbxCapabilities capabilities() {
    var connection = settings.connection();
    var required = Set.of(PbxField.NAME, PbxField.GIVEN_NAME, PbxField.FAMILY_NAME);
    return new PbxCapabilities(
        Set.of(CreateUser.class),
        PbxReading.NOTHING,
        new PbxFields(CrmComUserJson.held(), required, Set.of(), Map.of()),
        List.of(),
        Set.of(PbxSecret.PASSWORD),
        PbxPermissions.NONE,
        new PbxPace(
            connection.callLimit(), connection.quietTime(), connection.requests().atOnce()));
  }

  @Override
  public PbxUser canonical(PbxUser desired) {
    return CrmComUserJson.canonical(desired);
  }

  @Override
  public PasswordPolicy passwordPolicy() {
    return POLICY;
  }

  /** The templates of the settings: no call lists those of CRM.COM. */
  @Override
  public List<Found<PbxRole>> roles() {
    return settings.templates().keySet().stream().map(CrmComAdapter::role).toList();
  }

  /** An account gets a number where its template has phones. */
  @Override
  public Optional<Set<String>> rolesWithNumbers() {
    return Optional.of(
        settings.templates().entrySet().stream()
            .filter(it -> it.getValue().cti())
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Found<PbxRole> role(String name) {
    var role = new PbxRole(name, Optional.empty(), Set.of());
    return new Found<>(new PbxRef(name), role, Optional.empty(), true);
  }

  @Override
  public Optional<Found<PbxRole>> role(PbxRef ref) {
    return roles().stream().filter(it -> it.ref().equals(ref)).findFirst();
  }

  @Override
  public PbxRef apply(PbxCall call) {
    if (!(call instanceof CreateUser create)) {
      throw new Rejected(Reason.UNSUPPORTED, answers.says("has no call for " + call.name()));
    }
    try {
      return create(create);
    } catch (Rejected no) {
      throw switch (create.attempt()) {
        case FIRST -> no;
        case AGAIN -> // it says nothing of the create that was given up
            new OutcomeUnknown(
                no.getMessage() + "; whether an earlier one was done, look there", no);
      };
    }
  }

  private PbxRef create(CreateUser create) {
    if (!create.user().enabled()) {
      throw new Rejected(Reason.INVALID, answers.says("cannot create inactive users"));
    }
    String name = create.user().get(PbxField.NAME).orElseThrow();
    String role = create.user().get(PbxField.ROLE).orElse("");
    CrmComTemplate template = settings.templates().get(role);
    if (template == null) {
      throw new Rejected(Reason.INVALID, answers.says("has no template for role '" + role + "'"));
    }
    HttpAnswer answer = send(create, template);
    boolean ours =
        create.attempt() == Attempt.AGAIN
            && settings.duplicateAfterLoss() == DuplicateAfterLoss.ADOPT
            && CrmComAnswers.saysItIsThere(answer, name);
    return ours ? new PbxRef(name) : CrmComUserJson.ref(answers.user(answer, name), name);
  }

  private HttpAnswer send(CreateUser create, CrmComTemplate template) {
    var time = new CallTime(settings.connection().callLimit());
    Secret token = tokens.token(time);
    HttpAnswer answer = send(create, template, token, time);
    if (!CrmComAnswers.refusesToken(answer)) {
      return answer;
    }
    return send(create, template, tokens.renew(token, time), time);
  }

  private HttpAnswer send(CreateUser create, CrmComTemplate template, Secret token, CallTime time) {
    var call = CrmComUserJson.create(create, template, token, settings.dates());
    return http.send(call, Optional.empty(), time.left());
  }

  private Token signIn(CallTime time) {
    HttpCall call = settings.login().signIn();
    HttpAnswer answer = http.send(call, settings.login().credential(), time.leftToPrepare());
    String token = answers.signIn(answer).path("token").asText();
    if (token.isEmpty()) {
      throw answers.unreadable(Asked.SIGN_IN);
    }
    Duration tenth = settings.tokenLife().dividedBy(10);
    return new Token(Secret.of(token), clock.instant().plus(settings.tokenLife()).minus(tenth));
  }

  @Override
  public PbxTraffic traffic() {
    return http.traffic();
  }

  @Override
  public void close() {
    http.close();
  }
}

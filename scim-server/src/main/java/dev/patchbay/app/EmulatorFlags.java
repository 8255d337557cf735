package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.emulator.Place;
import dev.patchbay.emulator.portsip.AuthStyle;
import dev.patchbay.emulator.portsip.Level;
import dev.patchbay.emulator.portsip.Otherwise;
import dev.patchbay.emulator.portsip.PasswordPolicy;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import dev.patchbay.emulator.portsip.Undocumented.MemberAddTwice;
import dev.patchbay.emulator.portsip.Undocumented.RoleGivenBy;
import dev.patchbay.emulator.portsip.UpdateMode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The switches of the emulated PortSIP: limits of a real one, and what the vendor leaves open. By
 * default nothing is limited, so that it can be loaded.
 */
final class EmulatorFlags {
  private enum Policy {
    SIMPLE,
    VENDOR
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--max-extensions",
      paramLabel = "N",
      description = "Users the PBX takes (default: any number).")
  private @Nullable Integer maxExtensions;

  @Option(
      names = "--rate-limit",
      paramLabel = "N",
      description = "Requests a minute, then 429 (default: any number).")
  private @Nullable Integer rateLimit;

  @Option(
      names = "--update-mode",
      paramLabel = "MODE",
      defaultValue = "merge",
      description =
          "What happens to fields an update leaves out: merge keeps, replace clears them.")
  private UpdateMode updateMode;

  @Option(
      names = "--duplicate-status",
      paramLabel = "STATUS",
      defaultValue = "400",
      description = "Answer to a name or extension that is taken: 400 or 409.")
  private int duplicateStatus;

  @Option(
      names = "--member-add-twice",
      paramLabel = "ANSWER",
      converter = MemberAnswer.class,
      defaultValue = "ok",
      description = "Answer to adding a member again: ok or 400.")
  private MemberAddTwice memberAddTwice;

  @Option(
      names = "--otherwise",
      paramLabel = "WORD",
      split = ",",
      description = "What else is not as usual: ${COMPLETION-CANDIDATES}.")
  private Set<Otherwise> otherwise = Set.of();

  @Option(
      names = "--api-level",
      paramLabel = "VERSION",
      converter = ApiLevel.class,
      defaultValue = "22.2",
      description = "The version it is of: 22.0, 22.2, 22.3, 22.4 or 22.6.")
  private Level level;

  @Option(
      names = "--roles-given-by",
      paramLabel = "KEY",
      defaultValue = "name",
      description = "By what a user is given a role from v22.3 on: name or id.")
  private RoleGivenBy rolesGivenBy;

  @Option(
      names = "--auth-style",
      paramLabel = "STYLE",
      split = ",",
      defaultValue = "oauth,signin,static",
      description = "Ways to an access token (default: ${DEFAULT-VALUE}).")
  private List<AuthStyle> authStyles;

  @Option(
      names = "--token-life",
      paramLabel = "DURATION",
      defaultValue = "PT30M",
      description = "How long a sign-in lasts (default: ${DEFAULT-VALUE}).")
  private Duration tokenLife;

  @Option(
      names = "--password-policy",
      paramLabel = "POLICY",
      defaultValue = "simple",
      description = "simple asks for 6 characters, vendor for PortSIP's whole policy.")
  private Policy passwordPolicy;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before start
  EmulatorFlags() {}

  /** The PBX, answering. */
  PortSipEmulator start(Place place, Secret token) throws IOException {
    return PortSipEmulator.start(options(place, token));
  }

  private PortSipEmulatorOptions options(Place place, Secret token) {
    try {
      var options =
          Emulators.portSip(place, token)
              .withUpdateMode(updateMode)
              .withDuplicateStatus(duplicateStatus)
              .withMemberAddTwice(memberAddTwice)
              .withRolesGivenBy(rolesGivenBy)
              .withOtherwise(otherwise)
              .withAuthStyles(authStyles.getFirst(), authStyles.toArray(AuthStyle[]::new))
              .withLevel(level)
              .withTokenLife(tokenLife)
              .withPasswordPolicy(policy());
      return limited(options);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private PortSipEmulatorOptions limited(PortSipEmulatorOptions options) {
    require("--max-extensions", maxExtensions);
    require("--rate-limit", rateLimit);
    var filled = maxExtensions == null ? options : options.withMaxExtensions(maxExtensions);
    return rateLimit == null ? filled : filled.withRateLimit(rateLimit);
  }

  private void require(String flag, @Nullable Integer number) {
    if (number != null && number < 1) {
      throw new ParameterException(spec.commandLine(), flag + " must be 1 or more, was " + number);
    }
  }

  private PasswordPolicy policy() {
    return switch (passwordPolicy) {
      case SIMPLE -> PasswordPolicy.simple();
      case VENDOR -> PasswordPolicy.vendor();
    };
  }

  /** Reads the version. */
  static final class ApiLevel implements ITypeConverter<Level> {
    @Override
    public Level convert(String text) {
      try {
        return Level.of(text);
      } catch (IllegalArgumentException unknown) {
        throw new TypeConversionException("expected 22.0, 22.2, 22.3, 22.4 or 22.6");
      }
    }
  }

  /** Reads the answer by its status where it is a refusal. */
  static final class MemberAnswer implements ITypeConverter<MemberAddTwice> {
    @Override
    public MemberAddTwice convert(String text) {
      return switch (text) {
        case "ok" -> MemberAddTwice.OK;
        case "400" -> MemberAddTwice.REFUSED;
        default -> throw new TypeConversionException("expected ok or 400");
      };
    }
  }
}

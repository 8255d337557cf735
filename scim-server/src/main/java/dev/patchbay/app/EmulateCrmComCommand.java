package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.Place;
import dev.patchbay.emulator.crmcom.CrmComEmulator;
import dev.patchbay.emulator.crmcom.Otherwise;
import dev.patchbay.emulator.crmcom.Undocumented;
import dev.patchbay.emulator.crmcom.Undocumented.NeedlessExtension;
import dev.patchbay.emulator.crmcom.Undocumented.NewId;
import dev.patchbay.emulator.crmcom.Undocumented.Taken;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs an emulated CRM.COM alone; its user is {@code bridge} of organisation {@code Acme}. */
@Command(
    name = "crmcom",
    description = "Run an emulated CRM.COM that keeps its users in a directory.")
final class EmulateCrmComCommand extends EmulateDialect {
  @Option(
      names = "--prefix",
      paramLabel = "PATH",
      defaultValue = "/crm",
      description = "What its paths begin with (default: ${DEFAULT-VALUE}).")
  private String prefix;

  @Option(
      names = "--token-life",
      paramLabel = "DURATION",
      defaultValue = "PT2H",
      description = "How long a token is good, used or not (default: ${DEFAULT-VALUE}).")
  private Duration tokenLife;

  @Option(
      names = "--template-key",
      paramLabel = "KEY",
      split = ",",
      defaultValue = "id,name",
      description = "What templates may be named by (default: ${DEFAULT-VALUE}).")
  private Set<String> templateKeys;

  @Option(
      names = "--refusal-status",
      paramLabel = "STATUS",
      defaultValue = "200",
      description = "HTTP status of refusals: 200, or 400 to 499 (default: ${DEFAULT-VALUE}).")
  private int refusalStatus;

  @Option(
      names = "--new-id",
      paramLabel = "PLACE",
      defaultValue = "data",
      description = "Where a create answers the id: data, data_user or nowhere.")
  private NewId newId;

  @Option(
      names = "--needless-extension",
      paramLabel = "ANSWER",
      defaultValue = "ignored",
      description = "An extension for a template without phones is ignored or refused.")
  private NeedlessExtension needlessExtension;

  @Option(
      names = "--taken",
      paramLabel = "TEXT",
      defaultValue = "exists",
      description = "What a refusal says of a taken user name: exists, in_use, named or unsaid.")
  private Taken taken;

  @Option(
      names = "--otherwise",
      paramLabel = "WAY",
      split = ",",
      description = "What it does in another way than usual: ${COMPLETION-CANDIDATES}.")
  private Set<Otherwise> otherwise = Set.of();

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before run
  EmulateCrmComCommand() {
    super("crmcom");
  }

  @Override
  Emulator start(Place place, Secret secret) throws IOException {
    return CrmComEmulator.start(
        Emulators.crmCom(place, secret)
            .withPrefix(prefix)
            .withTokenLife(tokenLife)
            .withUndocumented(
                new Undocumented(
                    templateKeys, refusalStatus, newId, needlessExtension, taken, otherwise)));
  }
}

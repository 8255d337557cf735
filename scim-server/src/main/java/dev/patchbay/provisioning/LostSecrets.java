package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.SecretSlot;
import java.util.Optional;

/**
 * What is said of passwords that are not on the PBX as they were sent: those that went with the
 * process that had them, and those of a user that the PBX lost and that was made again. It is said
 * until secrets are sent again, since nobody can read from the PBX which it has.
 */
final class LostSecrets {
  private static final String RESEND =
      "the pbx has no password of those that were sent: they must be sent again";

  private LostSecrets() {}

  /** What goes on being said of an entry. */
  static Optional<String> said(Entry entry) {
    return Report.error(EntryType.USER, entry.resource()).filter(RESEND::equals);
  }

  /** The work of a run that makes a lost user again: its secrets went with the account. */
  static JournalEntry withNewOnes(JournalEntry open) {
    return open.secrets() instanceof SecretSlot.Empty ? open.with(new SecretSlot.Resend()) : open;
  }

  /** The secrets of a run that brings none and for which none wait. */
  static SecretSlot slot(Entry entry) {
    return said(entry).isPresent() ? new SecretSlot.Resend() : new SecretSlot.Empty();
  }

  /** What to say when all is done that was wanted. */
  static Optional<String> said(Run run) {
    boolean lost =
        run.wish().filter(Wish::hasSecrets).isEmpty()
            && run.open().filter(it -> !(it.secrets() instanceof SecretSlot.Empty)).isPresent();
    return lost ? Optional.of(RESEND) : Optional.empty();
  }
}

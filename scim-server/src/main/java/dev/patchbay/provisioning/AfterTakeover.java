package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * What a request is told whose process lost its claim to another one: what the store holds once
 * that one has come to an end, if that is in the time of one answer. Else its wish is turned back.
 */
final class AfterTakeover {
  private final Tenant tenant;

  AfterTakeover(Tenant tenant) {
    this.tenant = tenant;
  }

  /** What has become of a wish. */
  sealed interface Fate {
    /** The directory says so from now on. */
    record Stored(Entry entry) implements Fate {}

    /** Whoever took over is still at it. */
    record Open() implements Fate {}

    /** It came to nothing, or something else is wanted by now. */
    record Lost() implements Fate {}
  }

  /** The fate of a wish that the directory does not hold. */
  static Fate unsaid(Optional<Taken> now, Optional<ObjectNode> wish) {
    return now.flatMap(Taken::open)
            .filter(work -> !work.goesBack() && isAt(work, now.get().entry(), wish))
            .isPresent()
        ? new Fate.Open()
        : new Fate.Lost();
  }

  private static boolean isAt(JournalEntry work, Entry entry, Optional<ObjectNode> wish) {
    return work.wish().isPresent() == wish.isPresent()
        && work.wish().map(it -> Report.same(entry.type(), it, wish.orElseThrow())).orElse(true);
  }

  /**
   * @param started when the request's time began
   */
  Entry answer(String id, Instant started, Function<Handle, Fate> look) {
    var left = Duration.between(tenant.now(), started.plus(tenant.policy().answerWithin()));
    var fate =
        Waiting.upTo(left, tenant.clock())
            .until(rest -> Optional.of(tenant.database().read(look)).filter(AfterTakeover::ended))
            .orElseGet(() -> tenant.database().write(handle -> lastLook(handle, id, look)));
    if (fate instanceof Fate.Stored(Entry entry)) {
      return entry;
    }
    throw UserRunner.overtaken();
  }

  private static boolean ended(Fate fate) {
    return !(fate instanceof Fate.Open);
  }

  /** The sender is told no, so whoever is at the wish stops and undoes it. */
  private Fate lastLook(Handle handle, String id, Function<Handle, Fate> look) {
    var fate = look.apply(handle);
    if (!ended(fate)) {
      var work = Journal.find(handle, id).orElseThrow();
      Journal.save(handle, work.disturbed(tenant.now()).back());
    }
    return fate;
  }
}

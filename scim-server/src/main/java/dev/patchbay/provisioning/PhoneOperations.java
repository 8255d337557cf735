package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.journal.ProvisioningLog;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxStatus;
import dev.patchbay.schema.Refusal;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked or done about the phones of one user at once, and is nothing to be kept. */
final class PhoneOperations {
  private static final Logger LOG = LoggerFactory.getLogger(PhoneOperations.class);

  private final Tenant tenant;

  PhoneOperations(Tenant tenant) {
    this.tenant = tenant;
  }

  /** Empty while the PBX does not say: the rest of an answer is not to wait for it. */
  Optional<PbxStatus> status(String id) {
    try {
      return find(id)
          .flatMap(entry -> entry.applied().ref())
          .flatMap(ref -> tenant.adapter().status(ref));
    } catch (PbxException e) {
      LOG.info("status not known resource=Users/{} reason=\"{}\"", id, e.getMessage());
      return Optional.empty();
    }
  }

  void resetProfile(String id, String operator) {
    send(id, operator, new PbxCall.ResetProfile(ref(id)));
  }

  void endRegistrations(String id, String operator) {
    send(id, operator, new PbxCall.EndRegistrations(ref(id)));
  }

  /** Whoever was disabled is not to go on with a phone that is still signed in. */
  void afterDeactivation(Entry entry, String source) {
    var ref = entry.applied().ref();
    if (!tenant.policy().endRegistrations() || ref.isEmpty()) {
      return;
    }
    var call = new PbxCall.EndRegistrations(ref.get());
    try {
      apply(entry, source, call);
    } catch (PbxException e) {
      LOG.warn(
          "call failed resource=Users/{} call={} reason=\"{}\"",
          entry.id(),
          call.name(),
          e.getMessage());
    }
  }

  private PbxRef ref(String id) {
    return find(id)
        .flatMap(entry -> entry.applied().ref())
        .orElseThrow(() -> new Refusal(Refusal.Kind.NOT_FOUND, "there is no such user on the pbx"));
  }

  private void send(String id, String operator, PbxCall call) {
    try {
      apply(find(id).orElseThrow(), operator, call);
    } catch (PbxException.Rejected no) {
      throw Answers.refusal(no);
    } catch (PbxException.Unavailable e) {
      throw Answers.later(e);
    } catch (PbxException.OutcomeUnknown e) {
      throw Answers.later(e, tenant.adapter().capabilities().quietTime());
    }
  }

  private void apply(Entry entry, String source, PbxCall call) {
    try {
      tenant.adapter().apply(call);
      note(entry, source, call, Optional.empty());
    } catch (PbxException e) {
      note(entry, source, call, Optional.of(e));
      throw e;
    }
  }

  private void note(Entry entry, String source, PbxCall call, Optional<PbxException> failure) {
    var line =
        new ProvisioningLog.Line(
            tenant.now(),
            tenant.name(),
            entry.id(),
            entry.type().scimName(),
            entry.resource().path("userName").asText(),
            source,
            call.name(),
            failure.map(PhoneOperations::word).orElse("done"),
            call.name(),
            failure.map(PbxException::getMessage).orElse(null));
    tenant.database().run(handle -> ProvisioningLog.add(handle, line));
  }

  private static String word(PbxException failure) {
    return failure instanceof PbxException.Rejected ? "refused" : "unavailable";
  }

  private Optional<Entry> find(String id) {
    return tenant
        .database()
        .read(handle -> EntryStore.find(handle, id))
        .filter(entry -> entry.tenant().equals(tenant.name()))
        .filter(entry -> entry.type() == EntryType.USER && entry.life().visible());
  }
}

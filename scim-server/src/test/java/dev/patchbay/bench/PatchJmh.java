package dev.patchbay.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.PatchApplier;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to apply a PATCH. */
@State(Scope.Benchmark)
public class PatchJmh {
  private final ResourceType users = ResourceTypes.user(PhoneAccount.WHOLE);
  private final ResourceType groups = ResourceTypes.group();
  private final ObjectNode user = Json.object(Directory.user("ada"));
  private final ObjectNode group = Json.object("{\"displayName\":\"All\"}");
  private final ObjectNode deactivate = patch("{'op':'replace','path':'active','value':false}");
  private final ObjectNode several =
      patch(
          "{'op':'replace','path':'emails[type eq \\'work\\'].value','value':'a@b.example'},"
              + "{'op':'add','path':'title','value':'Countess'},"
              + "{'op':'replace','value':{'name':{'familyName':'King'},'displayName':'Ada King'}}");
  private final ObjectNode member =
      patch("{'op':'add','path':'members','value':[{'value':'2819c223-7f76-453a-919d'}]}");

  private static ObjectNode patch(String operations) {
    return Json.object(
        "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':[%s]}"
            .formatted(operations)
            .replace("\\'", "\\\"")
            .replace('\'', '"'));
  }

  @Benchmark
  public Object deactivate() {
    return PatchApplier.apply(user, deactivate, users, IdentityProvider.AUTO);
  }

  @Benchmark
  public Object severalAttributes() {
    return PatchApplier.apply(user, several, users, IdentityProvider.AUTO);
  }

  @Benchmark
  public Object addMember() {
    return PatchApplier.apply(group, member, groups, IdentityProvider.AUTO);
  }
}

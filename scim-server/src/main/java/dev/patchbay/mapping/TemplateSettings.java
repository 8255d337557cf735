package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceReader;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import dev.patchbay.schema.Schema;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads {@code templates}: each sets attributes as a user would have them. What a user could not
 * have, or the PBX has not, stops the start.
 */
record TemplateSettings(KnownPbx pbx, ExtensionSettings extensions) {
  private static final ResourceType WHOLE = ResourceTypes.user(PhoneAccount.WHOLE);
  private static final int MOST = 1_000_000;

  Templates read(Section mapping) {
    var all = new HashMap<String, PbxTemplate>();
    mapping
        .sections("templates")
        .forEach(
            (name, section) ->
                section.read(it -> template(name, it)).ifPresent(it -> all.put(name, it)));
    return new Templates(all);
  }

  private PbxTemplate template(String name, Section section) {
    var pool = section.optionalString("extension-pool");
    var pools = extensions.pools().stream().map(Pool::name).toList();
    pool.filter(it -> pools.stream().noneMatch(it::equalsIgnoreCase))
        .ifPresent(it -> section.rejectWord("extension-pool", "the name of a pool", it, pools));
    var fields = fields(section.section("settings"));
    if (!section.has("settings") && pool.isEmpty()) {
      section.reject("settings", "expected what users of the template have, such as recordAudio");
    }
    return new PbxTemplate(name, section.integer("priority", 100, 0, MOST), fields, pool);
  }

  private Map<PbxField, String> fields(Section settings) {
    var schemas = ProfileFields.attributes(pbx::changes);
    var users = users();
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    for (String name : settings.keys()) {
      if (schemas.containsKey(name)) {
        read(settings, name, schema(users, schemas.get(name)), fields);
      } else {
        var known = List.copyOf(schemas.keySet());
        if (settings.has(name)) {
          settings.rejectWord(name, "a setting that users of this pbx have", name, known);
        }
      }
    }
    return fields;
  }

  /** Users with what the PBX has, down to the parts of an attribute. */
  private ResourceType users() {
    var held = ProfileFields.all().stream().filter(pbx::changes).collect(Collectors.toSet());
    return ResourceTypes.user(PhoneAccount.WHOLE.without(ProfileFields.absent(held)));
  }

  private static Schema schema(ResourceType users, String urn) {
    return urn.isEmpty() ? users.core() : users.extension(urn).orElseThrow();
  }

  /** Each attribute by itself, so that what is wrong is told of its own line. */
  private void read(Section settings, String name, Schema schema, Map<PbxField, String> fields) {
    var user = JsonNodeFactory.instance.objectNode().put("userName", "x");
    var holder = schema.urn().equals(ResourceTypes.CORE_USER) ? user : user.putObject(schema.urn());
    for (String each : TemplateValue.together(name)) {
      schema
          .attribute(each)
          .flatMap(attribute -> TemplateValue.read(settings, attribute))
          .ifPresent(value -> holder.set(each, value));
    }
    try {
      var scim = new ScimUser(new ResourceReader(WHOLE, IdentityProvider.AUTO).read(user));
      for (PbxField field : ProfileFields.all()) {
        if (pbx.changes(field)) {
          ProfileFields.value(field, scim)
              .ifPresent(value -> put(settings, name, field, value, fields));
        }
      }
    } catch (Refusal no) {
      settings.reject(name, no.detail());
    }
  }

  private void put(
      Section settings, String name, PbxField field, String value, Map<PbxField, String> fields) {
    int longest = pbx.longest(field).orElse(Integer.MAX_VALUE);
    if (value.length() > longest) {
      settings.reject(name, "is longer than the " + longest + " characters the pbx takes");
    }
    fields.put(field, value);
  }
}

package dev.patchbay.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One of the tenant's phone systems as it was found in the end.
 *
 * @param part what it has of the tenant's people
 */
record Site(Part part, PhoneSystem system, Kept kept) {
  /** Who is on the target, as its settings say. */
  static final String FILTER = "title gt \"T-9\"";

  enum Part {
    /** The tenant's own: everybody. */
    OWN {
      @Override
      boolean mustHave(JsonNode user) {
        return true;
      }

      @Override
      boolean mayHave(JsonNode user) {
        return true;
      }

      @Override
      boolean gives(Team.Gift gift, JsonNode user) {
        return Team.gave(user, gift);
      }

      @Override
      JsonNode standing(JsonNode user) {
        return user.at("/" + Trait.PBX + "/provisioning");
      }
    },

    /** A further one: those that the filter chooses, once they have worked. */
    TARGET {
      @Override
      boolean mustHave(JsonNode user) {
        return mayHave(user) && Trait.ACTIVE.inScim(user).equals("true");
      }

      @Override
      boolean mayHave(JsonNode user) {
        return Trait.TITLE.inScim(user).compareTo("T-9") > 0;
      }

      @Override
      boolean gives(Team.Gift gift, JsonNode user) {
        return false;
      }

      @Override
      JsonNode standing(JsonNode user) {
        return user.at("/" + Trait.PBX + "/targets/0");
      }
    };

    abstract boolean mustHave(JsonNode user);

    abstract boolean mayHave(JsonNode user);

    abstract boolean gives(Team.Gift gift, JsonNode user);

    /** What the directory says of the user there. */
    abstract JsonNode standing(JsonNode user);
  }

  static Site of(Part part, Phones phones) throws InterruptedException {
    return new Site(part, phones.system(), phones.kept());
  }

  /** Whether the directory says that it lost the user. */
  boolean lost(JsonNode user) {
    return part.standing(user).path("state").asText().equals("orphaned");
  }

  /** What it holds of a trait if it is to be compared: empty where it has no place for it. */
  Optional<String> expected(Trait trait, JsonNode user) {
    var gift = trait == Trait.ROLE && part.gives(Team.Gift.ROLE, user);
    return system.expected(trait, user).map(own -> gift && !own.isEmpty() ? "QueueManager" : own);
  }

  Hidden hidden(JsonNode user) {
    return kept.hidden()
        .getOrDefault(user.at("/" + Trait.PBX + "/pbxUserName").asText(), Hidden.NOTHING);
  }
}

package dev.patchbay.provisioning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.config.Secret;
import dev.patchbay.journal.SecretSlot;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the secrets of a request with the operator's key, so that they can wait in the store until
 * the PBX takes them: AES-256-GCM, bound to the entry they are for.
 */
public final class SecretSeal {
  /** What a key has at the least: as text, 32 random characters. */
  public static final int SHORTEST_KEY = 32;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  private SecretSeal(SecretKeySpec key) {
    this.key = key;
  }

  /**
   * Seals with this key.
   *
   * @param key random text
   */
  public static SecretSeal of(Secret key) {
    if (key.reveal().length() < SHORTEST_KEY) {
      throw new IllegalArgumentException("a key has at least " + SHORTEST_KEY + " characters");
    }
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      return new SecretSeal(
          new SecretKeySpec(hash.digest(key.reveal().getBytes(StandardCharsets.UTF_8)), "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The secrets of the wish for this entry. */
  SecretSlot.Sealed seal(String entryId, Wish wish) {
    var node = JSON.createObjectNode();
    wish.password().ifPresent(it -> node.put("password", it.reveal()));
    wish.extensionPassword().ifPresent(it -> node.put("extensionPassword", it.reveal()));
    wish.voicemailPin().ifPresent(it -> node.put("voicemailPin", it.reveal()));
    var nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      var sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, entryId).doFinal(JSON.writeValueAsBytes(node));
      var text = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, text, NONCE, sealed.length);
      return new SecretSlot.Sealed(Base64.getEncoder().encodeToString(text));
    } catch (GeneralSecurityException | JsonProcessingException e) {
      throw new IllegalStateException("secrets could not be sealed", e);
    }
  }

  /** The wish with the secrets that were sealed for it; empty when the key is another one now. */
  Optional<Wish> open(String entryId, SecretSlot.Sealed sealed, Wish wish) {
    try {
      var text = Base64.getDecoder().decode(sealed.text());
      var plain =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(text, NONCE), entryId)
              .doFinal(text, NONCE, text.length - NONCE);
      var node = JSON.readTree(new String(plain, StandardCharsets.UTF_8));
      return Optional.of(
          new Wish(
              wish.resource(),
              secret(node, "password"),
              secret(node, "extensionPassword"),
              secret(node, "voicemailPin")));
    } catch (GeneralSecurityException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Secret> secret(JsonNode node, String name) {
    return Optional.of(node.path(name))
        .filter(JsonNode::isTextual)
        .map(it -> Secret.of(it.asText()));
  }

  private Cipher cipher(int mode, byte[] nonce, String entryId) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(entryId.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}

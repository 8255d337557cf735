package dev.patchbay.directory;

import dev.patchbay.directory.Cursor.Side;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns cursors into what clients are given and back. A client can neither make one nor read it (it
 * may hold a name or number, and stands in URLs), and it is good for the list alone that it came
 * with, for a time.
 *
 * <p>The signature of the content and of the list serves as the initialisation vector: no two
 * contents share one, and nothing random has to be kept apart.
 */
public final class CursorSeal {
  /** How long a client may take between two pages. */
  public static final Duration TIMEOUT = Duration.ofHours(1);

  private static final int TAG = 16; // bytes of the signature that are sent

  private final SecretKeySpec signing;
  private final SecretKeySpec hiding;
  private final Clock clock;

  public CursorSeal(CursorKey key, Clock clock) {
    var master = new SecretKeySpec(key.bytes(), "HmacSHA256");
    this.signing = new SecretKeySpec(hmac(master, utf8("sign")), "HmacSHA256");
    this.hiding = new SecretKeySpec(hmac(master, utf8("hide")), "AES");
    this.clock = clock;
  }

  /** What a client is given: characters that need no escape in a URL or in JSON. */
  public String seal(Cursor cursor, ListQuery query) {
    var content = content(cursor, query.count(), clock.instant().plus(TIMEOUT));
    var tag = tag(content, query);
    var sealed = Arrays.copyOf(tag, TAG + content.length);
    System.arraycopy(crypt(content, tag), 0, sealed, TAG, content.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /**
   * The cursor a client sent, if this server gave it out for the list it is sent with.
   *
   * @throws Refusal {@code INVALID_CURSOR} if not, {@code EXPIRED_CURSOR}, or {@code INVALID_COUNT}
   *     for pages of another size
   */
  public Cursor open(String text, ListQuery query) {
    var sealed = decoded(text);
    var tag = Arrays.copyOf(sealed, TAG);
    var content = crypt(Arrays.copyOfRange(sealed, TAG, sealed.length), tag);
    if (!MessageDigest.isEqual(tag, tag(content, query))) {
      throw invalid();
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(content))) {
      return read(in, query.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // signed by this server
    }
  }

  private static byte[] decoded(String text) {
    try {
      var sealed = Base64.getUrlDecoder().decode(text);
      if (sealed.length > TAG) {
        return sealed;
      }
    } catch (IllegalArgumentException e) {
      // No base64, so none of ours.
    }
    throw invalid();
  }

  private static Refusal invalid() {
    return new Refusal(
        Kind.INVALID_CURSOR, "'cursor' is none that was given out for this list; begin without");
  }

  private static byte[] content(Cursor cursor, int count, Instant expires) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeLong(expires.getEpochSecond());
      out.writeInt(count);
      out.writeInt(cursor.total());
      out.writeLong(cursor.seq());
      out.writeBoolean(cursor.side() == Side.AFTER);
      out.writeBoolean(cursor.key().isPresent());
      out.write(utf8(cursor.key().orElse("")));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory has no input or output errors
    }
    return bytes.toByteArray();
  }

  private Cursor read(DataInputStream in, int count) throws IOException {
    if (in.readLong() < clock.instant().getEpochSecond()) {
      throw new Refusal(
          Kind.EXPIRED_CURSOR,
          "'cursor' is older than " + TIMEOUT.toSeconds() + " seconds; begin without");
    }
    if (in.readInt() != count) {
      throw new Refusal(Kind.INVALID_COUNT, "'count' must stay what it was on the first page");
    }
    int total = in.readInt();
    long seq = in.readLong();
    var side = in.readBoolean() ? Side.AFTER : Side.BEFORE;
    boolean keyed = in.readBoolean();
    var key = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    return new Cursor(side, keyed ? Optional.of(key) : Optional.empty(), seq, total);
  }

  /** Of the content and of all that tells one list from another. */
  private byte[] tag(byte[] content, ListQuery query) {
    var list =
        query.tenant()
            + query.types().stream().map(it -> it.name()).toList()
            + query.filter()
            + query.sort().toString().toLowerCase(Locale.ROOT); // names are the same in any case
    return Arrays.copyOf(hmac(signing, hmac(signing, utf8(list)), content), TAG);
  }

  private static byte[] hmac(SecretKeySpec key, byte[]... parts) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** There and back. */
  private byte[] crypt(byte[] content, byte[] tag) {
    try {
      var cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, hiding, new IvParameterSpec(tag));
      return cipher.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

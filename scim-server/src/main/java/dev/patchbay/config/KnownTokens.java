package dev.patchbay.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Recognises access tokens by their hashes. Checking a hash may be slow by intention; what a token
 * turned out to be is remembered under a keyed digest, so that a request costs microseconds and the
 * memory holds no token.
 *
 * @param <T> what a token stands for
 */
public final class KnownTokens<T> {
  // Wrong tokens are remembered too: a client with an old one repeats it for hours.
  private static final int MOST_REMEMBERED = 10_000;

  private final Map<TokenHash, T> hashes;
  private final SecretKeySpec key;
  private final Map<ByteBuffer, Optional<T>> remembered =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Optional<T>> eldest) {
              return size() > MOST_REMEMBERED;
            }
          });

  /** One at a time: a flood of wrong tokens may keep one core busy, not all. */
  private final ReentrantLock slowLane = new ReentrantLock();

  public KnownTokens(Map<TokenHash, T> hashes) {
    this.hashes = Map.copyOf(hashes);
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    this.key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /** What {@code token} stands for; empty when it is none of these. */
  public Optional<T> find(Secret token) {
    ByteBuffer digest = digest(token);
    Optional<T> before = remembered.get(digest);
    return before != null ? before : check(token, digest);
  }

  private Optional<T> check(Secret token, ByteBuffer digest) {
    Optional<T> found = matching(token, false);
    if (found.isEmpty() && hashes.keySet().stream().anyMatch(TokenHash::isSlow)) {
      return checkSlowly(token, digest);
    }
    remembered.put(digest, found);
    return found;
  }

  private Optional<T> checkSlowly(Secret token, ByteBuffer digest) {
    slowLane.lock();
    try {
      Optional<T> meanwhile = remembered.get(digest);
      if (meanwhile != null) {
        return meanwhile;
      }
      Optional<T> found = matching(token, true);
      remembered.put(digest, found); // before the next in line looks
      return found;
    } finally {
      slowLane.unlock();
    }
  }

  private Optional<T> matching(Secret token, boolean slow) {
    return hashes.entrySet().stream()
        .filter(entry -> entry.getKey().isSlow() == slow)
        .filter(entry -> entry.getKey().matches(token))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private ByteBuffer digest(Secret token) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return ByteBuffer.wrap(mac.doFinal(token.reveal().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks HmacSHA256", e);
    }
  }
}

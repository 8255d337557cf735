package dev.patchbay.keycloak.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Reads the ids of a group's members while the group comes in: of 100,000 members ({@code 20 MB} as
 * JSON) only the ids are ever in memory. None if what came is no JSON.
 */
final class MemberIds implements BodySubscriber<Optional<Set<String>>> {
  private static final JsonFactory JSON = new JsonFactory();

  private final CompletableFuture<Optional<Set<String>>> read = new CompletableFuture<>();
  private final Set<String> ids = new HashSet<>();
  private final JsonParser parser = parser();
  private boolean malformed;

  private static JsonParser parser() {
    try {
      return JSON.createNonBlockingByteArrayParser();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CompletionStage<Optional<Set<String>>> getBody() {
    return read;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    parts.forEach(this::take);
  }

  private void take(ByteBuffer part) {
    if (malformed) {
      return;
    }
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    try {
      ((ByteArrayFeeder) parser.getNonBlockingInputFeeder()).feedInput(bytes, 0, bytes.length);
      parse();
    } catch (IOException e) {
      malformed = true;
    }
  }

  private void parse() throws IOException {
    JsonToken token = parser.nextToken();
    while (token != null && token != JsonToken.NOT_AVAILABLE) {
      if (token == JsonToken.VALUE_STRING && isId(parser.getParsingContext())) {
        ids.add(parser.getText());
      }
      token = parser.nextToken();
    }
  }

  /** {@code members[].value} of the group itself. */
  private static boolean isId(JsonStreamContext member) {
    JsonStreamContext list = member.getParent();
    JsonStreamContext group = list == null ? null : list.getParent();
    return group != null
        && group.getParent() != null
        && group.getParent().inRoot()
        && list.inArray()
        && "value".equalsIgnoreCase(member.getCurrentName())
        && "members".equalsIgnoreCase(group.getCurrentName());
  }

  @Override
  public void onError(Throwable failure) {
    read.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    try {
      parser.getNonBlockingInputFeeder().endOfInput();
      parse(); // throws where the end is missing
    } catch (IOException e) {
      malformed = true;
    }
    read.complete(malformed ? Optional.empty() : Optional.of(ids));
  }
}

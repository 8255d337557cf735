package dev.patchbay.keycloak.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberIdsTest {
  private static final String GROUP =
      """
      {"schemas":["value"],"id":"g","value":"no","members":[{"value":"7","display":"Łukasz"},
      {"display":"Ada","value":"8","more":{"value":"no"}}],"urn:x":{"members":[{"value":"no"}]}}
      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void findsMembersHoweverTheGroupIsCut(int size) {
    assertThat(read(GROUP, size)).contains(Set.of("7", "8"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{}", "{\"members\":[]}", "{\"Members\":[ ]}"})
  void aGroupMayHaveNone(String group) {
    assertThat(read(group, 3)).contains(Set.of());
  }

  /** As when a proxy cuts the answer off: those who are missing have not left. */
  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{\"members\":[{\"value\":\"7\"}", "{\"members\":[{\"val"})
  void whatIsNoWholeGroupIsNone(String group) {
    assertThat(read(group, 5)).isEmpty();
  }

  private static Optional<Set<String>> read(String group, int size) {
    var ids = new MemberIds();
    byte[] bytes = group.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i += size) {
      ids.onNext(List.of(ByteBuffer.wrap(bytes, i, Math.min(size, bytes.length - i))));
    }
    ids.onComplete();
    return ids.getBody().toCompletableFuture().join();
  }
}

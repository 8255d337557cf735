package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A bulk to be sent. In operations {@code '} stands for {@code "}.
 *
 * @param more fields beside {@code Operations}, with a comma behind each
 */
record Bulk(String more, List<String> operations) {
  private static final String REQUEST = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
  private static final String RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

  static Bulk of(String... operations) {
    return new Bulk("", List.of(operations));
  }

  static Bulk of(List<String> operations) {
    return new Bulk("", operations);
  }

  String body() {
    return "{'schemas':['%s'],%s'Operations':[%s]}"
        .formatted(REQUEST, more, String.join(",", operations));
  }

  Answer sent(RunningBridge bridge) {
    return bridge.scim().post("/Bulk", body());
  }

  /** The answers to the operations. */
  List<JsonNode> sendTo(RunningBridge bridge) {
    var answer = sent(bridge).is(200);
    assertThat(answer.at("/schemas/0")).isEqualTo(RESPONSE);
    var answers = new ArrayList<JsonNode>();
    answer.json().path("Operations").forEach(answers::add);
    return answers;
  }

  static String user(String bulkId, String userName) {
    return post(bulkId, "/Users", "{'userName':'%s'}".formatted(userName));
  }

  static String user(String bulkId, String userName, String more) {
    return post(bulkId, "/Users", "{'userName':'%s',%s}".formatted(userName, more));
  }

  static String post(String bulkId, String path, String data) {
    return operation("POST", path, "'bulkId':'%s'".formatted(bulkId), data);
  }

  static String put(String path, String data) {
    return operation("PUT", path, "'x':0", data);
  }

  static String patch(String path, String operation) {
    return operation("PATCH", path, "'x':0", "{'Operations':[%s]}".formatted(operation));
  }

  static String delete(String path) {
    return "{'method':'DELETE','path':'%s'}".formatted(path);
  }

  static String operation(String method, String path, String more, String data) {
    return "{'method':'%s','path':'%s',%s,'data':%s}".formatted(method, path, more, data);
  }

  static List<String> statuses(List<JsonNode> answers) {
    return answers.stream().map(it -> it.path("status").textValue()).toList();
  }
}
